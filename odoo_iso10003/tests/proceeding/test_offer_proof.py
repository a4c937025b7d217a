# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What shows an offer of theirs, or their answer to ours: a mail, or a paper later."""

import base64

from odoo.exceptions import AccessError
from odoo.tests import Form

from ..common import PAPER
from .offer_common import SECRET, OfferCase

NOT_PROVEN = "Nothing on file shows that it was made."


class TestOfferProof(OfferCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mail = cls._receive("We take it, with the new drum.")

    @classmethod
    def _receive(cls, text, case=None, author=None, **values):
        """Return a mail as it comes into the discussion of a file."""
        case = case or cls.dispute
        return case.sudo().message_post(
            body=text,
            subject="Re: your offer",
            author_id=(author or cls.customer).id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            email_from="roya@example.com",
            **values,
        )

    def _ask(self, offer, question):
        action = offer.action_ask(question)
        steps = offer.env[action["res_model"]].with_context(**action["context"])
        return Form(steps)

    def test_an_answer_is_shown_by_the_mail_that_says_it(self):
        offer = self._make_offer()
        form = self._ask(offer, "accept")
        self.assertIn(self.mail, form.mail_ids)
        form.mail_id = self.mail
        self.assertEqual(
            (form.channel, form.date), ("email", self.dispute._get_company_day())
        )
        self.assertEqual(form.party_id, self.leads)
        form.save().action_confirm()
        self.assertEqual((offer.state, offer.answered_by_id), ("accepted", self.leads))
        said = base64.b64decode(offer.answer_proof).decode()
        for word in ("with the new drum", "Re: your offer", "roya@example.com"):
            self.assertIn(word, said)
        self.assertEqual(
            offer.answer_sha256, offer._digest_document(offer.answer_proof)
        )
        self.assertNotIn("Nothing on file shows", offer.remarks or "")
        # what becomes of the mail changes nothing
        self.assertEqual(base64.b64decode(offer.answer_proof).decode(), said)

    def test_an_acceptance_by_word_is_confirmed_by_a_mail(self):
        offer = self._make_offer()
        self._step(offer, "accept", channel="phone")
        self.assertEqual(offer.state, "by_word")
        form = self._ask(offer, "confirm")
        form.mail_id = self.mail
        form.save().action_confirm()
        self.assertEqual(offer.state, "accepted")
        self.assertTrue(offer.confirmation_sha256)

    def test_their_offer_is_noted_from_their_mail(self):
        offer = self._note(proof=False, channel="phone", mail_id=self.mail)
        self.assertEqual((offer.channel, offer.mail_id), ("email", self.mail))
        self.assertIn("new drum", base64.b64decode(offer.proof).decode())
        self.assertNotIn(NOT_PROVEN, offer.remarks or "")

    def test_a_mail_of_the_complaint_shows_it_too(self):
        mail = self._receive("As I wrote.", self.dispute.ticket_id)
        self.assertIn(mail, self.dispute._find_their_mails())

    def test_only_their_mails_on_this_file_do(self):
        offer = self._make_offer()
        other = self._open_dispute(self._new_ticket())
        ours = self._receive("Ours", author=self.handler.partner_id)
        theirs = self._receive("Theirs, elsewhere", other)
        note = self.dispute.sudo().message_post(
            body="A note", author_id=self.customer.id
        )
        for mail in (ours, theirs, note):
            with self.subTest(mail.body), self._refused("not one of theirs"):
                self._step(offer, "accept", mail_id=mail)
        # nor one of a file that is not one's own
        other.sudo().write({"user_id": self.stranger.id, "team_id": False})
        noted = self._note(proof=False)
        with self.assertRaises(AccessError), self.cr.savepoint():
            noted.action_show_made(mail_id=theirs.id)
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.offers.create(
                {
                    "dispute_id": self.dispute.id,
                    "side": "complainant",
                    "terms": "They want more.",
                    "channel": "email",
                    "date": self.today,
                    "mail_id": theirs.id,
                }
            )

    def test_what_shows_it_comes_later(self):
        """Until then that it is not proven is said; the row seals what came."""
        offer = self._note(proof=False)
        self.assertIn(NOT_PROVEN, offer.remarks)
        with self._refused("attach what shows it"):
            offer.action_show_made()
        with self.assertRaises(AccessError), self.cr.savepoint():
            offer.with_user(self.stranger).action_show_made(PAPER)
        self._step(offer, "shown", proof=PAPER)
        self.assertNotIn(NOT_PROVEN, offer.remarks or "")
        self.assertEqual(offer.proof_sha256, offer._digest_document(PAPER))
        row = self._rows("offer_deed").sorted("id")[-1]
        self.assertEqual(row.data["deed"], "shown")
        self.assertEqual(row.data["sha256"], offer.proof_sha256)
        self.assertNotIn(SECRET, f"{row.data} {row.summary}")
        self.assertFalse(
            self.env["iso10003.register"]
            .sudo()
            .verify_chain([self.dispute._register_file()])
        )
        with self._refused("on file already"):
            self._step(offer, "shown", proof=PAPER)
        with self._refused("on file already"):
            self._make_offer().action_show_made(PAPER)

    def test_by_their_mail_later(self):
        offer = self._note(proof=False)
        self._step(offer, "shown", mail_id=self.mail)
        self.assertEqual(offer.mail_id, self.mail)
        self.assertTrue(offer.proof_sha256)
