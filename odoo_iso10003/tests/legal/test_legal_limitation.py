# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

from .legal_common import SERVED, LegalRules

AROSE = date(2026, 3, 10)
BARRED = date(2026, 5, 10)


@tagged("-at_install", "post_install")
class TestLimitation(LegalRules, TransactionCase):
    """Where the policy has a rule for it, the rule says until when one may file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(f"{SERVED} 08:00:00"))
        cls._set_up_legal()

    def _claim(self, **values):
        return self._draft_referral(
            **{
                "dispute_id": self.dispute.id,
                "limitation_date": False,
                "limitation_rule": False,
                **values,
            }
        )

    def test_the_rule_of_the_policy_counts_the_last_day_to_file(self):
        self._policy(self._limitation_rule())
        rule = self.dispute.sudo().policy_id.rule_ids
        at_once, later = self._claim(claim_date=AROSE), self._claim()
        self.assertFalse(later.limitation_rule_id)
        later.claim_date = AROSE
        for referral in (at_once, later):
            self.assertEqual(referral.limitation_date, BARRED)
            self.assertEqual(
                referral.limitation_rule, "File the claim · Article 12 of the contract"
            )
            self.assertEqual(referral.limitation_rule_id, rule)
            self.assertIn("2 months", self._limit(referral, "limitation").explanation)
            self.assertEqual(referral.limit_date, BARRED)
            wanted = {row["code"]: row["met"] for row in referral.checklist}
            self.assertTrue(wanted["limitation"])

    def test_counsel_can_open_the_rule(self):
        self._policy(self._limitation_rule())
        referral = self._claim(claim_date=AROSE)
        for user in (self.counsel, self.manager, self.auditor):
            rule = referral.with_user(user).limitation_rule_id
            self.assertEqual(rule.name, "File the claim")

    def test_the_day_that_was_counted_is_not_typed_over(self):
        self._policy(self._limitation_rule())
        referral = self._claim(claim_date=AROSE, limitation_date=date(2030, 1, 1))
        self.assertEqual(referral.limitation_date, BARRED)
        referral.write({"limitation_date": date(2030, 1, 1)})
        self.assertEqual(referral.limitation_date, BARRED)

    def test_a_corrected_day_moves_the_limit_and_both_stay_on_record(self):
        self._policy(self._limitation_rule())
        referral = self._claim(claim_date=AROSE)
        referral.claim_date = date(2026, 3, 12)
        self.assertEqual(referral.limitation_date, date(2026, 5, 12))
        limits = self._events(referral, "limit")
        self.assertIn(
            {"field": "limitation_date", "from": "2026-05-10", "to": "2026-05-12"},
            limits,
        )

    def test_a_clock_that_stood_still_moves_the_day(self):
        self._policy(self._limitation_rule())
        referral = self._claim(claim_date=AROSE)
        proof = referral.message_post(body="They mediate.")
        limit = self._limit(referral, "limitation")
        limit.action_suspend("mediation", datetime(2026, 12, 1), message_id=proof.id)
        with freeze_time("2026-04-14 08:00:00"):
            limit.action_resume()
        self.assertEqual(limit.due_date, date(2026, 5, 20))
        self.assertEqual(referral.limitation_date, date(2026, 5, 20))

    def test_filing_meets_it_and_the_rule_stays_to_be_read(self):
        self._policy(self._limitation_rule())
        referral = self._lead_referral(self._claim(claim_date=AROSE), "filed")
        self.assertEqual(self._limit(referral, "limitation").state, "met")
        self.assertTrue(referral.limitation_rule_id)

    def test_without_a_rule_day_and_words_are_given_by_hand(self):
        self._policy(self._appeal_rule())
        referral = self._claim(claim_date=AROSE)
        self.assertFalse(referral.limitation_rule_id)
        with self.assertRaisesRegex(UserError, "limitation date"):
            referral.with_user(self.manager).action_approve()
        referral.write({"limitation_date": BARRED, "limitation_rule": "Two months"})
        self.assertEqual(referral.limitation_date, BARRED)
        referral.with_user(self.manager).action_approve()

    def test_a_limit_of_our_own_to_file_is_no_limitation(self):
        self._policy(
            self._rule(
                "file", start_event="referral_approved", end_event="referral_filed"
            )
        )
        referral = self._claim(limitation_date=BARRED, limitation_rule="Two months")
        self._lead_referral(referral, "approved")
        self.assertTrue(self._limit(referral, "file"))
        self.assertEqual(referral.limitation_date, BARRED)
        self.assertFalse(referral.limitation_rule_id)

    def test_another_authority_may_have_another_limitation(self):
        self._policy(
            self._limitation_rule(authority_ids=[Command.set(self.court.ids)]),
            self._limitation_rule(
                code="other",
                name="Apply to the board",
                quantity=1,
                authority_ids=[Command.set(self.appeal_court.ids)],
            ),
        )
        referral = self._claim(claim_date=AROSE)
        referral.authority_id = self.appeal_court
        self.assertEqual(referral.limitation_date, date(2026, 4, 10))
        self.assertIn("Apply to the board", referral.limitation_rule)

    def test_the_shortest_of_several_counts(self):
        self._policy(
            self._limitation_rule(),
            self._limitation_rule(code="short", name="Short", quantity=1),
        )
        referral = self._claim(claim_date=AROSE)
        self.assertEqual(referral.limitation_date, date(2026, 4, 10))
        self.assertEqual(referral.limitation_rule_id.code, "short")

    def test_taking_the_day_back_leaves_the_limit_to_be_typed(self):
        self._policy(self._limitation_rule())
        referral = self._claim(claim_date=AROSE)
        referral.claim_date = False
        self.assertFalse(referral.limitation_rule_id)
        referral.limitation_date = date(2026, 6, 1)
        self.assertEqual(referral.limitation_date, date(2026, 6, 1))

    def test_a_claim_is_not_filed_before_it_arose(self):
        self._policy(self._limitation_rule())
        referral = self._lead_referral(self._claim(claim_date=AROSE), "filed")
        with freeze_time("2026-06-01 08:00:00"):
            amendment = (
                self.env["iso10003.referral.amendment"]
                .with_user(self.counsel)
                .create(
                    {
                        "referral_id": referral.id,
                        "why": "It arose later.",
                        "claim_date": date(2026, 6, 1),
                    }
                )
            )
            with self.assertRaisesRegex(ValidationError, "cannot be before"):
                amendment.with_user(self.chief).action_approve()

    def test_the_handler_who_refers_may_say_when_it_arose(self):
        self._policy(self._limitation_rule())
        dialogs = self.env["iso10003.dispute.refer"].with_user(self.handler)
        dialogs.create(
            {
                "dispute_id": self.dispute.id,
                "basis": "contract",
                "reason": "They refuse to pay.",
                "claim_date": AROSE,
            }
        ).action_confirm()
        referral = self.dispute.sudo().referral_ids
        self.assertEqual(referral.limitation_date, BARRED)

    def test_the_limit_to_appeal_leads_to_its_rule_as_well(self):
        self._policy(self._appeal_rule())
        referral = self._decided(limitation_date=BARRED, limitation_rule="Two months")
        self.assertEqual(referral.appeal_rule_id.code, "appeal")
        limit = self._limit(referral)
        self.assertEqual(referral.appeal_until, limit.due_date)
