# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError

from .legal_common import LegalCase

REVIEW = "odoo_iso10003.activity_legal_review"


class TestReviews(LegalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.referral = cls._lead_referral(cls._draft_referral(), "pending")

    def _review(self, user=None, **values):
        action = self.referral.with_user(user or self.chief).action_review()
        reviews = self.env[action["res_model"]].with_user(user or self.chief)
        return reviews.with_context(**action["context"]).create(
            {"reasons": "The prospects are as they were.", **values}
        )

    def _asked(self):
        return self.referral.activity_ids.filtered(
            lambda activity: activity.activity_type_id == self.env.ref(REVIEW)
        )

    # ------------------------------------------------------------
    # Who reviews
    # ------------------------------------------------------------

    def test_the_interval_of_the_policy_counts_from_the_approval(self):
        self.assertEqual(self.dispute.policy_id.legal_review_days, 30)
        self.assertEqual(self.referral.review_due_date, self._day(30))

    def test_counsel_in_charge_does_not_review(self):
        with self.assertRaisesRegex(ValidationError, "handles the referral"):
            self._review(self.counsel)
        reviews = self.env["iso10003.referral.review"].with_user(self.counsel)
        with self.assertRaisesRegex(ValidationError, "handles the referral"):
            reviews.create({"referral_id": self.referral.id, "reasons": "All is well."})

    def test_who_leads_the_dispute_does_not_review_even_as_a_manager(self):
        self.dispute.with_user(self.manager).user_id = self.manager
        with self.assertRaisesRegex(ValidationError, "owned the file"):
            self._review(self.manager)

    def test_nobody_reviews_in_the_name_of_another(self):
        with self.assertRaisesRegex(UserError, "cannot be written directly"):
            self._review(self.second_counsel, reviewer_id=self.chief.id)

    def test_handlers_and_auditors_do_not_review(self):
        for user in (self.handler, self.auditor):
            with self.assertRaises(AccessError):
                self._review(user)

    def test_a_reviewer_who_handles_is_not_chosen(self):
        with self.assertRaises(ValidationError):
            self.referral.with_user(self.manager).reviewer_id = self.counsel
        self.dispute.with_user(self.manager).user_id = self.manager
        with self.assertRaisesRegex(ValidationError, "owned the file"):
            self.referral.reviewer_id = self.manager

    def test_a_privileged_matter_is_given_to_who_may_see_it(self):
        for name in ("counsel_id", "reviewer_id"):
            with self.assertRaisesRegex(ValidationError, "neither counsel nor"):
                self.referral[name] = self.stranger

    # ------------------------------------------------------------
    # What a review says
    # ------------------------------------------------------------

    def test_a_review_is_dated_named_and_says_when_the_next_is(self):
        with freeze_time(self._day(20)):
            review = self._review()
            self.assertEqual(review.reviewer_id, self.chief)
            self.assertEqual(review.date, self._day(0))
            self.assertEqual(review.state_reviewed, "pending")
            self.assertTrue(review.on_time)
            self.assertEqual(self.referral.review_due_date, self._day(30))
        self.assertEqual(self._logged(self.referral)[-1], "legal_review")

    def test_a_late_review_stays_late(self):
        with freeze_time(self._day(31)):
            self.assertTrue(self.referral.review_overdue)
            self.assertIn(self.referral, self._overdue())
            review = self._review()
            self.assertFalse(review.on_time)
            self.referral.invalidate_recordset()
            self.assertFalse(self.referral.review_overdue)
            self.assertNotIn(self.referral, self._overdue())

    def _overdue(self):
        return self.env["iso10003.referral"].search([("review_overdue", "=", True)])

    def test_a_review_does_not_change_and_does_not_go(self):
        review = self._review()
        for values in ({"decision": "settle"}, {"reasons": "Another"}):
            with self.assertRaises(UserError):
                review.write(values)
            with self.assertRaises(UserError):
                review.sudo().write(values)
        with self.assertRaises(UserError):
            review.sudo().unlink()
        with self.assertRaises(UserError):
            review.copy()

    def test_reasons_and_an_interval_within_the_policy(self):
        with self.assertRaisesRegex(ValidationError, "give the reasons"):
            self._review(reasons="  ")
        for days in (0, 31):
            with self.assertRaisesRegex(ValidationError, "at most 30 days"):
                self._review(next_date=self._day(days))

    def test_drafts_and_ended_referrals_are_not_reviewed(self):
        self._step(self.referral, "withdraw", reason="They paid.")
        with self.assertRaisesRegex(UserError, "only an approved referral"):
            self._review()

    def test_what_was_decided_is_asked_of_who_carries_it_out(self):
        self._review(decision="settle")
        self.assertEqual(self._asked().user_id, self.counsel)
        self.assertIn("Settle", self._asked().summary)
        self._review(decision="escalate")
        self.assertEqual(self._asked().user_id, self.manager)  # who approved it
        self._review()
        self.assertFalse(self._asked())

    # ------------------------------------------------------------
    # What is due
    # ------------------------------------------------------------

    def test_a_due_review_is_asked_for_and_an_overdue_one_goes_to_the_manager(self):
        self._sweep_on(self._day(29))
        self.assertFalse(self._asked())
        self._sweep_on(self._day(30))
        self.assertEqual(self._asked().user_id, self.chief)
        self._sweep_on(self._day(31))
        self.assertEqual(self._logged(self.referral).count("reminder"), 1)
        self._sweep_on(self._day(37))
        self.assertEqual(self._asked().user_id, self.chief | self.manager)
        self._sweep_on(self._day(44))
        self.assertEqual(self._logged(self.referral).count("reminder"), 3)
        self.assertEqual(len(self._asked()), 2)

    def test_the_sweep_costs_what_is_due(self):
        with freeze_time(self._day(1)):
            others = [
                self._lead_referral(self._draft_referral(), "filed")
                for _one in range(5)
            ]
        self.assertEqual(len(others), 5)
        self._sweep_on(self._day(30))
        self.assertEqual(self._asked().user_id, self.chief)
        # nothing is due any more: a few searches by index, and no look at what exists
        with (
            patch.object(
                type(self.env["ir.cron"]), "_commit_progress", lambda *_args, **_kw: 1
            ),
            freeze_time(self._day(30)),
            self.assertQueryCount(6),
        ):
            self.env["iso10003.alarm"]._sweep()
