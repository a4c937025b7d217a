# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.i18n import format_list

from ...core import letter_text
from ..mixin.configuration import OWN, REPLACES

KINDS = [
    ("acknowledgement", "Acknowledgement"),
    ("final_answer", "Final answer"),
    ("other_recourse", "Other recourse"),
    ("invitation", "Invitation"),
    ("participation_answer", "Answer to taking part"),
    ("progress", "Progress"),
    ("delay", "Delay"),
    ("position", "Position"),
    ("offer", "Offer"),
    ("offer_confirmation", "Confirm your acceptance"),
    ("result", "Result"),
    ("result_answer", "Answer to a result"),
    ("settlement", "Settlement"),
    ("performance", "Performance"),
    ("last_letter", "Last letter"),
    ("closing", "Closing"),
    ("other", "Other"),
]


class LetterTemplate(models.Model):
    """The text that a kind of letter begins with, in one language.

    What ships is neutral and belongs to nobody; a company has its own in its place.
    Places such as ``{number}`` are filled with words of the file, see
    ``core/letter_text.py``.
    """

    _name = "iso10003.letter.template"
    _description = "Text of a letter"
    _inherit = ["iso10003.guarded", "iso10003.configuration"]
    _order = "sequence, language_id, id"
    _own_key = ("kind", "language_id")

    sequence = fields.Integer(default=10)
    kind = fields.Selection(KINDS, required=True, decides=True)
    # in any language, also in one that nobody here works in
    language_id = fields.Many2one(
        "res.lang",
        required=True,
        ondelete="restrict",
        context={"active_test": False},
        decides=True,
    )
    subject = fields.Char(required=True, decides=True)
    body = fields.Html(
        "Text", required=True, sanitize_attributes=True, prefetch=False, decides=True
    )
    places = fields.Text("What can be filled in", compute="_compute_places")
    writer_id = fields.Many2one(
        "res.users",
        "Written by",
        readonly=True,
        copy=False,
        guarded=True,
        ondelete="restrict",
        help="Who last changed subject or text; nobody for what ships.",
    )
    approved = fields.Boolean(readonly=True, copy=False, guarded=True)
    approver_id = fields.Many2one(
        "res.users",
        "Approved by",
        readonly=True,
        copy=False,
        guarded=True,
        ondelete="restrict",
    )
    approved_date = fields.Date("Approved on", readonly=True, copy=False, guarded=True)
    replaces_id = fields.Many2one("iso10003.letter.template", **REPLACES)
    own_ids = fields.One2many("iso10003.letter.template", "replaces_id", **OWN)
    active = fields.Boolean(default=True)

    _one_per_company = models.UniqueIndex(
        "(COALESCE(company_id, 0), kind, language_id) WHERE active",
        "There is a text for this kind of letter in this language already.",
    )

    @api.depends("kind", "language_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for template in self:
            template.display_name = self.env._(
                "%(kind)s, %(language)s",
                kind=kinds.get(template.kind, ""),
                language=template.language_id.name or "",
            )

    @api.depends_context("lang")
    def _compute_places(self):
        told = "\n".join(
            f"{{{name}}}  {label}" for name, label in self._get_places().items()
        )
        for template in self:
            template.places = told

    @api.model
    def _get_places(self):
        """Return ``{name: label}`` of all that a file can fill in."""
        places = {}
        for kind in self.env["iso10003.file"]._get_kinds():
            places |= self.env[kind]._get_letter_places()
        return places

    @api.constrains("subject", "body")
    def _check_places(self):
        known = self._get_places()
        for template in self:
            places = letter_text.find_places(f"{template.subject}{template.body}")
            if unknown := [f"{{{name}}}" for name in places if name not in known]:
                raise ValidationError(
                    self.env._(
                        "“%(name)s”: nothing fills %(places)s. Choose from what stands "
                        "beside the text.",
                        name=template.display_name,
                        places=format_list(self.env, unknown),
                    )
                )

    # ------------------------------------------------------------
    # Approved by somebody other than its writer
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        templates = super().create(vals_list)
        # a copy of what ships is in nobody's words
        written = templates.filtered(lambda one: not one._is_as_shipped())
        if not self.env.su:
            written._guarded_write({"writer_id": self.env.uid})
        return templates

    def write(self, vals):
        rewritten = self.filtered(
            lambda one: any(
                name in vals and one._would_change(name, vals[name])
                for name in ("subject", "body", "kind", "language_id")
            )
        )
        result = super().write(vals)
        rewritten._guarded_write(
            {
                "writer_id": False if self.env.su else self.env.uid,
                "approved": False,
                "approver_id": False,
                "approved_date": False,
            }
        )
        return result

    def _is_as_shipped(self):
        shipped = self.replaces_id.sudo()  # what ships is read by everybody
        return bool(shipped) and all(
            shipped[name] == self[name] for name in ("subject", "body")
        )

    def action_approve(self):
        """Approve these texts, as a manager who did not write them.

        What ships for all companies is approved for one's own: it gets its own text.

        :raises UserError: when somebody approves their own words
        """
        for template in self:
            own = template
            if not own.company_id:
                own = own.browse(own.action_adapt()["res_id"])
            own._approve()
        return True

    def _approve(self):
        self.check_access("write")
        if self.writer_id == self.env.user:
            raise UserError(
                self.env._(
                    "“%(name)s”: you wrote this text. Somebody else approves it.",
                    name=self.display_name,
                )
            )
        self._guarded_write(
            {
                "approved": True,
                "approver_id": self.env.uid,
                "approved_date": self.company_id._get_company_day(),
            }
        )
        self.env["iso10003.register"]._append(
            [(self.company_id, "configured", self._prepare_approval(), None)]
        )

    def _prepare_approval(self):
        return {
            "model": self._name,
            "row": self.id,
            "changes": {"approved": {"from": False, "to": True}},
        }

    @api.model
    def _find(self, company, kind, language):
        """Return the text of a kind of letter in a language, if there is one.

        Where nobody wrote one for a country, that of the language holds.
        """
        found = self._get_effective(company, [("kind", "=", kind)])
        exact = found.filtered(lambda one: one.language_id == language)
        spoken = _get_spoken(language)
        return (
            exact or found.filtered(lambda one: _get_spoken(one.language_id) == spoken)
        )[:1]


def _get_spoken(language):
    return (language.iso_code or language.code or "").split("_")[0]
