# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...core import flow

# what happens to a dispute, and the field that says when
EVENTS = {
    "complaint_received": "ticket_id.complaint_date",
    "final_answer": "final_answer_date",
    "recourse_told": "recourse_date",
    "opened": "opened_date",
    "notice_received": "notice_date",
    "acknowledged": "acknowledged_date",
    "file_complete": "file_complete_date",
    "position_sent": "response_date",
    "result_noted": "outcome_date",
    "result_served": "served_date",
    "carried_out": "implemented_date",
    "informed": "informed_date",
    "closed": "closed_date",
}


class DisputeDeadlines(models.Model):
    """The limits that run on a dispute (4.11)."""

    _inherit = "iso10003.dispute"

    next_due_date = fields.Date(
        "Next last day", compute="_compute_next_due_date", store=True, index=True
    )
    method = fields.Selection(
        [
            ("facilitative", "Facilitative"),
            ("advisory", "Advisory"),
            ("determinative", "Determinative"),
        ],
        "Method chosen",
        tracking=True,
        help="How it is resolved outside: with help to agree, with a recommendation, "
        "or with a decision (annex A).",
        sealed=True,
    )
    provider_id = fields.Many2one(
        "res.partner",
        tracking=True,
        ondelete="restrict",
        help="Who leads the resolution: neither the organization nor the complainant.",
        sealed=True,
    )
    file_complete_date = fields.Date(
        "File complete on",
        tracking=True,
        help="When the provider had all that it needs; some limits count from it.",
        sealed=True,
        deed=True,
    )
    served_date = fields.Date(
        "Result served on",
        tracking=True,
        help="When recommendation or decision reached us; limits of acceptance and "
        "review count from it (7.5.4, 7.5.5).",
        sealed=True,
        deed=True,
    )

    @api.depends("file_ids.deadline_ids.state", "file_ids.deadline_ids.due_date")
    def _compute_next_due_date(self):
        running = self.env["iso10003.deadline"]._read_group(
            [("file_id", "in", self.file_ids.ids), ("state", "=", "running")],
            ["file_id"],
            ["due_date:min"],
        )
        first = dict(running)
        for dispute in self:
            dispute.next_due_date = first.get(dispute.file_ids, False)

    # ------------------------------------------------------------
    # Answers of a file with limits
    # ------------------------------------------------------------

    @api.model
    def _get_file_copies(self):
        return {
            **super()._get_file_copies(),
            "team_id": "team_id",
            "reader_ids": "evaluator_id",
        }

    @api.model
    def _get_deadline_events(self):
        return {
            **EVENTS,
            **{
                f"entered_{state}": "state_date"
                for state in flow.STATES
                if state not in ("referral", flow.CLOSED)
            },
        }

    @api.model
    def _get_event_labels(self):
        """Return what can happen to a dispute, in the words of the fields."""
        labels = self.fields_get(
            [path for path in EVENTS.values() if "." not in path], ["string"]
        )
        return [
            (
                event,
                self.env._("Complaint received")
                if "." in path
                else labels[path]["string"],
            )
            for event, path in EVENTS.items()
        ]

    def _event_date(self, event):
        if self._is_momentary(event) and self.state != event.removeprefix("entered_"):
            return False
        return super()._event_date(event)

    @api.model
    def _is_momentary(self, event):
        return event.startswith("entered_")

    def _read_entries(self):
        """Return ``{id: [(instant, state entered)]}``, for what would have been."""
        return self._read_moves()

    def _get_history(self, entries):
        """Return ``{event: date or instant}`` for all that happened, past states too.

        :param entries: of this file, from :meth:`_read_entries`
        """
        entered = {}
        for instant, state in entries:
            entered.setdefault(f"entered_{state}", instant)
        happened = {event: self._event_date(event) for event in EVENTS}
        return {**happened, **entered}

    def _is_frozen(self):
        return self.state == flow.CLOSED

    def _get_actor_partner(self, actor):
        if actor == "complainant":
            return self.representative_id or self.partner_id
        if actor == "provider" and self.provider_id:
            return self.provider_id
        return super()._get_actor_partner(actor)

    # ------------------------------------------------------------
    # A limit that blocks
    # ------------------------------------------------------------

    def _gate_no_blocking_deadline(self):
        """A missed limit that blocks is explained before the file goes on."""
        return not self.deadline_ids.filtered(
            lambda deadline: (
                deadline.state == "lapsed"
                and deadline.on_lapse == "block"
                and not deadline.late_reason
            )
        )

    def action_view_deadlines(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.deadline_action"
        )
        return {
            **action,
            "domain": [("file_id", "in", self.file_ids.ids)],
            "context": {},
        }

    def action_give_date(self):
        """Ask for a limit whose date somebody outside has set."""
        self.ensure_one()
        self.check_access("write")  # no question to who may not answer it
        return self.env["iso10003.deadline.step"]._ask("given", file=self.file_ids)

    # ------------------------------------------------------------
    # The letter that satisfies a limit
    # ------------------------------------------------------------

    def _message_post_after_hook(self, message, msg_vals):
        result = super()._message_post_after_hook(message, msg_vals)
        if satisfied := self.env.context.get("satisfies_deadline"):
            self.env["iso10003.deadline"].browse(satisfied)._letter_sent(self)
        return result
