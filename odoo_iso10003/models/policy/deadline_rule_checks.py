# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ...core import flow
from ..mixin.checks import Answer

# which states a limit is about, by what meets it
STATES_OF_EVENT = {
    "final_answer": {"referral"},
    "recourse_told": {"referral"},
    "acknowledged": {"notice"},
    "entered_evaluation": {"notice"},
    "entered_position": {"evaluation"},
    "position_sent": {"evaluation", "position"},
    "entered_resolution": {"position"},
    "result_noted": {"resolution"},
    "entered_implementation": {"resolution"},
    "carried_out": {"implementation"},
    "informed": {"implementation"},
    "closed": {"implementation"},
}


class DeadlineRuleChecks(models.Model):
    """What assessments ask of the limits that a policy sets (4.11, annex H)."""

    _inherit = "iso10003.deadline.rule"

    def _audit_limits_set(self, company):
        """26: does the policy in force limit the time of each state?"""
        policies = self.env["iso10003.policy"]
        today = company._get_company_day()
        policy = policies.search(policies._get_in_force_domain(company, today), limit=1)
        if not policy:
            return Answer(0, missing="policy")
        rules = self.search([("policy_id", "=", policy.id)])
        limited = set().union(
            *(STATES_OF_EVENT.get(rule.end_event, ()) for rule in rules)
        )
        missing = set(flow.OPEN_STATES) - limited
        return Answer(
            1,
            policy if missing else policies,
            value=float(len(limited)),
            threshold=float(len(flow.OPEN_STATES)),
        )
