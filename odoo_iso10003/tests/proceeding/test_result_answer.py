# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What may be refused has an effect once those whose answers decide accepted."""

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.tools import mute_logger

from .result_common import ResultCase


class TestResultAnswer(ResultCase):
    def test_both_accept_a_recommendation(self):
        result = self._recommend()
        self.assertEqual(result.effect, "open")
        self.assertFalse(self.dispute.outcome)
        with self._refused("waits for an answer"):
            self.dispute.action_advance()
        self._answer(result, channel="phone")
        self.assertEqual(result.effect, "open")
        given = self._give(result)
        self.assertTrue(given.letter_id)
        self.assertEqual(result.effect, "effective")
        self.assertEqual(self.dispute.outcome, "recommendation_accepted")
        self.assertEqual(self.claim.state, "granted")
        self.dispute.action_advance()

    def test_accepted_in_part_reads_as_such(self):
        """S2-3: the complainant does not read “accepted” of what was half refused."""
        result = self._recommend()
        with self._refused("which part"):
            self._answer(result, "in_part", "organization", amount=200)
        with self._refused("no more than the whole"):
            self._answer(
                result, "in_part", "organization", amount=900, reasons="The visit."
            )
        self._give(result, "in_part", amount=200, reasons="Not the visit.")
        self._answer(result)
        self.assertEqual(self.dispute.outcome, "recommendation_in_part")
        self.assertEqual(self.dispute.conceded_amount, 200)
        self.assertEqual(self.claim.state, "in_part")

    def test_we_refuse_with_reasons_and_somebody_above_approves(self):
        result = self._recommend()
        with self._refused("say why we refuse"):
            self._answer(result, "rejected", "organization")
        answer = self._answer(
            result, "rejected", "organization", reasons="It is against the terms."
        )
        self.assertEqual(answer.state, "asked")
        with self._refused("waits for the approval"):
            self._send(answer)
        for user in (self.handler, self.auditor):
            with self._refused():
                answer.with_user(user).action_approve()
        answer.with_user(self.manager).action_approve()
        self.assertEqual((answer.state, answer.approved_by_id), ("draft", self.manager))
        self._send(answer)
        self.assertEqual(result.effect, "without")
        self.assertEqual(self.dispute.outcome, "recommendation_rejected_by_us")
        self.assertEqual(self.claim.state, "open")

    def test_beyond_the_tier_nobody_accepts_alone(self):
        self.claim.amount = 4000
        result = self._recommend(4000)
        with self._refused("beyond what you may decide"):
            self._answer(result, side="organization")

    def test_a_decision_binds_us_once_the_complainant_accepts(self):
        self.dispute.method = "determinative"
        result = self._make(
            kind="decision",
            lines=[self._say()],
            binding="acceptance",
            answer_until=self._days(10),
        )
        self.assertEqual(result.effect, "open")
        self.assertFalse(self.dispute.outcome)
        with self._refused("does not wait for an answer"):
            self._answer(result, side="organization")
        self._answer(result)
        self.assertEqual(result.effect, "effective")
        self.assertEqual(self.dispute.outcome, "decision_for_complainant")

    def test_silence_is_noted_after_the_time_and_late_acceptance_honoured(self):
        self.dispute.method = "determinative"
        result = self._make(
            kind="decision",
            lines=[self._say()],
            binding="acceptance",
            answer_until=self._days(10),
        )
        with self._refused("time to answer is not over"):
            self._answer(result, "none")
        with freeze_time(self._days(12)):
            self._answer(result, "none", date=self._days(12))
            self.assertEqual(result.effect, "without")
            self.assertEqual(self.dispute.outcome, "decision_not_accepted")
            self.assertEqual(self.claim.state, "open")
        with freeze_time(self._days(14)):
            with self._refused("why it still counts"):
                self._answer(result, date=self._days(14))
            late = self._answer(
                result, date=self._days(14), reasons="The body admitted it."
            )
            self.assertIn("after the last day", late.remarks)
            self.assertIn("had refused before", result.remarks)
            self.assertEqual(result.effect, "effective")
            self.assertEqual(self.dispute.outcome, "decision_for_complainant")

    def test_nobody_accepts_twice(self):
        result = self._recommend()
        self._answer(result)
        with self._refused("accepted it already"):
            self._answer(result)
        self._give(result)
        with self._refused("waits for no answer any more"):
            self._answer(result, "rejected", "organization", reasons="No.")

    def test_two_at_once_do_not_both_accept(self):
        result = self._recommend()
        vals = {
            "result_id": result.id,
            "answer": "accepted",
            "party_id": self.leads.id,
        }
        answers = self.env["iso10003.result.answer"]
        answers._note([vals])
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            answers._note([vals])
            answers.flush_model()

    def test_a_view_that_was_refused_is_followed_by_the_decision(self):
        self.dispute.method = "determinative"
        view = self._make(kind="view", lines=[self._say(amount=300)])
        self._answer(view, "rejected")
        self.assertEqual(self.dispute.outcome, "recommendation_rejected_by_complainant")
        self._make(kind="decision", lines=[self._say("refused", 0)])
        self.assertEqual(view.effect, "without")
        self.assertEqual(self.dispute.outcome, "decision_for_organization")
        self.assertEqual(self.claim.state, "refused")

    def test_an_answer_stays_on_record(self):
        answer = self._answer(self._recommend())
        with self._refused("cannot be written directly"):
            answer.write({"answer": "rejected"})
        with self._refused():
            answer.sudo().unlink()
