# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Files in which much is said by word, or nobody answers, from position to the end."""

from odoo.exceptions import UserError

from ..common import PAPER
from .test_files_to_the_end import ResolvedCase


class OffersCase(ResolvedCase):
    def _offer(self, amount, **values):
        """Make an offer of ours by its letter, as the dialog does."""
        action = self.dispute.action_make_offer()
        offers = self.dispute.env["iso10003.offer"].with_context(**action["context"])
        offer = offers.create({"terms": "We pay.", "amount": amount, **values})
        self._send(offer.action_make())
        return offer

    def _find_leading(self):
        return self.dispute._find_claiming().filtered("leads")

    def _accept(self, offer, **values):
        return offer.action_accept(
            **{"channel": "phone", "party_id": self._find_leading().id, **values}
        )

    def _find_unmet(self):
        self.dispute.invalidate_recordset(["gate_checklist"])
        gates = self.dispute.gate_checklist
        return {gate["code"] for gate in gates if not gate["met"]}


class TestFilesWithOffers(OffersCase):
    def test_9_accepted_by_phone_then_denied(self):
        """File 9: nothing is owed by a word that is denied; somebody else decides."""
        self._answer_body()
        talks = self._go_before("mediation")
        offer = self._offer(500)
        self.assertEqual(offer.proceeding_id, talks)
        self._accept(offer)
        days = self.dispute.policy_id.confirmation_days
        self.assertEqual(
            (offer.state, offer.confirm_until), ("by_word", self._ahead(days))
        )
        self.assertFalse(self.dispute.obligation_ids)
        self.assertIn("offers_settled", self._find_unmet())
        letter = self._open(self.dispute.action_write_letter("offer_confirmation"))
        letter.save().action_send()
        offer.action_contest("She says that she only asked for time.")
        self.assertEqual(offer.state, "contested")
        with self.assertRaisesRegex(UserError, "not who leads"), self.cr.savepoint():
            offer.action_decide(True, "We heard it.")
        offer.with_user(self.manager).action_decide(False, "Nothing shows it.")
        self.assertEqual(offer.state, "rejected")
        self.assertFalse(self.dispute.result_ids)
        # they want more, we meet them, and that they accept in writing
        noted = self.dispute.action_note_offer()
        offers = self.dispute.env["iso10003.offer"].with_context(**noted["context"])
        theirs = offers.create(
            {"terms": "All of it.", "amount": 1400, "channel": "email", "proof": PAPER}
        )
        last = self._offer(700)
        self.assertEqual((last.former_id, theirs.state), (theirs, "countered"))
        self._accept(last, channel="email", proof=PAPER, proof_name="mail.pdf")
        self.assertEqual((last.state, talks.state), ("accepted", "ended"))
        self.assertNotIn("offers_settled", self._find_unmet())
        self._pay(last.result_id)
        self._close(in_favour="both")

    def test_9_or_it_holds(self):
        """File 9: the approver finds that it was accepted, and then it is owed."""
        self._answer_body()
        self._go_before("mediation")
        offer = self._offer(500)
        self._accept(offer)
        offer.action_contest("She denies it.")
        offer.with_user(self.manager).action_decide(True, "Two colleagues heard it.")
        self.assertEqual(offer.state, "accepted")
        if not offer.result_id:  # who leads the file records it
            offer.action_settle()
        self._pay(offer.result_id)
        self._close(in_favour="both")

    def test_18_settled_and_then_nobody_is_there(self):
        """File 18: attempts, and the money where the complainant finds it."""
        self._answer_body(300)
        result = self._resolve(kind="settlement", lines=[self._say("granted", 300)])
        owed = result.obligation_ids
        owed.day = self.today
        self._perform(owed, means="deposit", reference="Court fund, no. 12")
        dispute = self.dispute
        dispute.action_advance("It was told by the body.")
        self.assertIn("duties_confirmed", self._find_unmet())
        self._try_to_reach(3)
        self.assertNotIn("duties_confirmed", self._find_unmet())
        self.assertEqual(owed.state, "performed")
        self._close("Nobody answers; the letter says where the money is.")

    def _try_to_reach(self, times):
        leads = self._find_leading()
        attempts = self.dispute.env["iso10003.attempt"]
        for channel in ("phone", "email", "post")[:times]:
            attempts.create(
                {"party_id": leads.id, "channel": channel, "result": "no_answer"}
            )

    def test_18_not_reached_ends_the_file(self):
        """File 18: three attempts and a last letter with a way back, from 7.5."""
        self._answer_body(300)
        dispute = self.dispute
        self._try_to_reach(2)
        with self.assertRaises(UserError), self.cr.savepoint():
            dispute.action_close("not_reached", "Nobody answers.")
        leads = self._find_leading()
        dispute.env["iso10003.attempt"].create(
            {"party_id": leads.id, "channel": "person", "result": "no_answer"}
        )
        letter = self._open(dispute.action_write_letter("last_letter"))
        letter.body = "<p>We end the file. Write to us, and it goes on.</p>"
        letter.save().action_send()
        one = dispute.proceeding_ids.filtered(lambda one: one.state != "ended")
        if one:
            one.action_end("discontinued", "Silence.", ground="not_reached")
        if dispute.state != "closed":
            dispute.action_close("not_reached", "Nobody answers.")
        self.assertEqual((dispute.state, dispute.outcome), ("closed", "not_reached"))
        self.assertEqual(dispute.in_favour, "nobody")
        self.assertFalse(
            self.env["iso10003.register"]
            .sudo()
            .verify_chain([f"{dispute._name},{dispute.id}"])
        )
