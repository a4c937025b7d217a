# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from .legal_common import LegalPeople


@tagged("-at_install", "post_install")
class TestLegalTours(LegalPeople, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_legal()

    def _tour(self, record, name, user):
        path = {
            "iso10003.dispute": "disputes",
            "iso10003.referral": "legal-referrals",
        }[record._name]
        self.env.flush_all()
        self.start_tour(
            f"/odoo/{path}/{record.id}",
            f"odoo_iso10003_{name}_tour",
            login=user.login,
            timeout=120,
        )
        self.env.invalidate_all()

    def _refer_and_approve(self):
        self._tour(self.dispute, "refer", self.handler)
        referral = self.env["iso10003.referral"].search(
            [("dispute_id", "=", self.dispute.id)]
        )
        self._tour(referral, "draft", self.counsel)
        self._tour(referral, "approve", self.manager)
        return referral.with_user(self.counsel)

    def test_refer_file_hear_decide_appeal_enforce(self):
        referral = self._refer_and_approve()
        self._tour(referral, "litigate", self.counsel)
        appeal = referral.child_ids
        self.assertEqual(appeal.kind, "appeal")
        self.assertEqual(referral.appeal_user_id, self.counsel)
        self.assertTrue(referral.hearing_ids.event_id)
        self._tour(appeal, "approve", self.manager)
        self._tour(appeal, "appeal", self.counsel)
        self.assertEqual((appeal.state, appeal.result), ("closed", "for_us"))
        self.assertEqual(appeal.limitation_date, referral.appeal_until)
        self._tour(referral, "enforce", self.counsel)
        self.assertEqual(referral.state, "enforced")
        self.assertEqual(self.dispute.legal_state, "ended")

    def test_refer_review_three_times_settle(self):
        referral = self._refer_and_approve()
        self._tour(referral, "review", self.chief)
        self.assertEqual(
            referral.review_ids.sorted("id").mapped("decision"),
            ["continue", "continue", "settle"],
        )
        self.assertEqual(referral.review_ids.reviewer_id, self.chief)
        self._tour(referral, "settle", self.counsel)
        self.assertEqual(referral.state, "settled")
        self.assertIn("Pay 1200", self.dispute.legal_status)
