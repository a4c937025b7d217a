# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Offers are made, countered, accepted and confirmed; accepted, they are settled."""

from odoo.exceptions import AccessError, ValidationError

from ..common import PAPER
from .offer_common import SECRET, OfferCase


class TestOffer(OfferCase):
    def test_from_our_offer_to_the_obligation(self):
        """Ours, theirs, ours again, accepted by phone, confirmed by mail."""
        first = self._make_offer(200)
        self.assertEqual((first.state, first.date), ("made", self.today))
        self.assertEqual(first.approved_by_id, self.handler)
        self.assertTrue(first.letter_id.without_prejudice)
        self.assertIn(SECRET, first.letter_id.body)
        theirs = self._note(450)
        self.assertEqual((first.state, theirs.state), ("countered", "made"))
        self.assertEqual(theirs.former_id, first)
        second = self._make_offer(300)
        self.assertEqual(second.former_id, theirs)
        self.assertEqual(theirs.state, "countered")
        letter = self._step(second, "accept", channel="phone")
        self.assertEqual(second.state, "by_word")
        self.assertEqual(second.confirm_until, self._days(14))
        self.assertFalse(self.dispute.result_ids, "no duties until it is confirmed")
        self._send_letter(letter)
        action = self._step(second, "confirm", channel="email", proof=PAPER)
        self.assertEqual((second.state, second.bound_date), ("accepted", self.today))
        result = second.result_id
        self.assertEqual(result, self.dispute.result_ids)
        self.assertEqual((result.kind, result.amount), ("settlement", 300))
        self.assertEqual(result.obligation_ids.amount, 300)
        self.assertEqual(result.obligation_ids.due_date, self._days(14))
        self.assertEqual(self.claim.state, "settled")
        letter = self._send_letter(action)
        self.assertEqual(letter.kind, "settlement")
        self.assertFalse(letter.without_prejudice, "what was settled bears no mark")
        self.assertIn(SECRET, letter.body)

    def test_in_writing_it_binds_at_once(self):
        offer = self._make_offer()
        self._step(offer, "accept", channel="email", proof=PAPER)
        self.assertEqual(offer.state, "accepted")
        self.assertTrue(offer.result_id)

    def test_the_policy_says_which_word_binds(self):
        for rule, channel, proof, state in (
            ("any", "phone", False, "accepted"),
            ("written", "portal", PAPER, "accepted"),
            ("written", "email", False, "by_word"),
            ("written", "phone", PAPER, "by_word"),
            ("written", "person", PAPER, "accepted"),
            ("signed", "email", PAPER, "by_word"),
            ("signed", "post", PAPER, "accepted"),
        ):
            with self.subTest(rule=rule, channel=channel, proof=bool(proof)):
                savepoint = self.env.cr.savepoint()
                self.dispute.sudo().policy_id._guarded_write({"offer_acceptance": rule})
                offer = self._make_offer()
                self._step(offer, "accept", channel=channel, proof=proof)
                self.assertEqual(offer.state, state)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_one_of_each_side_is_live(self):
        first, second = self._make_offer(100), self._make_offer(200)
        self.assertEqual((first.state, second.state), ("withdrawn", "made"))
        live = self.dispute._find_live_offers()
        self.assertEqual(live, second)
        theirs = self._note(former_id=self.offers)
        self.assertEqual(self.dispute._find_live_offers(), second | theirs)

    def test_nobody_accepts_twice(self):
        offer = self._make_offer()
        self._step(offer, "accept", channel="email", proof=PAPER)
        with self._refused("“Accepted” by now"):
            self._step(offer, "accept", channel="email", proof=PAPER)
        self.assertEqual(len(self.dispute.result_ids), 1)

    def test_a_late_acceptance_is_honoured_with_why(self):
        offer = self._make_offer(went=self._days(-20), expires=self._days(-1))
        offer._lapse()
        with self._refused("Say why the acceptance still counts"):
            self._step(offer, "accept", channel="email", proof=PAPER)
        self._step(
            offer, "accept", channel="email", proof=PAPER, reason="The post was slow."
        )
        self.assertTrue(offer.late)
        self.assertIn("after its last day", offer.remarks)
        self.assertTrue(offer.result_id)

    def test_a_later_offer_takes_the_place_of_a_lapsed_one(self):
        offer = self._make_offer()
        offer._lapse()
        self._make_offer(100)
        with self._refused("a later offer has taken its place"):
            self._step(offer, "accept", channel="email", proof=PAPER)

    def test_denied_it_is_contested_and_somebody_else_decides(self):
        offer = self._make_offer()
        self._step(offer, "accept", channel="phone")
        self._step(offer, "contest", reason="They say they never called.")
        self.assertEqual(offer.state, "contested")
        with self.assertRaises(AccessError):
            offer.action_decide(True, "It was I who heard it.")
        self._step(
            offer,
            "decide",
            user=self.manager,
            ruling="holds",
            reason="Two of us heard it.",
        )
        self.assertEqual(offer.state, "accepted")
        self.assertTrue(offer.result_id)

    def test_or_it_does_not_hold(self):
        offer = self._make_offer()
        self._step(offer, "accept", channel="phone")
        self._step(offer, "contest", reason="They say they never called.")
        self._step(
            offer, "decide", user=self.manager, ruling="fails", reason="Nobody knows."
        )
        self.assertEqual(offer.state, "rejected")
        self.assertFalse(self.dispute.result_ids)

    def test_what_does_not_bind_does_not_confirm(self):
        offer = self._make_offer()
        self._step(offer, "accept", channel="phone")
        with self._refused("does not confirm it"):
            self._step(offer, "confirm", channel="phone", proof=PAPER)
        with self._refused("does not confirm it"):
            self._step(offer, "confirm", channel="email")

    def test_who_has_no_part_accepts_by_word_alone(self):
        cousin = self.env["res.partner"].create({"name": "A cousin"})
        party = self._note_party(
            self.dispute, cousin, "representative", for_id=self.leads.id
        )
        offer = self._make_offer()
        self._step(offer, "accept", channel="email", proof=PAPER, party_id=party)
        self.assertEqual(offer.state, "by_word")
        self.assertIn("had no part", offer.remarks)

    def test_we_accept_theirs_within_the_tier(self):
        theirs = self._note(900)
        self._step(theirs, "accept")
        self.assertEqual(theirs.state, "accepted")
        self.assertEqual(theirs.approved_by_id, self.handler)
        self.assertEqual(theirs.result_id.amount, 900)

    def test_an_act_alone_is_owed_too(self):
        offer = self._make_offer(0, terms="We apologize.")
        self._step(offer, "accept", channel="email", proof=PAPER)
        owed = offer.result_id.obligation_ids
        self.assertEqual((owed.amount, owed.state), (0, "due"))

    def test_rejected_and_withdrawn_it_is_over(self):
        offer = self._make_offer()
        self._step(offer, "reject", channel="phone")
        self.assertEqual(offer.state, "rejected")
        with self._refused("by now"):
            self._step(offer, "accept", channel="email", proof=PAPER)
        offer = self._make_offer()
        with self._refused("a reason is needed"):
            self._step(offer, "withdraw")
        self._step(offer, "withdraw", reason="The price was wrong.")
        self.assertEqual(offer.state, "withdrawn")

    def test_what_was_made_does_not_change(self):
        offer = self._make_offer()
        with self._refused("does not change any more"):
            offer.amount = 1
        with self._refused("stays on record|held"):
            offer.sudo().unlink()
        with self._refused("made once"):
            offer.copy()
        draft = self._draft(100)
        draft.amount = 150

    def test_who_does_not_lead_the_file_makes_no_offer(self):
        for user in (self.stranger, self.counsel, self.auditor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.dispute.with_user(user).action_make_offer()

    def test_what_cannot_be_is_refused(self):
        with self._refused("say what is offered"):
            self._draft(terms=" ").action_make()
        draft = self._draft(expires=self._days(-1))
        action = draft.action_make()
        with self._refused("over already"):
            self._send_letter(action)
        self.assertEqual(draft.state, "approved")
        self._step(draft, "withdraw")
        draft = self._draft()
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            draft.date = self.today
        theirs = self._note(date=self._days(-2))
        with self._refused("before it was made"):
            self._step(theirs, "accept", date=self._days(-3))
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.offers.create(
                {
                    "dispute_id": self.dispute.id,
                    "side": "complainant",
                    "terms": "More.",
                    "channel": "phone",
                    "date": self.today,
                    "former_id": theirs.id,
                }
            )

    def test_the_gate_blocks_and_opens(self):
        self.assertTrue(self.dispute._gate_offers_settled())
        offer = self._make_offer()
        self.assertTrue(self.dispute._gate_offers_settled())
        self._step(offer, "accept", channel="phone")
        self.assertFalse(self.dispute._gate_offers_settled())
        self.dispute.action_note_result("settled_facilitated", "Agreed.", amount=0)
        step = self.dispute.next_step
        self.assertEqual(step["code"], "offers_settled")
        with self._refused("whether it binds"):
            self.dispute.action_advance()
        self._step(offer, "contest", reason="They deny it.")
        self.assertFalse(self.dispute._gate_offers_settled())
        offer.with_user(self.manager).action_decide(False, "Nobody knows.")
        self.assertTrue(self.dispute._gate_offers_settled())

    def test_closed_its_offers_are_over(self):
        offer = self._make_offer()
        draft = self._draft(100)
        self._record(self.dispute, informed_date=self.today)
        self.dispute.action_record_withdrawal(PAPER, "withdrawal.pdf")
        self.dispute.action_close("withdrawn", "They wrote so.")
        self.assertEqual((offer.state, draft.state), ("lapsed", "withdrawn"))
