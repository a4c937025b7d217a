# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import hashlib

from odoo.exceptions import AccessError, UserError

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
        env["iso10003.referral.cost"].create(
            {**rid, "name": "Stamp duty", "amount": 77.5}
        )
        env["iso10003.referral.provision"].create(
            {**rid, "best": 1, "likely": 2345, "worst": 3456, "note": "Bad odds"}
        )
        cls.papers = {
            name: cls._put_on_file(name)
            for name in ("public", "parties", "internal", "privileged")
        }
        cls.secret = cls._put_on_file("without_prejudice")
        cls._decide(cls.first)
        cls._step(cls.first, "appeal", appeal_decision="use", reason="The court erred.")
        cls.appeal = cls.first.child_ids

    @classmethod
    def _put_on_file(cls, confidentiality):
        return cls.first.env["iso10003.referral.document"].create(
            {
                "referral_id": cls.first.id,
                "name": f"A paper of class {confidentiality}",
                "confidentiality": confidentiality,
                "content": base64.b64encode(confidentiality.encode()),
                "file_name": f"{confidentiality}.txt",
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
        self.papers["parties"].confidentiality = "without_prejudice"
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
