# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..mixin.cached import kept


class DeadlineRuleEvents(models.Model):
    """Which events rules know, and which rules of a policy an event starts."""

    _inherit = "iso10003.deadline.rule"

    @api.model
    def _get_events(self):
        """Return what can start or meet a deadline, as code and label."""
        dispute = self.env["iso10003.dispute"]
        states = dict(self._get_states())
        return [
            *dispute._get_event_labels(),
            *(
                (f"entered_{state}", self.env._("“%(state)s” entered", state=label))
                for state, label in states.items()
                if state not in ("referral", "closed")
            ),
            ("given", self.env._("A date given by hand")),
        ]

    @api.model
    @kept("policy_id")
    def _get_rules_by_event(self, policy_id):
        """Return ``{event: ids of rules}`` that start there, kept at hand.

        An approved version does not change, and each change of a draft clears it.
        """
        rules = self.search([("policy_id", "=", policy_id), ("parent_id", "=", False)])
        found = {}
        for rule in rules:
            for limit in rule.part_ids if rule.combine else rule:
                found.setdefault(limit.start_event, []).append(rule.id)
        return {event: tuple(ids) for event, ids in found.items()}
