# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What declarations of interests say to audit questions."""

from odoo.fields import Date

from ..conformity.conformity_common import CheckCase, days

QUESTIONS = {18}


class TestDeclaredChecks(CheckCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.board = cls.env["res.partner"].create({"name": "Sector Board"})

    def _note(self, dispute, role="resolver", day=-5, facts=None, **values):
        partner = self.board if role == "resolver" else self.evaluator.partner_id
        return (
            self.env["iso10003.declaration.confirmation"]
            .sudo()
            .create(
                {
                    "dispute_id": dispute.id,
                    "role": role,
                    "partner_id": partner.id,
                    "interests": "none",
                    "facts": facts or {},
                    "about": [],
                    "date": Date.to_string(days(day)),
                    **values,
                }
            )
        )

    def _new_resolved(self, **columns):
        return self._new_file(provider_id=self.board.id, **columns)

    def test_resolvers_declared(self):
        self._new_file()  # nobody outside resolved it
        self._new_resolved(closed_from="position", outcome="withdrawn")
        self._assert_unchecked(self._result(18))
        good = self._new_resolved()
        self._note(good)
        self._assert_holds(self._result(18), 1)
        bad = self._new_resolved()
        self._assert_fails(self._result(18), bad, 2)
        self._note(bad, day=0)  # after the result
        self._assert_fails(self._result(18), bad, 2)

    def test_what_nobody_waived_is_no_clearance(self):
        bad = self._new_resolved()
        row = self._note(bad, facts={"same_domain": {"count": 1}})
        self._assert_fails(self._result(18), bad, 1)
        row._guarded_write({"state": "waived"})
        self._assert_holds(self._result(18), 1)

    def test_versions_that_did_not_ask_are_left_out(self):
        self._new_resolved()
        self.env.cr.execute(
            "DELETE FROM iso10003_policy_gate WHERE code = 'resolver_declared'"
        )
        self.env.invalidate_all()
        result = self._result(18)
        self._assert_unchecked(result)
        self.assertEqual(result.left_out, 1)

    def test_how_many_are_left_out_is_told_with_the_evidence(self):
        lines = self.env["iso10003.assessment.line"]
        line = lines.new({"left_out": 3, "population": 2, "check_code": "x"})
        line.checked_at = "2026-01-01 10:00:00"
        self.assertIn("3 from before are left out.", line.found)
        self.assertNotIn("left out", lines.new({"check_code": "x"}).found or "")

    def test_a_waiver_of_the_evaluator_counts(self):
        file = self._new_file()
        self._note(file, "evaluator")
        self._assert_holds(self._result(21), 1)
        doubted = self._new_file()
        row = self._note(doubted, "evaluator", facts={"salesperson": {"count": 1}})
        self._assert_fails(self._result(21), doubted, 2)
        row._guarded_write({"state": "waived"})
        self._assert_fails(self._result(21), doubted, 2)
