# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What results and their answers say to audit questions 74 to 78."""

from ..common import ADDON
from .result_common import ResultCase

QUESTIONS = {74, 75, 76, 77, 78}


class TestResultChecks(ResultCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # of this file and of nothing else
        cls.env.flush_all()
        cls.env.cr.execute("UPDATE iso10003_obligation SET result_id = NULL")
        for table in ("result_answer", "result_line", "result"):
            cls.env.cr.execute(f"DELETE FROM iso10003_{table}")
        cls.env.invalidate_all()

    def _ask(self, number):
        """Return ``(how many it is about, how many fail)``."""
        requirement = self.env.ref(f"{ADDON}.requirement_{number:03}")
        self.env.flush_all()
        result = requirement._run_checks(self.company)[requirement]
        return result.population, result.failing_count

    def test_74_settlements_are_in_writing(self):
        self.assertEqual(self._ask(74), (0, 0))
        first = self._make(lines=[self._say()])
        self.assertEqual(self._ask(74), (1, 0))
        self._make(lines=[self._say()], text=False, replaces_id=first.id)
        self.assertEqual(self._ask(74), (1, 1))

    def test_75_recommendations_are_answered_to_both(self):
        result = self._recommend()
        self.assertEqual(self._ask(75), (0, 0), "it waits")
        self._answer(result)
        given = self._give(result)
        self.assertTrue(given.told_complainant)
        self.assertFalse(given.told_body)
        self.assertEqual(self._ask(75), (1, 1), "no body was told")
        body = self.env["res.partner"].create(
            {"name": "The Board", "email": "board@example.com"}
        )
        self.dispute.provider_id = body
        self.assertFalse(self.dispute._gate_answer_told())
        self._send(given)
        self.assertTrue(given.told_body)
        self.assertTrue(self.dispute._gate_answer_told())
        self.assertEqual(self._ask(75), (1, 0))

    def test_76_refusals_are_decided_above_handlers(self):
        self.assertEqual(self._ask(76), (0, 0))
        result = self._recommend()
        answer = self._answer(
            result, "rejected", "organization", reasons="It is against the terms."
        )
        answer.with_user(self.manager).action_approve()
        self._send(answer)
        self.assertEqual(self._ask(76), (1, 0))
        answer._guarded_write({"above_handlers": False})
        self.assertEqual(self._ask(76), (1, 1))

    def _decide_before(self, **values):
        """Record a decision of twenty days ago that can be reviewed for ten days."""
        self.dispute.method = "determinative"
        return self._make(
            kind="decision",
            lines=[self._say()],
            **{
                "date": self._days(-20),
                "review_route": "court",
                "review_until": self._days(-10),
                **values,
            },
        )

    def test_77_a_review_is_decided_on_before_its_window_ends(self):
        self._decide_before(review_until=self._days(10))
        last = self._decide_before(review_route="none", review_until=False)
        self.assertEqual(self._ask(77), (0, 0), "none is over")
        in_time = self._decide_before(review_until=self._days(3))
        in_time.action_decide_review("leave", "It is right.")
        self.assertEqual(self._ask(77), (1, 0))
        late = self._decide_before()
        self.assertEqual(self._ask(77), (2, 1), "in silence")
        late.action_decide_review("leave", "It is right.")
        self.assertEqual(self._ask(77), (2, 1), "too late")
        requirement = self.env.ref(f"{ADDON}.requirement_077")
        found = requirement._run_checks(self.company)[requirement]
        self.assertEqual(found.failing_ids, tuple(late.ids))
        last._guarded_write({"origin": "before"})
        self.env.cr.execute(
            "DELETE FROM iso10003_policy_gate WHERE code = 'review_decided'"
        )
        self.env.invalidate_all()
        found = requirement._run_checks(self.company)[requirement]
        self.assertEqual((found.population, found.left_out), (0, 3))

    def test_78_decisions_say_from_when_they_bind(self):
        self.dispute.method = "determinative"
        result = self._make(kind="decision", lines=[self._say()])
        self.assertEqual(self._ask(78), (1, 0))
        result._guarded_write({"effective_date": False})
        self.assertEqual(self._ask(78), (1, 1))
