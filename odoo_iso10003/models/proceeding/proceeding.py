# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...core import proceeding as course
from ..dispute.notice import BEGUN_BY
from ..provider.method import KINDS

# days that the dispute shows
SHOWN_DAYS = frozenset({"file_complete_date", "served_date"})


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
        "iso10003.beside",
        "iso10003.by.rules",
        "iso10003.continued",
        "iso10003.documented",
        "iso10003.one.door",
        "iso10003.timed",
        "iso10003.registered",
        "iso10003.within",
        "iso10003.told",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "dispute_id desc, number desc, id desc"
    _rec_names_search = ["name", "reference"]
    _check_company_auto = True
    _mail_post_access = "read"
    _money_of = "dispute_id"
    _part_path = "dispute_id"

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
    from_before = fields.Boolean(
        "From before",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        help="Made of what the dispute said before there were proceedings; when it was "
        "proposed, answered and admitted, nobody noted then.",
    )
    method_id = fields.Many2one(
        "iso10003.method",
        ondelete="restrict",
        fixed=True,
        sealed=True,
        tracking=True,
    )
    method = fields.Selection(
        KINDS, "Kind of method", readonly=True, copy=False, guarded=True
    )
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
        readonly=True,
        copy=False,
        guarded=True,
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
    seat_ids = fields.One2many("iso10003.seat", "proceeding_id")
    hearing_ids = fields.One2many("iso10003.hearing", "proceeding_id")
    register_ids = fields.One2many("iso10003.register", "proceeding_id", readonly=True)
    in_force = fields.Boolean(
        "In force",
        compute="_compute_in_force",
        help="The dispute shows its method, body and dates.",
    )

    _number_once = models.UniqueIndex(
        "(dispute_id, number)", "A number of a proceeding is given once."
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

    @api.depends("dispute_id", "state", "number")
    def _compute_in_force(self):
        for one in self:
            one.in_force = one._origin == one.dispute_id._find_proceeding_in_force()

    # ------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------

    @api.constrains("body_id", "dispute_id")
    def _check_body_apart(self):
        for one in self.sudo():  # who they are counts, whoever may read them
            body = one.provider_id
            if body and one.dispute_id._find_side_of(body):
                raise one._refusal(
                    self.env._(
                        "“%(name)s” is one of the two sides. Who leads a proceeding is "
                        "neither: choose another body.",
                        name=body.name,
                    ),
                    ValidationError,
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
        proceedings.dispute_id._show_proceeding()
        return proceedings

    def _create_from_before(self, vals):
        """Return what is noted by an update, of which nobody is asked any more."""
        return super().create([vals])  # pylint: disable=super-method-mismatch

    @api.model
    def _prepare_proposed(self, vals):
        vals = {**self.default_get(["dispute_id", "claim_ids"]), **vals}
        dispute = self.env["iso10003.dispute"].browse(vals.get("dispute_id") or ())
        if not dispute:
            return vals
        dispute._check_may_propose()
        if not vals.get("method_id"):
            raise dispute._refusal(
                self.env._("say by which method the proceeding is led.")
            )
        for name, value in dispute._prepare_taken_over().items():
            vals.setdefault(name, value)
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
            former = dispute.proceeding_ids
            last = numbers.get(dispute) or max(former.mapped("number"), default=0)
            numbers[dispute] = last + 1
            # which method and body these are, who leads the file may know
            method = self.env["iso10003.method"].sudo().browse(vals.get("method_id"))
            body = self.env["iso10003.provider"].sudo().browse(vals.get("body_id"))
            named = self.env["res.partner"] if former else dispute.provider_id
            prepared.append(
                {
                    "number": last + 1,
                    "name": f"{dispute.name}/{last + 1}",
                    "state": "proposed",
                    "method": method.kind,
                    "provider_id": (body.partner_id or named).id,
                    "opened_date": fields.Datetime.now(),
                }
            )
        return prepared

    def _be_told_by(self, notice):
        """Keep by which notice it was told, and under which reference."""
        self._guarded_write({"notice_id": notice.id})
        if notice.reference and self.reference != notice.reference:
            self._guarded_write({"reference": notice.reference})

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
        result = super().write(vals)
        if SHOWN_DAYS & vals.keys():
            self.dispute_id._show_proceeding()
        return result

    @api.model
    def _is_written_after_end(self, name):
        # what the body sent later still has a day
        return name.startswith(("message_", "activity_")) or name in SHOWN_DAYS

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
    # Small words
    # ------------------------------------------------------------

    def _get_refused_name(self):
        return self.env._("Proceeding %(number)s", number=self.name or "")

    def action_verify_register(self):
        """Check the chains of these proceedings and show what came out."""
        files = [one._register_file() for one in self]
        return self.env["iso10003.register"]._show_breaks(files)
