# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ...core import flow
from ..mixin.plausible import FIRST_YEAR

COMPLAINT_READERS = "helpdesk_mgmt.group_helpdesk_user_own,odoo_iso10003.group_reader"


class HelpdeskTicket(models.Model):
    """A ticket is a complaint (ISO 10002) that may become disputes."""

    _name = "helpdesk.ticket"
    _inherit = ["iso10003.guarded", "iso10003.searched", "helpdesk.ticket"]

    complaint_date = fields.Date(
        "Received on",
        required=True,
        default=fields.Date.context_today,
        help="When the complaint reached the organization.",
        deed=True,
    )
    dispute_ids = fields.One2many(
        "iso10003.dispute",
        "ticket_id",
        "Disputes",
        copy=False,
        groups="odoo_iso10003.group_reader",
    )
    # What the record rules look at. They are checked with all rights; if they looked
    # at dispute_ids, everybody would find there what the check has left in the cache.
    all_dispute_ids = fields.One2many(
        "iso10003.dispute",
        "ticket_id",
        "All disputes",
        copy=False,
        groups=fields.NO_ACCESS,
    )
    # who handled it counts for who evaluates, whoever is assigned by then
    former_handler_ids = fields.Many2many(
        "res.users",
        "iso10003_ticket_handler_rel",
        "ticket_id",
        "user_id",
        "Handled before by",
        copy=False,
        readonly=True,
        ondelete="restrict",
        groups="odoo_iso10003.group_reader",
        guarded=True,
    )
    dispute_count = fields.Integer(
        compute="_compute_disputes", groups="odoo_iso10003.group_reader"
    )
    open_dispute_id = fields.Many2one(
        "iso10003.dispute",
        compute="_compute_disputes",
        groups="odoo_iso10003.group_reader",
    )
    # who answers a complaint knows that it is in dispute, and no more of it
    in_dispute = fields.Boolean(
        "In dispute",
        compute="_compute_in_dispute",
        search="_search_in_dispute",
        groups=COMPLAINT_READERS,
    )
    referred_back_until = fields.Date(
        "Settle it here until",
        compute="_compute_referred_back_until",
        groups=COMPLAINT_READERS,
        help="The body that has the dispute referred it back for us to handle first.",
    )
    recourse = fields.Html(
        "Other recourse",
        compute="_compute_recourse",
        groups=COMPLAINT_READERS,
        help="What to tell a complainant who does not accept our answer "
        "(ISO 10002, 7.9; ISO 10003, 7.2).",
    )

    def _init_column(self, column_name):
        """Complaints that were there before were received when they were entered."""
        if column_name == "complaint_date":
            self.env.cr.execute(
                SQL(
                    "UPDATE helpdesk_ticket SET complaint_date = create_date::date "
                    "WHERE complaint_date IS NULL"
                )
            )
            return
        super()._init_column(column_name)

    @api.depends("dispute_ids.state")
    def _compute_disputes(self):
        for ticket in self:
            disputes = ticket.dispute_ids
            ticket.dispute_count = len(disputes)
            ticket.open_dispute_id = disputes.filtered(
                lambda dispute: dispute.state != flow.CLOSED
            )[:1]

    @api.depends("all_dispute_ids.state")
    def _compute_in_dispute(self):
        disputed = self._find_open_disputes().ticket_id
        for ticket in self:
            ticket.in_dispute = ticket._origin in disputed

    def _search_in_dispute(self, operator, value):
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        # that a complaint is in dispute is for all who read it
        disputes = self.env["iso10003.dispute"].sudo()
        opened = disputes._search([("state", "!=", flow.CLOSED)])
        return [("id", "in", opened.subselect("ticket_id"))]

    @api.depends("all_dispute_ids.is_referred_back")
    def _compute_referred_back_until(self):
        # who reads the complaint may know until when it has to be settled here
        disputed = self._find_disputes(
            ("state", "!=", flow.CLOSED), ("is_referred_back", "=", True)
        )
        until = {
            dispute.ticket_id: dispute.referred_back_limit_id.due_date
            for dispute in disputed
        }
        for ticket in self:
            ticket.referred_back_until = until.get(ticket._origin, False)

    @api.depends("company_id")
    @api.depends_context("lang")
    def _compute_recourse(self):
        # who reads the complaint may read what its complainant is told
        policies = self.env["iso10003.policy"].sudo()
        for company, tickets in self.grouped("company_id").items():
            today = company._get_company_day()
            domain = policies._get_in_force_domain(company, today)
            tickets.recourse = policies.search(domain, limit=1).recourse

    # ------------------------------------------------------------
    # From complaint to dispute
    # ------------------------------------------------------------

    def action_open_dispute(self):
        """Open a dispute for each complaint that has none open, and show them."""
        opened = self._open_disputes()
        return opened._get_records_action()

    def _open_disputes(self):
        """Return the open dispute of each complaint, made where there is none."""
        Dispute = self.env["iso10003.dispute"]
        present = Dispute.search(
            [("ticket_id", "in", self.ids), ("state", "!=", flow.CLOSED)]
        )
        missing = self - present.ticket_id
        made = Dispute.create([ticket._prepare_dispute_vals() for ticket in missing])
        return present | made

    def _prepare_dispute_vals(self):
        """What a dispute takes over from its complaint."""
        self.ensure_one()
        return {
            "ticket_id": self.id,
            "company_id": self.company_id.id,
            "subject": self.name,
            "description": self.description,
            "partner_id": self.partner_id.id,
            "team_id": self.team_id.id,
        }

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if self.env.context.get("taken_to_dispute"):
            # who types a complaint in to open its dispute has not handled it
            values.pop("user_id", None)
        return values

    def action_view_disputes(self):
        return self.dispute_ids._get_records_action()

    # ------------------------------------------------------------
    # Whose complaint it is, and when it came
    # ------------------------------------------------------------

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """A complaint by mail was received when it was sent, whenever it is fetched."""
        ticket = super().message_new(msg_dict, custom_values)
        day = ticket._get_day_of_mail(msg_dict)
        if ticket.complaint_date != day:
            ticket.complaint_date = day
        return ticket

    def _get_day_of_mail(self, msg):
        """Return the day of a mail where the company works; today if it cannot be."""
        today = self._get_company_day()
        sent = fields.Datetime.to_datetime(msg.get("date") or None)
        if not sent or sent.year < FIRST_YEAR:
            return today
        return min(self._get_company_day(sent), today)

    def _message_post_after_hook(self, message, msg_values):
        """Who leads the dispute hears what is said on its complaint meanwhile."""
        # asked for whoever writes: the complainant, by mail, reads no dispute
        disputes = self.sudo().all_dispute_ids
        open_ones = disputes.filtered(lambda dispute: dispute.state != flow.CLOSED)
        if owners := open_ones.user_id.partner_id - self.sudo().message_partner_ids:
            # as above
            self.sudo()._message_subscribe(owners.ids)
        return super()._message_post_after_hook(message, msg_values)

    # ------------------------------------------------------------
    # A complaint in dispute stays open
    # ------------------------------------------------------------

    def write(self, vals):
        """Change complaints, and let follow what depends on it.

        After the fields, in this order: one in dispute is not archived, limits follow
        a new date, and who handled it until now is kept.
        """
        redated = self.filtered(
            lambda ticket: (
                "complaint_date" in vals
                and ticket.complaint_date != fields.Date.to_date(vals["complaint_date"])
            )
        )
        handlers = self._get_handlers(vals)
        result = super().write(vals)
        if not vals.get("active", True):
            self._check_not_in_dispute()
            self._refuse_preserved()
        redated._follow_complaint_date()
        self._note_former_handlers(handlers)
        return result

    def _get_handlers(self, vals):
        """Return ``{complaint: who handles it}`` before these values are written."""
        # a team lets go of whom it does not have
        changing = vals.keys() & {"user_id", "team_id"}
        return {
            ticket: ticket.user_id for ticket in self if ticket.user_id and changing
        }

    def _note_former_handlers(self, handlers):
        """Keep who handled these complaints until now."""
        for ticket, former in handlers.items():
            if ticket.user_id != former:
                # kept whatever rights who reassigns a complaint has on it
                ticket.sudo()._guarded_write(
                    {"former_handler_ids": [fields.Command.link(former.id)]}
                )

    def _follow_complaint_date(self):
        """Limits of disputes that count from the complaint follow its date."""
        # limits follow the date, whoever may read the disputes
        disputes = self.sudo().all_dispute_ids
        disputes._check_order({"complaint_date"})
        disputes._follow_events({"complaint_received": disputes})

    def _compute_stage_id(self):  # pylint: disable=missing-return
        # a change of team may move a ticket to a stage that closes it
        super()._compute_stage_id()
        self._check_not_closed_in_dispute()

    @api.constrains("stage_id")
    def _check_not_closed_in_dispute(self):
        # not by "closed", which is empty where it is what asks for the stage
        self.filtered("stage_id.closed")._check_not_in_dispute()

    def _check_not_in_dispute(self):
        if dispute := self._find_open_disputes()[:1]:
            raise ValidationError(
                self.env._(
                    "Ticket %(ticket)s cannot be closed: dispute %(dispute)s about it "
                    "is open. Lead the dispute to its end first.",
                    ticket=dispute.ticket_id.number,
                    dispute=dispute.name,
                )
            )

    @api.constrains("company_id")
    def _check_company_of_disputes(self):
        """A complaint does not leave the company of its disputes."""
        for dispute in self._find_disputes():
            if dispute.company_id != dispute.ticket_id.company_id:
                raise ValidationError(
                    self.env._(
                        "Ticket %(ticket)s stays with %(company)s: dispute "
                        "%(dispute)s came of it.",
                        ticket=dispute.ticket_id.number,
                        company=dispute.company_id.name,
                        dispute=dispute.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_disputed(self):
        if dispute := self._find_disputes()[:1]:
            raise UserError(
                self.env._(
                    "Ticket %(ticket)s stays on record: dispute %(dispute)s "
                    "came of it.",
                    ticket=dispute.ticket_id.number,
                    dispute=dispute.name,
                )
            )

    def _find_preserving(self):
        """A complaint is held with a dispute that came of it."""
        disputes = self._find_disputes(("preserved", "=", True))
        return {dispute.ticket_id: dispute for dispute in disputes}

    def _find_open_disputes(self):
        return self._find_disputes(("state", "!=", flow.CLOSED))

    def _find_disputes(self, *conditions):
        """Return the disputes of these complaints, whoever may see them."""
        # a complaint is kept by any dispute about it, also by one that the user may
        # not see; of it, the refusal tells the number
        disputes = self.env["iso10003.dispute"].sudo()
        return disputes.search([("ticket_id", "in", self.ids), *conditions])
