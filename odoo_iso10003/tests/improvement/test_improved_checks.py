# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What costs and causes say to audit questions."""

from ..conformity.conformity_common import CheckCase, days

QUESTIONS = {87, 107}


class TestImprovedChecks(CheckCase):
    def _note_cost(self, file):
        money = self.shop.currency_id
        self._insert(
            "iso10003_cost",
            file_id=file.sudo().file_ids.id,
            company_id=self.shop.id,
            date=days(-1),
            kind="time",
            name="Two hours",
            amount=80,
            currency_id=money.id,
        )

    def test_what_files_cost(self):
        """87: a file open, one that came to nothing, one of another company's cost."""
        self._assert_unchecked(self._result(87))
        self._new_file(outcome="withdrawn")
        self._assert_unchecked(self._result(87))
        good, bad = self._new_file(), self._new_file()
        self._assert_fails(self._result(87), good | bad, 2)
        self._note_cost(good)
        self._assert_fails(self._result(87), bad, 2)
        self._note_cost(bad)
        self._assert_holds(self._result(87), 2)
        self._forget_gates()
        result = self._result(87)
        self._assert_unchecked(result)
        self.assertEqual(result.left_out, 2)

    def test_promises_are_named(self):
        """107: that it was a promise is no name of one."""
        self._new_file()
        self._assert_unchecked(self._result(107))
        cause = self.env["iso10003.cause"].create(
            {"name": "Free repair", "kind": "promise", "company_id": self.shop.id}
        )
        self._new_file(cause_kind="promise", cause_id=cause.id)
        self._assert_holds(self._result(107), 1)
        bad = self._new_file(cause_kind="promise")
        self._assert_fails(self._result(107), bad, 2)
        self._forget_gates()
        result = self._result(107)
        self._assert_unchecked(result)
        self.assertEqual(result.left_out, 2)

    def _forget_gates(self):
        """Let the version be one from before costs and causes."""
        self.env.flush_all()
        self.env.cr.execute(
            "DELETE FROM iso10003_policy_gate WHERE policy_id = %s", [self.policy.id]
        )
        self.env.invalidate_all()
