# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...core import flow
from ..mixin.configuration import OFFERED


class Dispute(models.Model):
    """A complaint that the organization did not settle, taken outside.

    The file is led through ISO 10003:2018 clause 7; see ``dispute_flow.py`` for
    how it moves and ``dispute_gates.py`` for what each move wants.
    """

    _name = "iso10003.dispute"
    _description = "Dispute"
    _inherit = [
        "iso10003.file.currency",
        "iso10003.guarded",
        "iso10003.one.door",
        "iso10003.timed",
        "iso10003.registered",
        "iso10003.told",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "opened_date desc, id desc"
    _rec_names_search = ["name", "subject"]
    _check_company_auto = True
    _mail_post_access = "read"

    # what it is
    name = fields.Char(
        "Number", readonly=True, copy=False, guarded=True, index="trigram"
    )
    subject = fields.Char(
        required=True, tracking=True, sealed="digest", index="trigram"
    )
    description = fields.Html(
        prefetch=False,  # long, and no list shows it
        help="What happened, in the complainant's words.",
        sealed="digest",
    )
    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        "Complaint",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The complaint that the organization did not settle.",
        fixed=True,
    )
    direct_notice = fields.Boolean(
        "Direct notice",
        help="The notice came from outside before any complaint reached us. "
        "A complaint is recorded with it, and the file starts at 7.3.",
        fixed=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
        fixed=True,
    )
    policy_id = fields.Many2one(
        "iso10003.policy",
        "Policy version",
        readonly=True,
        ondelete="restrict",
        index=True,
        help="The version in force when the file was opened; it applies to the end.",
        guarded=True,
    )
    category_id = fields.Many2one(
        "iso10003.dispute.category",
        index=True,
        ondelete="restrict",
        tracking=True,
        sealed=True,
        check_company=True,
        domain=OFFERED,
    )
    nature = fields.Selection(
        [
            ("legal", "Legal"),
            ("commercial", "Commercial"),
            ("technical", "Technical"),
            ("service", "Service"),
            ("other", "Other"),
        ],
        default="commercial",
        required=True,
        tracking=True,
        sealed=True,
    )
    # whose it is
    partner_id = fields.Many2one(
        "res.partner",
        "Complainant",
        index=True,
        ondelete="restrict",
        tracking=True,
        sealed=True,
        party=True,
    )
    representative_id = fields.Many2one(
        "res.partner",
        "Represented by",
        ondelete="restrict",
        help="Who acts for the complainant: a lawyer, guardian or association.",
        sealed=True,
        party=True,
    )
    complainant_type = fields.Selection(
        [
            ("consumer", "Consumer"),
            ("small_business", "Small business"),
            ("other", "Other"),
        ],
        "Kind of complainant",
        default="consumer",
        required=True,
        sealed=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Owner",
        required=True,
        default=lambda self: self.env.user,
        index=True,
        tracking=True,
        domain=[("share", "=", False)],
        sealed=True,
    )
    team_id = fields.Many2one(
        "helpdesk.ticket.team",
        check_company=True,
        index=True,
        sealed=True,
        ondelete="restrict",
    )
    # what is asked for
    remedy_ids = fields.Many2many(
        "iso10003.remedy",
        "iso10003_dispute_remedy_rel",
        "dispute_id",
        "remedy_id",
        "Remedies sought",
        sealed=True,
        check_company=True,
        ondelete="restrict",
        domain=OFFERED,
    )
    remedy_sought = fields.Text(
        "Remedy in words",
        help="What would settle it for the complainant.",
        sealed="digest",
    )
    amount_claimed = fields.Monetary("Amount claimed", tracking=True, sealed=True)
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self._default_currency(),
        sealed=True,
    )

    # 7.5 to 7.7
    outcome = fields.Selection(
        [
            ("settled_early", "Settled before a proceeding"),
            ("settled_facilitated", "Settled with a facilitator"),
            ("recommendation_accepted", "Recommendation accepted"),
            ("recommendation_rejected_by_us", "Recommendation rejected by us"),
            (
                "recommendation_rejected_by_complainant",
                "Recommendation rejected by the complainant",
            ),
            ("decision_for_complainant", "Decided for the complainant"),
            ("decision_partly", "Decided in part for each"),
            ("decision_for_organization", "Decided for the organization"),
            ("conceded", "Conceded: we gave what was asked"),
            ("withdrawn", "Withdrawn by the complainant"),
            ("discontinued", "Discontinued"),
            ("out_of_jurisdiction", "Outside the provider's jurisdiction"),
            ("time_barred", "Brought too late"),
            ("not_pursued", "Not pursued"),
            ("merged", "Merged with another file"),
            ("duplicate", "Duplicate"),
        ],
        readonly=True,
        copy=False,
        tracking=True,
        index="btree_not_null",
        guarded=True,
    )
    outcome_date = fields.Date(
        "Result of", readonly=True, copy=False, guarded=True, deed=True
    )
    implemented_date = fields.Date(
        "Carried out on",
        tracking=True,
        help="When all that the result demands was done (7.6).",
        sealed=True,
        deed=True,
    )
    informed_date = fields.Date(
        "Complainant informed on",
        tracking=True,
        help="When the complainant was told how the dispute ended (7.7).",
        sealed=True,
        deed=True,
    )

    # where it stands
    state = fields.Selection(
        [
            ("referral", "7.2 Referral"),
            ("notice", "7.3 Notice"),
            ("evaluation", "7.4.1 Evaluation"),
            ("position", "7.4.2 Position"),
            ("resolution", "7.5 Resolution"),
            ("implementation", "7.6 Implementation"),
            ("closed", "7.7 Closed"),
        ],
        required=True,
        readonly=True,
        default=flow.STATES[0],
        copy=False,
        tracking=True,
        index=True,
        group_expand=True,
        guarded=True,
    )
    waiting_on = fields.Selection(
        [
            ("organization", "Organization"),
            ("complainant", "Complainant"),
            ("provider", "Provider"),
            ("authority", "Authority"),
        ],
        "Waiting on",
        tracking=True,
        help="Who must act next.",
    )
    on_hold = fields.Boolean(
        "On hold", readonly=True, copy=False, tracking=True, guarded=True
    )
    hold_reason = fields.Char(
        "Reason for the hold", readonly=True, copy=False, guarded=True
    )
    opened_date = fields.Datetime(
        "Opened on", readonly=True, copy=False, index=True, guarded=True
    )
    state_date = fields.Datetime(
        "In this state since", readonly=True, copy=False, guarded=True
    )
    closed_date = fields.Datetime("Closed on", readonly=True, copy=False, guarded=True)
    closed_from = fields.Char(
        readonly=True,
        copy=False,
        help="The state that a closed file was closed in.",
        guarded=True,
    )
    reopen_count = fields.Integer(
        "Times reopened", readonly=True, copy=False, guarded=True
    )

    # what proves it
    register_ids = fields.One2many("iso10003.register", "dispute_id", readonly=True)

    _number_unique = models.UniqueIndex(
        "(company_id, name)", "A dispute number is given once."
    )
    _one_open_per_ticket = models.UniqueIndex(
        "(ticket_id) WHERE state <> 'closed'",
        "This complaint already has an open dispute: lead that one to its end.",
    )
    _from_a_complaint = models.Constraint(
        "CHECK (ticket_id IS NOT NULL)",
        "A dispute comes from a complaint: choose it, or tick “Direct notice”.",
    )
    _amount_not_negative = models.Constraint(
        "CHECK (amount_claimed >= 0)", "The amount claimed cannot be negative."
    )
    _outcome_when_closed = models.Constraint(
        "CHECK (state <> 'closed' OR outcome IS NOT NULL)",
        "A closed dispute says how it ended.",
    )

    # ------------------------------------------------------------
    # Computed
    # ------------------------------------------------------------

    @api.depends("name", "subject")
    def _compute_display_name(self):
        for dispute in self:
            dispute.display_name = " · ".join(
                part for part in (dispute.name, dispute.subject) if part
            )

    # ------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------

    @api.constrains("ticket_id", "state")
    def _check_complaint_open(self):
        for dispute in self:
            # the complaint decides, whoever may read it
            ticket = dispute.ticket_id.sudo()
            if dispute.state != flow.CLOSED and (ticket.closed or not ticket.active):
                raise ValidationError(
                    self.env._(
                        "Ticket %(ticket)s is closed. A complaint in dispute stays "
                        "open: reopen the ticket first.",
                        ticket=ticket.number,
                    )
                )

    # ------------------------------------------------------------
    # Writing, copying, deleting
    # ------------------------------------------------------------

    def write(self, vals):
        self._check_not_closed(vals)
        handed_on = [
            (dispute, dispute.waiting_on)
            for dispute in self._changing("waiting_on", vals)
        ]
        result = super().write(vals)
        self.env["iso10003.register"]._append(
            [
                (dispute, "waiting", {"from": former, "to": dispute.waiting_on}, None)
                for dispute, former in handed_on
            ]
        )
        return result

    def _changing(self, name, vals):
        """Return the records whose field ``name`` these values would change."""
        if name not in vals:
            return self.browse()
        return self.filtered(lambda dispute: dispute._would_change(name, vals[name]))

    def _check_not_closed(self, vals):
        """A closed file is read-only; people may still talk about it."""
        changed = {name for name in vals if not self._is_conversation_field(name)}
        for dispute in self:
            if changed and dispute.state == flow.CLOSED:
                raise UserError(
                    self.env._(
                        "Dispute %(number)s is closed and does not change any more. "
                        "A dispute manager can reopen it, with a reason.",
                        number=dispute.name,
                    )
                )

    @api.model
    def _is_conversation_field(self, name):
        return name.startswith(("message_", "activity_", "access_"))

    def copy_data(self, default=None):
        raise UserError(
            self.env._(
                "A dispute cannot be duplicated: open one from its own complaint."
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for dispute in self:
            raise UserError(
                self.env._(
                    "Dispute %(number)s stays on record. If it was opened by mistake, "
                    "close it as duplicate or not pursued.",
                    number=dispute.name,
                )
            )

    # ------------------------------------------------------------
    # Register
    # ------------------------------------------------------------

    def action_view_register(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.register_action"
        )
        return {
            **action,
            "domain": [("dispute_id", "=", self.id)],
            "context": {"create": False},
        }

    def action_export_register(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/iso10003/register/{self.id}"}

    def action_verify_register(self):
        """Check the chains of these files and show what came out."""
        files = [dispute._register_file() for dispute in self]
        return self.env["iso10003.register"]._show_breaks(files)
