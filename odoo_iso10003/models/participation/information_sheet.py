# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...core import chain
from ..mixin.configuration import OWN, REPLACES
from ..mixin.people_date import format_people_number

# what a complainant is told before agreeing, in this order
BLOCKS = ("process", "outcomes", "binding", "rights", "cost")
# by what the versions of one sheet are known
KEY = ("method_id", "provider_id", "language_id")


class InformationSheet(models.Model):
    """What a complainant is told of a method before agreeing to it (4.6, annexes C, I).

    Of a method in general, or as one provider runs it, in one language. A version is
    approved by somebody who did not write it and is frozen then, with its digest; the
    next one replaces it. What ships is neutral and belongs to nobody: whoever approves
    it gets a sheet of the own company in its place.
    """

    _name = "iso10003.information.sheet"
    _description = "Information sheet"
    _inherit = ["iso10003.guarded", "iso10003.worded", "iso10003.configuration"]
    _order = "method_id, provider_id, language_id, version desc, id desc"
    _rec_names_search = ["method_id", "provider_id", "language_id"]

    replaces_id = fields.Many2one("iso10003.information.sheet", **REPLACES)
    own_ids = fields.One2many("iso10003.information.sheet", "replaces_id", **OWN)
    method_id = fields.Many2one(
        "iso10003.method",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
        decides=True,
    )
    provider_id = fields.Many2one(
        "iso10003.provider",
        index="btree_not_null",
        ondelete="restrict",
        fixed=True,
        decides=True,
        help="As this provider runs the method. Empty: the method in general.",
    )
    # in any language, also in one that nobody here works in
    language_id = fields.Many2one(
        "res.lang",
        required=True,
        ondelete="restrict",
        context={"active_test": False},
        fixed=True,
        decides=True,
    )
    version = fields.Integer(readonly=True, copy=False, guarded=True, default=1)
    state = fields.Selection(
        [("draft", "Draft"), ("approved", "Approved"), ("replaced", "Replaced")],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        guarded=True,
    )
    # the five blocks
    process = fields.Text(
        "How it runs",
        required=True,
        prefetch=False,
        decides=True,
        help="Who leads it and why they are impartial, what happens in which order, "
        "how long it takes, and that it is confidential.",
    )
    outcomes = fields.Text(
        "How it can end", required=True, prefetch=False, decides=True
    )
    binding = fields.Text(
        "Whom its result binds", required=True, prefetch=False, decides=True
    )
    rights = fields.Text(
        "Rights that you keep or give up",
        required=True,
        prefetch=False,
        decides=True,
        help="Whether one may still go to court, which other ways there are, and that "
        "one may withdraw.",
    )
    cost = fields.Text("What it costs", required=True, prefetch=False, decides=True)
    # who wrote it, and who approved it
    writer_ids = fields.Many2many(
        "res.users",
        "iso10003_information_sheet_writer_rel",
        "sheet_id",
        "user_id",
        "Written by",
        readonly=True,
        copy=False,
        guarded=True,
        ondelete="restrict",
        help="Who wrote on this version; nobody for what ships.",
    )
    written_date = fields.Datetime(
        "Last written on", readonly=True, copy=False, guarded=True
    )
    approver_id = fields.Many2one(
        "res.users",
        "Approved by",
        readonly=True,
        copy=False,
        guarded=True,
        ondelete="restrict",
    )
    approved_date = fields.Datetime(
        "Approved on", readonly=True, copy=False, guarded=True
    )
    sha256 = fields.Char("SHA-256", readonly=True, copy=False, guarded=True)

    _one_approved = models.UniqueIndex(
        "(COALESCE(company_id, 0), method_id, COALESCE(provider_id, 0), language_id) "
        "WHERE state = 'approved'",
        "One version of a sheet is approved at a time.",
    )
    _version_once = models.UniqueIndex(
        "(COALESCE(company_id, 0), method_id, COALESCE(provider_id, 0), language_id, "
        "version)",
        "There is this version of the sheet already.",
    )
    _approved_with_digest = models.Constraint(
        "CHECK (state = 'draft' OR (sha256 IS NOT NULL AND company_id IS NOT NULL))",
        "What is approved belongs to a company and has its digest.",
    )

    @api.depends("method_id", "provider_id", "language_id", "version")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for sheet in self:
            # how a method and a provider are called is no secret to who reads the sheet
            provider = sheet.provider_id.sudo().display_name
            about = [sheet.method_id.sudo().name, provider, sheet.language_id.name]
            sheet.display_name = self.env._(
                "%(about)s, version %(version)s",
                about=" · ".join(part for part in about if part),
                version=format_people_number(self.env, sheet.version),
            )

    @api.constrains("company_id", "method_id", "provider_id")
    def _check_of_company(self):
        for sheet in self:
            # whose they are, whoever writes the sheet
            others = (sheet.method_id.sudo().company_id,)
            others += (sheet.provider_id.sudo().company_id,)
            if any(other and other != sheet.company_id for other in others):
                raise sheet._refusal(
                    self.env._(
                        "its method or provider is one of another company. Choose one "
                        "of its own."
                    ),
                    ValidationError,
                )

    # ------------------------------------------------------------
    # Written, until it is frozen
    # ------------------------------------------------------------

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        """Count the versions of each sheet, those of the same call included."""
        counted, initial = {}, []
        for vals in vals_list:
            key = self._get_key(vals)
            if key not in counted:
                counted[key] = self._find_last_version(key)
            counted[key] += 1
            initial.append({"version": counted[key]})
        return initial

    @api.model
    def _get_key(self, vals):
        company = self._default_configuration_company().id
        return vals.get("company_id", company), *(vals.get(name) for name in KEY)

    @api.model
    def _find_last_version(self, key):
        domain = [
            (name, "=", value or False)
            for name, value in zip(("company_id", *KEY), key, strict=True)
        ]
        # of all of them, whoever reads which
        last = self.sudo().search(domain, order="version desc", limit=1)
        return last.version

    @api.model_create_multi
    def create(self, vals_list):
        sheets = super().create(vals_list)
        if not self.env.su:
            # a copy of what ships is in nobody's words
            sheets.filtered(lambda one: not one._is_as_shipped())._note_writer()
        return sheets

    def write(self, vals):
        self._check_not_frozen(vals)
        rewritten = self.filtered(
            lambda one: any(
                name in vals and one._would_change(name, vals[name]) for name in BLOCKS
            )
        )
        result = super().write(vals)
        if not self.env.su:
            rewritten._note_writer()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts(self):
        for sheet in self:
            if sheet.state != "draft":
                raise sheet._refusal(
                    self.env._("it was approved and stays on record. Write a new one.")
                )

    def _check_not_frozen(self, vals):
        for sheet in self:
            if sheet.state != "draft" and any(
                sheet._would_change(name, vals[name])
                for name in vals
                if name in self._fields
            ):
                raise sheet._refusal(
                    self.env._(
                        "it was approved and does not change any more. Press “New "
                        "version”."
                    )
                )

    def _note_writer(self):
        now = fields.Datetime.now()
        for sheet in self:
            sheet._guarded_write(
                {
                    "writer_ids": [(4, self.env.uid)],
                    "written_date": now,
                }
            )

    def _is_as_shipped(self):
        shipped = self.replaces_id.sudo()  # what ships is read by everybody
        return bool(shipped) and all(shipped[name] == self[name] for name in BLOCKS)

    def action_new_version(self):
        """Open the draft that is to replace this version: the one there is, or anew."""
        self.ensure_one()
        if not self.company_id:
            return self.action_adapt()
        key = [(name, "=", self[name].id) for name in ("company_id", *KEY)]
        draft = self.search([*key, ("state", "=", "draft")], limit=1) or self.copy(
            {"company_id": self.company_id.id}
        )
        return draft.get_formview_action()

    # ------------------------------------------------------------
    # What it says
    # ------------------------------------------------------------

    def _digest(self):
        """Return the digest of what it says, in its language."""
        return chain.sha256(
            chain.canonical(
                {
                    "language": self.language_id.code,
                    **{name: self[name] for name in BLOCKS},
                }
            )
        )

    def _was_approved(self, at):
        """Return whether it was approved at an instant, of now if there is none."""
        instant = fields.Datetime.to_datetime(at) or fields.Datetime.now()
        return self.state != "draft" and self.approved_date <= instant

    def _get_text(self):
        """Return the sheet as it reads, in its own language, without markup.

        One that is not approved says so first.
        """
        self.ensure_one()
        self._read_texts()
        # names are told in the language of the sheet, where it is in use
        used = self.env["res.lang"]._get_data(id=self.language_id.id)
        sheet = self.with_context(lang=used.code) if used else self
        labels = sheet.fields_get(BLOCKS, ["string"])
        parts = [f"{labels[name]['string']}\n{self[name]}" for name in BLOCKS]
        if self.state == "draft":
            parts.insert(0, sheet._tell_not_approved())
        return "\n\n".join(parts)

    def _read_texts(self):
        """Read at once what is told of sheets; each text would be read by itself."""
        self.fetch([*BLOCKS, "company_id", "language_id", "state"])

    def _tell_not_approved(self):
        return self.env._("(text not approved)")

    @api.model
    def _find(self, company, method, language, provider=None):
        """Return the sheet on a method as a company tells it, if there is one.

        The approved one of the provider, else of the method, in that language; else
        the newest draft, so callers look at its ``state``. Where nobody wrote one for
        a country, that of the language holds. A company's own method is also told by
        what was written of the shipped one that it stands for.

        :param language: of ``res.lang``
        :param provider: of ``iso10003.provider``
        """
        provider = provider or self.env["iso10003.provider"]
        # what ships, whatever the company has in its place
        methods = method | method.sudo().replaces_id
        found = self.search(
            Domain("company_id", "in", [False, company.id])
            & Domain("method_id", "in", methods.ids)
            & Domain("provider_id", "in", [False, *provider.ids])
            & Domain("state", "!=", "replaced")
            & Domain("language_id", "in", self._find_spoken(language).ids)
        )
        return found.sorted(
            lambda one: (
                one.state == "approved",
                one.language_id == language,
                bool(one.provider_id),
                bool(one.company_id),
                one.version,
                one.id,
            ),
            reverse=True,
        )[:1]

    @api.model
    def _find_spoken(self, language):
        """Return the variants of a language, those that nobody works in too."""
        languages = language.with_context(active_test=False)
        languages = languages.search([])  # pylint: disable=no-search-all
        spoken = _get_spoken(language)
        return languages.filtered(lambda one: _get_spoken(one) == spoken)

    # ------------------------------------------------------------
    # Small words
    # ------------------------------------------------------------

    def _get_refused_name(self):
        return self.env._("Information sheet “%(name)s”", name=self.display_name)


def _get_spoken(language):
    return (language.iso_code or language.code or "").split("_")[0]
