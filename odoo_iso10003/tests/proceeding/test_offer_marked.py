# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is offered reaches nobody who decides, on no way."""

import base64
import io
from unittest.mock import patch

from pypdf import PdfReader

from odoo.fields import Command

from ...models.participation.letter import OF_DISPUTES
from ...report.proceeding import exhibited
from ..common import ADDON, PAPER
from ..wall import walls
from .offer_common import SECRET, OfferCase


class TestOfferMarked(OfferCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.object(exhibited, "EXHIBIT_SECONDS", 60))
        cls.body = cls._new_user("ombudsman", "base.group_portal")
        cls.body.partner_id.email = "board@example.com"
        cls.dispute.sudo().provider_id = cls.body.partner_id
        cls.offer = cls._make_offer()

    def test_who_decides_finds_and_opens_it_on_no_way(self):
        self.env.flush_all()
        outside = [self.body, self.portal]  # the portal shows no offer yet
        for record in (self.offer, self.offer.letter_id):
            leaks = list(walls.walk_record(record.sudo(), [self.body], [SECRET]))
            leaks += walls.walk_actions(record.sudo(), [self.body], [SECRET])
            self.assertFalse(leaks)
        leaks = list(walls.walk_record(self.offer.sudo(), outside, [SECRET]))
        self.assertFalse(leaks)

    def test_no_other_letter_tells_it(self):
        self._note(former_id=self.offers)
        letters = self.env["iso10003.letter"].with_user(self.handler)
        for kind, _label in letters._fields["kind"].selection:
            letter = letters.create({"file_id": self.dispute.file_ids.id, "kind": kind})
            told = SECRET in f"{letter.subject} {letter.body}"
            self.assertEqual(told, kind == "offer", kind)

    def test_its_letter_bears_the_mark_and_goes_to_the_parties_alone(self):
        action = self._draft(100).action_make()
        letters = self.env["iso10003.letter"].with_user(self.handler)
        letters = letters.with_context(**action["context"])
        letter = letters.create({"without_prejudice": False})
        with self._refused("bears the mark"):
            letter.action_send()
        letter.without_prejudice = True
        letter.partner_ids |= self.body.partner_id
        with self._refused("never to who decides"):
            letter.action_send()
        letter.partner_ids = self.customer
        letter.action_send()

    def test_on_a_proceedings_own_file_nothing_is_offered(self):
        """What is told of a deed is told on the file that keeps the deed."""
        proceeding = self._propose(self.dispute)
        letters = self.env["iso10003.letter"].with_user(self.handler)
        for kind in OF_DISPUTES:
            letter = letters.create(
                {
                    "file_id": proceeding.file_ids.id,
                    "kind": kind,
                    "subject": "An offer",
                    "body": f"<p>We pay towards the {SECRET} drum.</p>",
                    "partner_ids": self.customer.ids,
                    "channel": "post",
                }
            )
            with self._refused("Write it on the file of the dispute"):
                letter.action_send()
            self.assertEqual(letter.state, "draft")

    def test_without_an_offer_there_is_no_such_letter(self):
        self._step(self.offer, "withdraw", reason="The price was wrong.")
        action = self.dispute.action_write_letter("offer")
        letters = self.env["iso10003.letter"].with_user(self.handler)
        letter = letters.with_context(**action["context"]).create(
            {"subject": "An offer", "body": "<p>We pay.</p>"}
        )
        with self._refused("no offer that this letter tells"):
            letter.action_send()

    def test_no_bundle_can_hold_it(self):
        """A bundle is made of documents, and an offer is none."""
        self._step(self.offer, "accept", channel="phone", proof=PAPER)
        bundle = (
            self.env["iso10003.bundle"]
            .with_user(self.handler)
            .create(
                {
                    "file_id": self.dispute.file_ids.id,
                    "name": "Papers",
                    "reader": "body",
                    "partner_id": self.body.partner_id.id,
                    "line_ids": [
                        Command.create({"document_id": self._put_on_file().id})
                    ],
                }
            )
        )
        bundle.action_issue()
        pages = PdfReader(io.BytesIO(base64.b64decode(bundle.content))).pages
        text = " ".join(page.extract_text() for page in pages)
        self.assertIn("Invoice", text)
        self.assertNotIn(SECRET, text)

    def test_what_came_in_answer_to_it_is_marked_when_it_is_taken_over(self):
        """An attachment of a mail about an offer reaches no bundle by itself."""
        noted = self._receive("Their own offer")
        self._note(proof=False, mail_id=noted, former_id=self.offers)
        mails = {
            "Re: " + self.offer.letter_id.subject.upper(): True,
            "The invoice": False,
            False: False,
        }
        for subject in mails:
            self._receive(subject)
        action = self.dispute.action_take_over_papers()
        dialogs = self.dispute.env[action["res_model"]]
        dialogs.with_context(**action["context"]).create({}).action_confirm()
        found = {one.name: one.without_prejudice for one in self.dispute.document_ids}
        self.assertEqual(
            found,
            {
                **{f"{subject}.txt": marked for subject, marked in mails.items()},
                "Their own offer.txt": True,
            },
        )
        bundles = self.env["iso10003.bundle"].with_user(self.handler)
        shown = bundles._find_showable(self.dispute.sudo().file_ids)
        self.assertEqual(set(shown.mapped("name")), {"The invoice.txt", "False.txt"})

    def _receive(self, subject):
        """Let a mail of the complainant come, with a paper."""
        return self.dispute.sudo().message_post(
            body="See the paper.",
            subject=subject,
            author_id=self.customer.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            attachments=[(f"{subject}.txt", f"Paper of {subject}".encode())],
        )

    def _put_on_file(self):
        return (
            self.env["iso10003.document"]
            .with_user(self.handler)
            .create(
                {
                    "file_id": self.dispute.file_ids.id,
                    "name": "Invoice",
                    "content": PAPER,
                    "file_name": "invoice.pdf",
                    "audience": "parties",
                }
            )
        )

    def test_the_register_has_digests_alone(self):
        self._note(former_id=self.offers)
        self._step(self.offer, "withdraw", reason="The price was wrong.")
        rows = self.dispute.sudo().register_ids
        told = rows.filtered(lambda row: row.event in ("offer", "offer_deed"))
        self.assertGreaterEqual(len(told), 5)
        for row in told:
            said = f"{row.data} {row.summary}"
            for word in (SECRET, "300.00", "450.00"):
                self.assertNotIn(word, said)
            self.assertTrue(row.summary)

    def test_the_story_tells_it_inside_alone(self):
        for for_parties in (False, True):
            story = self.dispute._list_story(for_parties=for_parties)
            kinds = {told["kind"] for told in story}
            self.assertEqual("iso10003.offer" in kinds, not for_parties)
            letters = {told["record"] for told in story}
            self.assertEqual(self.offer.letter_id in letters, not for_parties)

    def test_the_printed_file_of_the_organization_has_it(self):
        report = self.env["ir.actions.report"].with_user(self.handler)
        for name, inside in (("dispute_file", True), ("parties_file", False)):
            html, _kind = report._render_qweb_html(f"{ADDON}.{name}", self.dispute.ids)
            self.assertEqual(SECRET in html.decode(), inside, name)
