# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

# Rules of packs that ask only whether we take part, and that named the position before
# there was an event for the answer. Approved versions keep them; the answer meets them.
PART_RULES = frozenset({"eu_adr_reply"})


class DeadlineRule(models.Model):
    """What asks only whether we take part is met by our answer to that (7.3)."""

    _inherit = "iso10003.deadline.rule"

    def _get_end_events(self):
        events = super()._get_end_events()
        if self.code in PART_RULES and self.end_event == "position_sent":
            return (*events, "answered_part")
        return events
