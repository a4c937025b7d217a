# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ...core import flow
from ...report.people_date import format_people_duration


class DisputeTime(models.Model):
    """Where the time of a file went, from its register: per state, and per holder.

    Time is charged to whoever had to act.
    """

    _inherit = "iso10003.dispute"

    duration_tracking = fields.Json("Time per state", compute="_compute_time_spent")
    holder_bar = fields.Json("Who held the file", compute="_compute_time_spent")

    def _compute_time_spent(self):
        rows = self._read_course()
        now = fields.Datetime.now()
        for dispute in self:
            course = rows.get(dispute.id, [])
            dispute.duration_tracking = flow.seconds_per_state(
                self._moves_of(course), now
            )
            dispute.holder_bar = dispute._prepare_holder_bar(
                flow.seconds_per_state(self._turns_of(course), now)
            )

    def _prepare_holder_bar(self, seconds):
        labels = dict(self._fields["waiting_on"]._description_selection(self.env))
        return [
            {
                "holder": holder,
                "label": labels[holder],
                "seconds": seconds[holder],
                "spent": format_people_duration(self.env, seconds[holder]),
                "now": self.waiting_on == holder,
            }
            for holder in labels
            if seconds.get(holder)
        ]

    # ------------------------------------------------------------
    # What the register tells
    # ------------------------------------------------------------

    def _read_course(self):
        """Return ``{id: [(instant, event, data)]}`` of what moved each file."""
        # the reader of a file may know how it moved, without reading the register
        register = self.env["iso10003.register"].sudo()
        rows = register.search_fetch(
            [
                ("dispute_id", "in", self.ids),
                ("event", "in", ["opened", "transition", "waiting"]),
            ],
            ["dispute_id", "at", "event", "data"],
        )
        course = {}
        for row in rows:
            course.setdefault(row.dispute_id.id, []).append(
                (row.at, row.event, row.data)
            )
        return course

    def _read_moves(self):
        """Return ``{id: [(instant, state entered)]}``."""
        return {
            dispute_id: self._moves_of(course)
            for dispute_id, course in self._read_course().items()
        }

    def _moves_of(self, course):
        return [(at, data["to"]) for at, event, data in course if event != "waiting"]

    def _turns_of(self, course):
        """Return ``[(instant, who must act from then on)]``."""
        return [(at, self._holder_after(event, data)) for at, event, data in course]

    def _holder_after(self, event, data):
        if event == "waiting":
            return data["to"] or None
        # rows of the first release do not say it
        return data.get("waiting_on", flow.WAITING_ON[data["to"]]) or None
