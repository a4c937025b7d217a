# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io
from unittest.mock import patch

from pypdf import PdfReader

from odoo.exceptions import UserError
from odoo.fields import Command

from ...report.proceeding import exhibited
from ..legal.legal_common import DossierPrints, LegalCase
from ..wall import walls

SECRET = "Zarafshan"


class TestMarked(DossierPrints, LegalCase):
    """What is without prejudice reaches nobody who decides, on no way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.object(exhibited, "EXHIBIT_SECONDS", 60))
        cls.first = cls._draft_referral()
        cls.body = cls._new_user("ombudsman", "base.group_portal")
        cls.judge = cls._new_user("judge", "base.group_portal")
        cls.dispute.sudo().provider_id = cls.body.partner_id
        cls.court.sudo().partner_id = cls.judge.partner_id
        cls.marked = cls._put_on_file(cls.dispute, cls.handler)
        cls.privy = cls._put_on_file(cls.first, cls.counsel, audience="privileged")
        cls.shown = {
            cls.dispute: cls._put_on_file(
                cls.dispute, cls.handler, name="Invoice", without_prejudice=False
            ),
            cls.first: cls._put_on_file(
                cls.first, cls.counsel, name="Plea", without_prejudice=False
            ),
        }

    @classmethod
    def _put_on_file(cls, case, user, name=f"Offer of {SECRET}", **values):
        return (
            cls.env["iso10003.document"]
            .with_user(user)
            .create(
                {
                    "file_id": case.sudo().file_ids.id,
                    "name": name,
                    "content": base64.b64encode(name.encode()),
                    "file_name": f"{name}.txt",
                    "audience": "parties",
                    "without_prejudice": True,
                    **values,
                }
            )
        )

    def _bundle(self, case, user, document, **values):
        return (
            self.env["iso10003.bundle"]
            .with_user(user)
            .create(
                {
                    "file_id": case.sudo().file_ids.id,
                    "name": "Papers",
                    "partner_id": self.body.partner_id.id,
                    "line_ids": [Command.create({"document_id": document.id})],
                    **values,
                }
            )
        )

    def test_who_decides_finds_and_opens_it_on_no_way(self):
        disclosure = (
            self.env["iso10003.disclosure"]
            .with_user(self.handler)
            .create({"document_id": self.marked.id, "partner_id": self.customer.id})
        )
        outside = [self.body, self.judge]
        self.env.flush_all()
        for record in (self.marked, self.privy, disclosure):
            leaks = list(walls.walk_record(record.sudo(), outside, [SECRET]))
            leaks += walls.walk_actions(record.sudo(), outside, [SECRET])
            self.assertFalse(leaks)

    def test_it_is_in_no_bundle(self):
        for case, user, marked in (
            (self.dispute, self.handler, self.marked),
            (self.first, self.counsel, self.privy),
        ):
            for reader in ("body", "court", "complainant"):
                with self.subTest(case=case.name, reader=reader):
                    with self.assertRaises(UserError):
                        self._bundle(case, user, marked, reader=reader).action_issue()
            bundle = self._bundle(case, user, self.shown[case])
            bundle.action_issue()
            pages = PdfReader(io.BytesIO(base64.b64decode(bundle.content))).pages
            text = " ".join(page.extract_text() for page in pages)
            self.assertIn(self.shown[case].name, text)
            for word in (SECRET, marked.sha256[:12]):
                self.assertNotIn(word, text.replace("\n", ""))

    def test_counsel_hands_over_papers_of_the_dispute_in_a_bundle_for_the_court(self):
        paper = self.shown[self.dispute]
        bundle = self._bundle(self.first, self.counsel, paper, reader="court")
        bundle.action_issue()
        bundle.action_hand_over()
        self.assertEqual(paper.disclosure_ids.bundle_id, bundle)
        self.assertEqual(paper.disclosure_ids.create_uid, self.counsel)

    def test_it_is_in_no_dossier(self):
        text = self._text(self.counsel)
        self.assertIn("Plea", text)
        for word in (SECRET, self.privy.sha256[:12], self.marked.sha256[:12]):
            self.assertNotIn(word, text)

    def test_it_is_in_no_letter(self):
        letters = self.env["iso10003.letter"].with_user(self.handler)
        for kind, _label in letters._fields["kind"].selection:
            letter = letters.create({"file_id": self.dispute.file_ids.id, "kind": kind})
            self.assertNotIn(SECRET, f"{letter.subject} {letter.body}", kind)

    def test_no_letter_with_the_mark_goes_to_who_decides(self):
        """Of whatever kind, and in whatever file: both sides get it, nobody else."""
        for case, user, decider in (
            (self.dispute, self.handler, self.body),
            (self.first, self.counsel, self.judge),
        ):
            decider.partner_id.email = "decider@example.com"
            for channel in ("mail", "post", "elsewhere"):
                letter = (
                    self.env["iso10003.letter"]
                    .with_user(user)
                    .create(
                        {
                            "file_id": case.sudo().file_ids.id,
                            "without_prejudice": True,
                            "partner_ids": decider.partner_id.ids,
                            "subject": "Between us",
                            "body": "<p>We might pay half.</p>",
                            "channel": channel,
                            "reason": "On paper",
                        }
                    )
                )
                with (
                    self.subTest(case=case.name, channel=channel),
                    self.assertRaisesRegex(UserError, "on neither side"),
                    self.cr.savepoint(),
                ):
                    letter.action_send()
                if case == self.dispute:
                    letter.partner_ids = self.customer
                    letter.action_send()
                    self.assertEqual(letter.state, "sent")

    def test_no_row_of_the_register_names_it(self):
        for case in (self.dispute, self.first):
            rows = case.register_ids.filtered(lambda row: row.event == "document")
            self.assertTrue(rows)
            for row in rows:
                self.assertNotIn(SECRET, f"{row.data} {row.summary} {row.note}")
