# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...core import proceeding as course
from ..dispute.notice import BEGUN_BY
from ..mixin.people_date import format_people_date
from ..provider.method import KINDS

# in the order in which they can be; the day on which it ended comes after all others
DAYS = (
    "proposed_date",
    "answered_date",
    "admitted_date",
    "begun_date",
    "ended_date",
)


class Proceeding(models.Model):
    """One method, before one body, under one reference: the way outside (7.5).

    It is a file of its own beside its dispute, with its own limits, hearings and
    register; who takes part in it and who reads it follows from the dispute. What the
    same body does next continues it (``continues_id``) with its reference and claims.
    How it goes is in ``core/proceeding.py`` and ``proceeding_flow.py``.
    """

    _name = "iso10003.proceeding"
    _description = "Proceeding"
    _inherit = [
        "iso10003.file.currency",
        "iso10003.guarded",
        "iso10003.withheld",
        "iso10003.one.door",
        "iso10003.timed",
        "iso10003.documented",
        "iso10003.registered",
        "iso10003.told",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "dispute_id desc, number desc, id desc"
    _rec_names_search = ["name", "reference"]
    _check_company_auto = True
    _mail_post_access = "read"
    _money_of = "dispute_id"

    # what it is
    dispute_id = fields.Many2one(
        "iso10003.dispute", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(
        related="dispute_id.company_id", store=True, index=True, precompute=True
    )
    number = fields.Integer(
        "Number in the dispute",
        readonly=True,
        copy=False,
        guarded=True,
        aggregator=None,
    )
    name = fields.Char(
        "Number", readonly=True, copy=False, guarded=True, index="trigram"
    )
    continues_id = fields.Many2one(
        "iso10003.proceeding",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        guarded=True,
        sealed=True,
        help="What the same body did before in this matter.",
    )
    continued_by_ids = fields.One2many(
        "iso10003.proceeding", "continues_id", "Continued by", readonly=True
    )
    first_id = fields.Many2one(
        "iso10003.proceeding",
        "First at this body",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        guarded=True,
        help="With it the matter came to the body. Limits of the body's whole case "
        "stay there.",
    )
    method_id = fields.Many2one(
        "iso10003.method",
        required=True,
        ondelete="restrict",
        fixed=True,
        sealed=True,
        tracking=True,
    )
    method = fields.Selection(KINDS, "Kind of method", compute="_compute_method")
    body_id = fields.Many2one(
        "iso10003.provider",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        fixed=True,
        sealed=True,
        help="Who leads it: neither the organization nor the complainant.",
    )
    provider_id = fields.Many2one(
        "res.partner",
        "Contact of the body",
        compute="_compute_provider_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    reference = fields.Char(
        "Reference of the body",
        index="trigram",
        sealed="digest",
        tracking=True,
        help="The number of the case there. What the body does next keeps it.",
    )
    begun_by = fields.Selection(
        BEGUN_BY,
        "Proposed by",
        required=True,
        default="complainant",
        fixed=True,
        sealed=True,
    )
    notice_id = fields.Many2one(
        "iso10003.notice",
        "Told by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        guarded=True,
        sealed=True,
    )
    claim_ids = fields.Many2many(
        "iso10003.claim",
        "iso10003_proceeding_claim_rel",
        "proceeding_id",
        "claim_id",
        "Claims before it",
        ondelete="restrict",
        sealed=True,
        help="What the body has to deal with; all claims of the dispute at first.",
    )
    # where it stands
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("answered", "Answered"),
            ("admitted", "Admitted"),
            ("running", "Running"),
            ("stayed", "Stayed"),
            ("ended", "Ended"),
        ],
        required=True,
        readonly=True,
        default="proposed",
        copy=False,
        tracking=True,
        index=True,
        group_expand=True,
        guarded=True,
    )
    ended_by = fields.Selection(
        [
            ("agreement", "Agreement"),
            ("no_agreement", "No agreement"),
            ("recommendation", "Recommendation"),
            ("decision", "Decision"),
            ("not_admitted", "Not admitted"),
            ("declined_organization", "Declined by us"),
            ("declined_complainant", "Declined by the complainant"),
            ("withdrawn", "Withdrawn"),
            ("discontinued", "Discontinued"),
            ("passed_on", "Passed on"),
        ],
        "How it ended",
        readonly=True,
        copy=False,
        tracking=True,
        guarded=True,
        sealed=True,
    )
    end_ground = fields.Selection(
        [
            ("not_competent", "Not competent"),
            ("late", "Too late"),
            ("too_small", "Too small"),
            ("elsewhere", "Pending elsewhere"),
            ("unfounded", "Clearly unfounded"),
            ("fee", "The fee was not paid"),
            ("silence", "Silence"),
            ("not_reached", "The complainant is not reached"),
        ],
        "Ground",
        readonly=True,
        copy=False,
        tracking=True,
        guarded=True,
        sealed=True,
    )
    ended_from = fields.Char(
        readonly=True,
        copy=False,
        guarded=True,
        help="The state in which the proceeding ended.",
    )
    register_ids = fields.One2many("iso10003.register", "proceeding_id", readonly=True)
    in_force = fields.Boolean(
        "In force",
        compute="_compute_in_force",
        help="The dispute shows its method, body and dates.",
    )

    _number_once = models.UniqueIndex(
        "(dispute_id, number)", "A number of a proceeding is given once."
    )
    _continued_once = models.UniqueIndex(
        "(continues_id) WHERE continues_id IS NOT NULL",
        "This proceeding is continued already.",
    )
    _ended_somehow = models.Constraint(
        "CHECK ((state = 'ended') = (ended_by IS NOT NULL))",
        "A proceeding that ended says how.",
    )

    # ------------------------------------------------------------
    # Computed
    # ------------------------------------------------------------

    @api.depends("name", "method_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for one in self:
            one.display_name = " · ".join(
                part for part in (one.name, one.method_id.name) if part
            )

    @api.depends("method_id")
    def _compute_method(self):
        for one in self:
            one.method = one.method_id.kind

    @api.depends("body_id")
    def _compute_provider_id(self):
        for one in self:
            # whose contact a body is, everybody who reads the file may know
            one.provider_id = one.body_id.sudo().partner_id or one.provider_id

    @api.depends("dispute_id", "state", "number")
    def _compute_in_force(self):
        for one in self:
            one.in_force = one._origin == one.dispute_id._find_proceeding_in_force()

    # ------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------

    @api.constrains("claim_ids", "dispute_id")
    def _check_claims(self):
        for one in self.sudo():  # whose claims they are, whoever names them
            if one.claim_ids.dispute_id - one.dispute_id:
                raise one._refusal(
                    self.env._("it deals with claims of its own dispute only."),
                    ValidationError,
                )

    @api.constrains("body_id", "dispute_id")
    def _check_body_apart(self):
        for one in self.sudo():  # who they are counts, whoever may read them
            body = one.provider_id.commercial_partner_id
            dispute = one.dispute_id
            sides = dispute.partner_id | dispute.party_ids.partner_id
            if body and (
                body in sides.commercial_partner_id
                or one.body_id._is_of_group(one.provider_id, one.company_id)
            ):
                raise one._refusal(
                    self.env._(
                        "“%(name)s” is one of the two sides. Who leads a proceeding is "
                        "neither: choose another body.",
                        name=body.name,
                    ),
                    ValidationError,
                )

    @api.constrains(*DAYS, "file_complete_date", "served_date")
    def _check_days(self):
        for one in self:
            known = [name for name in DAYS if one[name]]
            pairs = list(zip(known, known[1:], strict=False))
            pairs += [
                ("proposed_date", name)
                for name in ("file_complete_date", "served_date")
                if one[name] and one.proposed_date
            ]
            for first, after in pairs:
                if one[after] < one[first]:
                    raise one._refusal(
                        one._tell_disorder(first, after), ValidationError
                    )

    def _tell_disorder(self, first, after):
        labels = self.fields_get([first, after], ["string"])
        return self.env._(
            "“%(after)s”, %(after_day)s, cannot be before “%(first)s”, %(first_day)s.",
            after=labels[after]["string"],
            after_day=format_people_date(self.env, self[after], "short"),
            first=labels[first]["string"],
            first_day=format_people_date(self.env, self[first], "short"),
        )

    # ------------------------------------------------------------
    # Documents
    # ------------------------------------------------------------

    def _get_matter(self):
        """Its documents are numbered with those of its dispute."""
        return self.dispute_id

    def _prepare_bundle_defaults(self):
        return {"default_partner_id": self.provider_id.id}

    def _refuse_paper_change(self):
        self.dispute_id._refuse_paper_change()

    # ------------------------------------------------------------
    # Opening, changing, deleting
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Propose proceedings in disputes that are open.

        Before: who leads the dispute may, and the claims that nobody chose are all.
        Then the fields, with what the mixins let follow. After: each is the first at
        its body unless it continues another.
        """
        vals_list = [self._prepare_proposed(vals) for vals in vals_list]
        proceedings = super().create(vals_list)
        for one in proceedings:
            one._guarded_write({"first_id": one.id})
        proceedings._note_proposed()
        return proceedings

    @api.model
    def _prepare_proposed(self, vals):
        vals = {**self.default_get(["dispute_id", "claim_ids"]), **vals}
        dispute = self.env["iso10003.dispute"].browse(vals.get("dispute_id") or ())
        if not dispute:
            return vals
        dispute._check_may_propose()
        vals.setdefault("proposed_date", dispute._get_company_day())
        if not vals.get("claim_ids"):
            vals["claim_ids"] = dispute._find_open_claims().ids
        return vals

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        numbers = {}
        prepared = []
        for vals in vals_list:
            # its number, whoever reads others of the file
            dispute = self.env["iso10003.dispute"].browse(vals["dispute_id"]).sudo()
            last = numbers.get(dispute) or max(
                dispute.proceeding_ids.mapped("number"), default=0
            )
            numbers[dispute] = last + 1
            prepared.append(
                {
                    "number": last + 1,
                    "name": f"{dispute.name}/{last + 1}",
                    "state": "proposed",
                    "opened_date": fields.Datetime.now(),
                }
            )
        return prepared

    def _prepare_opened_data(self):
        return {
            "number": self.name,
            "to": self.state,
            "dispute": self.dispute_id.id,
            "method": self.method_id.id,
            "body": self.provider_id.id or None,
        }

    def _note_proposed(self):
        """Let the dispute's own register say that there is one more."""
        self.env["iso10003.register"]._append(
            [
                (
                    one.dispute_id,
                    "proceeding",
                    {
                        "change": "proposed",
                        "proceeding": one.name,
                        "method": one.method_id.id,
                        "body": one.provider_id.id or None,
                    },
                    None,
                )
                for one in self
            ]
        )

    def write(self, vals):
        """Change proceedings that have not ended; people may talk about others too."""
        if any(not self._is_written_after_end(name) for name in vals):
            self._refuse_ended()
        return super().write(vals)

    @api.model
    def _is_written_after_end(self, name):
        # what the body sent later still has a day
        return name.startswith(("message_", "activity_")) or name == "served_date"

    def _refuse_ended(self):
        for one in self:
            one.dispute_id._check_not_closed({"subject": one.subject})
            if one.state == course.ENDED:
                raise one._refusal(
                    self.env._(
                        "it has ended and stays as it is. Press “Reopen” and say why, "
                        "or “Next step at this body”."
                    )
                )

    def copy_data(self, default=None):
        raise UserError(
            self.env._("A proceeding is not duplicated: add one to its dispute.")
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for one in self:
            raise one._refusal(
                self.env._("it stays on record. If it was a mistake, end it.")
            )

    # ------------------------------------------------------------
    # Small words, and who takes part
    # ------------------------------------------------------------

    def _get_refused_name(self):
        return self.env._("Proceeding %(number)s", number=self.name or "")

    def _get_parties(self):
        """Who takes part in the dispute takes part in it."""
        return super()._get_parties() | self.sudo().dispute_id._get_parties()

    def _get_never_told(self):
        return super()._get_never_told() | self.sudo().dispute_id._get_never_told()

    def _get_addressees(self, audience):
        return self.sudo().dispute_id._get_addressees(audience)  # as above

    def _get_language_of(self, partner):
        return self.sudo().dispute_id._get_language_of(partner)  # as above

    def _find_preserving(self):
        """What its dispute holds, holds for it too."""
        ours = self.sudo()  # asked for the file
        held = ours.dispute_id._find_preserving()
        return {one: held[one.dispute_id] for one in ours if one.dispute_id in held}

    def action_verify_register(self):
        """Check the chains of these proceedings and show what came out."""
        files = [one._register_file() for one in self]
        return self.env["iso10003.register"]._show_breaks(files)
