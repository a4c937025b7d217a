# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import hashlib

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .legal_common import DossierPrints, LegalCase


class TestDossier(DossierPrints, LegalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("en_US", "fa_IR"):
            cls.env["res.lang"]._activate_lang(lang)
        cls.first = cls._lead_referral(cls._draft_referral(), "pending")
        env = cls.first.env
        rid = {"referral_id": cls.first.id}
        cls.hearing = cls._plan_hearing(cls.first, orders="File the invoice")
        cls.review = (
            env["iso10003.referral.review"]
            .with_user(cls.chief)
            .create({**rid, "reasons": "The expert speaks for us."})
        )
        env["iso10003.cost"].create({**rid, "name": "Stamp duty", "amount": 77.5})
        env["iso10003.referral.provision"].create(
            {**rid, "best": 1, "likely": 2345, "worst": 3456, "note": "Bad odds"}
        )
        cls.papers = {
            name: cls._put_on_file(name)
            for name in ("public", "parties", "internal", "privileged")
        }
        cls.secret = cls._put_on_file("parties", "An offer", without_prejudice=True)
        cls._decide(cls.first, decision="<p>They are bound by the contract.</p>")
        cls._step(cls.first, "appeal", appeal_decision="use", reason="The court erred.")
        cls.appeal = cls.first.child_ids

    @classmethod
    def _put_on_file(cls, audience, name=None, **values):
        name = name or f"A paper of class {audience}"
        return cls.first.env["iso10003.document"].create(
            {
                "file_id": cls.first.file_ids.id,
                "name": name,
                "audience": audience,
                "content": base64.b64encode((name if values else audience).encode()),
                "file_name": f"{audience}.txt",
                **values,
            }
        )

    def _head(self, referral):
        return self.env["iso10003.register.head"].search(
            [("file", "=", referral._register_file())]
        )

    def test_it_has_index_timeline_reviews_costs_and_the_registers_head(self):
        for user in (self.counsel, self.manager, self.auditor):
            with self.subTest(user.login):
                _reader, text = self._print(user)
                for words in (
                    "Legal follow-up record",
                    "Index",
                    self.first.name,
                    self.appeal.name,
                    self.dispute.name,
                    "F-1402-77",
                    "D-9/88",
                    "Civil court",
                    "Court of appeal",
                    "The expert speaks for us.",
                    "Stamp duty",
                    "77.50",
                    "File the invoice",
                    "The court erred.",
                    "Pay the price back",
                    self._head(self.first).hash,
                    self._head(self.appeal).hash,
                    "The register of this file is whole.",
                ):
                    self.assertIn(words, text)

    def test_it_tells_what_was_decided_said_and_done_before(self):
        """The decision with its amount, hearings with who came, 7.2 to 7.5 (S2-12)."""
        self.hearing.with_user(self.counsel).write(
            {
                "summary": "<p>Their witness was heard.</p>",
                "participant_ids": [
                    Command.create(
                        {
                            "partner_id": self.counsel.partner_id.id,
                            "role": "counsel",
                            "attended": "yes",
                        }
                    )
                ],
            }
        )
        for marked in (False, True):
            letter = (
                self.env["iso10003.letter"]
                .with_user(self.handler)
                .create(
                    {
                        "file_id": self.dispute.file_ids.id,
                        "kind": "other",
                        "channel": "post",
                        "subject": "An offer" if marked else "Our answer",
                        "body": "<p>Dear Roya</p>",
                        "without_prejudice": marked,
                    }
                )
            )
            letter.action_send()
        text = self._text(self.counsel)
        for words in (
            "Awarded",
            "3,000",
            "They are bound by the contract.",
            "Their witness was heard.",
            f"{self.counsel.partner_id.name} (Our counsel",
            "Came",
            "Before the referral",
            "Our answer",
        ):
            self.assertIn(words, text)
        self.assertNotIn("An offer", text)

    def test_bundles_issued_are_listed(self):
        paper = self.papers["public"]
        bundle = self.first.env["iso10003.bundle"].create(
            {
                "file_id": self.first.file_ids.id,
                "name": "For the court",
                "reader": "court",
                "partner_id": self.customer.id,
                "line_ids": [Command.create({"document_id": paper.id})],
            }
        )
        self.assertNotIn("For the court", self._text(self.counsel))
        bundle.action_issue()
        text = self._text(self.counsel)
        self.assertIn("For the court", text)
        self.assertIn(bundle.sha256, text)

    def test_a_restricted_paper_is_named_and_not_appended(self):
        self.first.env["iso10003.restriction"].create(
            {
                "file_id": self.first.file_ids.id,
                "name": "Trade secrets",
                "document_ids": [Command.set(self.papers["public"].ids)],
            }
        )
        text = self._text(self.counsel)
        self.assertIn(self.papers["public"].name, text)
        self.assertIn("an order or a term forbids it", text)

    def test_an_instance_prints_the_whole_matter(self):
        self.assertIn(self.first.name, self._text(self.counsel, self.appeal))
        both = self.first | self.appeal
        self.assertEqual(self._text(self.counsel, both).count("Index"), 1)

    def test_what_was_amended_is_inside_once_somebody_else_approved(self):
        amendment = self.first.env["iso10003.referral.amendment"].create(
            {
                "referral_id": self.first.id,
                "why": "The contract was read again.",
                "legal_basis": "Article 99 of the contract",
            }
        )
        self.assertNotIn(amendment.why, self._text(self.counsel))
        with self.assertRaisesRegex(UserError, "somebody else approves"):
            amendment.action_approve()
        [task] = self.first.activity_ids.filtered(
            lambda task: "amendment" in (task.summary or "")
        )
        approver = task.user_id
        amendment.with_user(approver).action_approve()
        text = self._text(self.counsel)
        for words in (
            "Article 10 of the contract → Article 99 of the contract",
            amendment.why,
            approver.name,
        ):
            self.assertIn(words, text)

    def test_what_is_without_prejudice_is_never_inside(self):
        text = self._text(self.counsel)
        for paper in self.papers.values():
            self.assertIn(paper.name, text)
            self.assertIn(paper.sha256, text)
        for trace in (self.secret.name, self.secret.sha256, self.secret.sha256[:12]):
            self.assertNotIn(trace, text)
        # nor after it was found to be so
        self.papers["parties"].without_prejudice = True
        text = self._text(self.counsel)
        self.assertNotIn(self.papers["parties"].sha256[:12], text)
        self.assertNotIn(self.papers["parties"].name, text)

    def test_how_we_weigh_our_chances_is_not_inside(self):
        text = self._text(self.counsel)
        for words in ("2,345", "2345", "Bad odds"):
            self.assertNotIn(words, text)

    def test_the_dossier_in_persian(self):
        reader, text = self._print(self.counsel, "fa_IR")
        self.assertEqual(reader.trailer["/Root"]["/Lang"], "fa-IR")
        self.assertIn(self._head(self.first).hash, text)
        self.assertNotIn("Legal follow-up", text)
        self.assertNotIn("Timeline", text)

    def test_handlers_do_not_print_it(self):
        for user in (self.handler, self.employee):
            with self.assertRaises(AccessError):
                self._html(user)

    def test_papers_are_sealed_and_stay(self):
        paper = self.papers["public"]
        self.assertEqual(paper.sha256, hashlib.sha256(b"public").hexdigest())
        with self.assertRaises(UserError):
            paper.content = base64.b64encode(b"another")
        with self.assertRaises(UserError):
            paper.sudo().unlink()
        rows = self.first.register_ids.filtered(lambda row: row.event == "document")
        self.assertEqual(len(rows), 5)
