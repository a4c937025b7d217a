# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ...core import flow
from ...report.people_date import format_people_duration


class DisputeHolders(models.Model):
    """Whose turn it was, and for how long: time is charged to who held the file."""

    _inherit = "iso10003.dispute"

    holder_bar = fields.Json("Who held the file", compute="_compute_holder_bar")

    def _compute_holder_bar(self):
        turns = self._read_turns()
        labels = dict(self._fields["waiting_on"]._description_selection(self.env))
        now = fields.Datetime.now()
        for dispute in self:
            seconds = flow.seconds_per_state(turns.get(dispute.id, []), now)
            dispute.holder_bar = [
                {
                    "holder": holder,
                    "label": labels[holder],
                    "seconds": seconds[holder],
                    "spent": format_people_duration(self.env, seconds[holder]),
                    "now": dispute.waiting_on == holder,
                }
                for holder in labels
                if seconds.get(holder)
            ]

    def _read_turns(self):
        """Return ``{id: [(instant, who must act from then on)]}`` from the register."""
        # the reader of a file may know whose turn it was, without reading the register
        rows = (
            self.env["iso10003.register"]
            .sudo()
            .search_fetch(
                [
                    ("dispute_id", "in", self.ids),
                    ("event", "in", ["opened", "transition", "waiting"]),
                ],
                ["dispute_id", "at", "event", "data"],
            )
        )
        turns = {}
        for row in rows:
            if row.event == "waiting":
                holder = row.data["to"]
            else:  # rows of the first release do not say it
                default = flow.WAITING_ON[row.data["to"]]
                holder = row.data.get("waiting_on", default)
            turns.setdefault(row.dispute_id.id, []).append((row.at, holder or None))
        return turns
