# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.service.model import call_kw

from ...models.policy.policy_gate import SEVERITIES
from ..common import PAPER
from ..mixin.test_segregation import Versions


class DeclaredPeople(Versions):
    """What declarations in files are tried with; findings are enough to evaluate."""

    @classmethod
    def _enforce_profile(cls, profile=None, **strengths):
        policies = cls.env["iso10003.policy"].with_user(cls.chief)
        policy = policies.create({"name": "Who does what"})
        gates = policy.gate_ids.filtered(lambda one: one.code == "evaluation_submitted")
        gates.write(dict.fromkeys(SEVERITIES, "off"))
        for row in policy.segregation_ids.filtered(lambda row: row.code in strengths):
            row.strength = strengths[row.code]
        policy.with_user(cls.manager).action_approve()
        policy.with_user(cls.manager).action_put_in_force()
        return policy

    def _ready(self, **values):
        """Return a file that is to leave 7.4.1, of which nobody has declared yet."""
        dispute = self._open_dispute(self._new_ticket(**values))
        self._lead_to(dispute, "evaluation")
        self._give(dispute, {"evaluator_id": self.evaluator.id, "severity": "1"})
        dispute.invalidate_recordset()
        return dispute

    def _call(self, user, record, method, *args):
        """Call a public method as a client does."""
        return call_kw(
            self.env[record._name].with_user(user), method, (record.ids, *args), {}
        )

    def _rows(self, dispute, role=None):
        return dispute.sudo().confirmation_ids.filtered(
            lambda row: role in (None, row.role)
        )

    def _unmet(self, dispute):
        return dispute._ask_the_way().unmet.mapped("code")

    def _sell_to_customer(self, user):
        """Let somebody be the salesperson of the complainant."""
        self.customer.user_id = user

    def _note_resolver(self, dispute, interests="none", details=None):
        return dispute.action_note_resolver(interests, PAPER, details)
