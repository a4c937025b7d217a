# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who may make an offer, and what becomes of one beyond that."""

from odoo.exceptions import AccessError, ValidationError

from ..common import ADDON, PAPER
from .offer_common import OfferCase


class TestOfferAuthority(OfferCase):
    def _tasks(self, kind):
        kind = self.env.ref(f"{ADDON}.activity_{kind}")
        return self.dispute.sudo().activity_ids.filtered(
            lambda task: task.activity_type_id == kind
        )

    def test_beyond_the_tier_somebody_else_approves(self):
        offer = self._draft(3000)
        offer.action_make()
        self.assertEqual(offer.state, "draft")
        self.assertTrue(offer.asked_date)
        asked = self._tasks("approve_offer").user_id
        self.assertTrue(asked.has_group(f"{ADDON}.group_manager"))
        self.assertNotEqual(asked, self.handler)
        with self._refused("is beyond your tier"):
            offer.action_approve()
        offer.with_user(self.manager).action_approve()
        self.assertEqual((offer.state, offer.approved_level), ("approved", "manager"))
        self.assertFalse(self._tasks("approve_offer"))
        self.assertEqual(self._tasks("offer").user_id, self.handler)
        self._send_letter(offer.action_make())
        self._step(offer, "accept", channel="email", proof=PAPER)
        self.assertEqual(offer.result_id.amount, 3000, "the handler records it")

    def test_beyond_the_manager_top_management_approves(self):
        offer = self._draft(9000)
        offer.action_make()
        with self._refused("is beyond your tier"):
            offer.with_user(self.manager).action_approve()
        offer.with_user(self.sponsor).action_approve()
        self.assertEqual(offer.approved_level, "sponsor")

    def test_what_was_approved_covers_that_offer_alone(self):
        offer = self._draft(3000)
        offer.action_make()
        offer.with_user(self.manager).action_approve()
        self._send_letter(offer.action_make())
        with self._refused("beyond what you may decide"):
            self._make(amount=3000)
        self._step(offer, "accept", channel="email", proof=PAPER)
        with self._refused("beyond what you may decide"):
            self._make(amount=4000, replaces_id=offer.result_id.id)

    def test_two_offers_within_a_tier_are_not_together(self):
        self.env["iso10003.claim"].create(
            {"dispute_id": self.dispute.id, "name": "The visit", "amount": 900}
        )
        offer = self._make_offer(800, claim_ids=self.claim)
        self._step(offer, "accept", channel="email", proof=PAPER)
        offer = self._draft(700)
        offer.action_make()
        self.assertEqual(offer.state, "draft", "1 500 is beyond the tier")

    def test_made_beyond_authority_it_is_on_record_and_binds_once_ratified(self):
        offer = self._draft(3000)
        self._step(offer, "made", channel="person", reason="It was late at night.")
        self.assertEqual(offer.state, "made")
        self.assertTrue(offer.unratified)
        self.assertIn("beyond authority", offer.remarks)
        self.assertFalse(self.dispute._gate_offers_settled())
        self._step(offer, "accept", channel="email", proof=PAPER)
        self.assertEqual(offer.state, "accepted")
        self.assertFalse(offer.result_id, "it does not bind us yet")
        with self.assertRaises(ValidationError):
            offer.action_ratify("It was I.")
        self._step(offer, "ratify", user=self.manager, reason="It is fair.")
        self.assertEqual(offer.bound_date, self.today)
        self.assertEqual(offer.result_id.amount, 3000)
        self.assertTrue(self.dispute._gate_offers_settled())

    def test_or_it_is_withdrawn_though_they_accepted(self):
        offer = self._draft(3000)
        self._step(offer, "made", channel="person")
        self._step(offer, "accept", channel="email", proof=PAPER)
        self._step(offer, "withdraw", reason="Nobody could promise that.")
        self.assertEqual(offer.state, "withdrawn")
        self.assertTrue(self.dispute._gate_offers_settled())

    def test_top_management_ratifies_and_who_leads_records_it(self):
        offer = self._draft(9000)
        self._step(offer, "made", channel="person")
        self._step(offer, "accept", channel="email", proof=PAPER)
        self._step(offer, "ratify", user=self.sponsor)
        self.assertFalse(offer.result_id)
        self.assertFalse(self.dispute._gate_offers_settled())
        self.assertEqual(self._tasks("offer").user_id, self.handler)
        offer.action_settle()
        self.assertEqual(offer.result_id.amount, 9000)
        with self._refused("has made its result already"):
            offer.action_settle()

    def test_theirs_beyond_the_tier_is_approved_first(self):
        theirs = self._note(3000)
        with self._refused("is beyond your tier"):
            self._step(theirs, "accept")
        theirs.with_user(self.manager).action_approve()
        self._step(theirs, "accept")
        self.assertEqual(theirs.result_id.amount, 3000)

    def test_it_is_measured_at_the_rate_of_the_day(self):
        self._rate(0.25)
        offer = self._draft(300, currency_id=self.foreign)
        offer.action_make()
        self.assertEqual(offer.state, "draft", "it is 1 200 of our money")
        offer.amount = 200
        offer.action_make()
        self.assertEqual(offer.measured_amount, 800)

    def test_without_a_rate_nobody_knows(self):
        offer = self._draft(300, currency_id=self.foreign)
        with self._refused("no rate"):
            offer.action_make()

    def test_who_has_no_tier_authorizes_nothing(self):
        offer = self._draft(300)
        for user in (self.auditor, self.stranger):
            with self.subTest(user.login), self.assertRaises(AccessError):
                offer.with_user(user).action_approve()
