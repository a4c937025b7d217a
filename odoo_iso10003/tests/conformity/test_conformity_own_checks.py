# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What certificates, documents, reviews and audits say to audit questions."""

import base64
from datetime import timedelta

from odoo import Command

from ...models.conformity.mgmtsystem_review import INPUTS
from .conformity_common import ANY, NOW, CheckCase, days

QUESTIONS = {49, 50, 91, 92, 93, 94, 101, 103, 104, 105, 106, 110}


class TestConformityChecks(CheckCase):
    def test_certificates_wanted_first(self):
        self._assert_unchecked(self._result(110))
        body = self.env["res.partner"].create({"name": "Body"})
        certificates = self.env["iso10003.certificate"].create(
            [
                {
                    "name": "C1",
                    "standard": standard,
                    "company_id": self.shop.id,
                    "body_id": body.id,
                    "scope": "All of it",
                    "valid_from": days(-100),
                    "valid_to": days(100),
                    "file": base64.b64encode(b"scan"),
                }
                for standard in ("iso9001", "iso10001", "iso10002", "iso10004")
            ]
        )
        self.assertEqual(self._result(110).verdict, "yes")
        certificates[2].valid_to = days(-1)
        result = self._result(110)
        self.assertEqual((result.verdict, result.value), ("no", 3.0))
        self.assertEqual(result.failing_ids, tuple(certificates[2].ids))
        # a number without its paper shows nothing
        certificates[2].valid_to = days(100)
        certificates[1].file = False
        result = self._result(110)
        self.assertEqual((result.verdict, result.value), ("no", 3.0))
        self.assertEqual(result.failing_ids, tuple(certificates[1].ids))

    def test_diagnosis(self):
        self._assert_unchecked(self._result(49))
        gap = self._new_assessment()
        self._assert_fails(self._result(49), gap, 1)
        gap.action_freeze()
        self._assert_holds(self._result(49), 1)

    def test_documents(self):
        Starter = self.env["iso10003.starter.document"]
        self._assert_unchecked(self._result(50))
        self._assert_unchecked(self._result(101))
        documents = Starter.search([])
        lead = documents.with_user(self.lead).with_company(self.shop)
        pages = lead._install("en_US").sudo()
        self._assert_fails(self._result(50), documents, 7)
        self._assert_fails(self._result(101), pages.sorted("id"), 7, ANY)
        for page in pages[:-1]:
            change = self.env["document.page.history"].search(
                [("page_id", "=", page.id)]
            )
            change.action_approve()
        self._assert_fails(self._result(50), documents[-1], 7, "partly")
        self._assert_fails(self._result(101), pages[-1], 7, "partly")
        self.env["document.page.history"].search(
            [("page_id", "=", pages[-1].id)]
        ).action_approve()
        self._assert_holds(self._result(50), 7)
        self._assert_holds(self._result(101), 7)
        self._set_columns(pages[0], approved_date=NOW - timedelta(days=1000))
        self._assert_fails(self._result(50), documents[0], 7, "partly")

    def _new_review(self, **vals):
        inputs = dict.fromkeys(INPUTS, "Looked at the figures of the year")
        return self.env["mgmtsystem.review"].create(
            {
                "name": "Review",
                "dispute_review": True,
                "date": NOW - timedelta(days=10),
                "company_id": self.shop.id,
                "user_ids": [Command.set((self.director | self.lead).ids)],
                "conclusion": "<p>We train two more people.</p>",
                **inputs,
                **vals,
            }
        )

    def test_reviews(self):
        for number in (91, 92, 93):
            self._assert_unchecked(self._result(number))
        # a review of another system answers nothing
        other = self._new_review(dispute_review=False)
        other.button_close()
        for number in (91, 92, 93):
            self._assert_unchecked(self._result(number))
        review = self._new_review(
            line_ids=[Command.create({"name": "Output", "company_id": self.shop.id})]
        )
        self._assert_fails(self._result(91), review, 1)
        self._assert_unchecked(self._result(92))
        review.button_close()
        self._assert_holds(self._result(91), 1)
        self._assert_holds(self._result(92), 1)
        self._assert_fails(self._result(93), review.line_ids, 1)
        # top management has to take part, and each input wants words
        for name in (*INPUTS, "conclusion"):
            with self.subTest(name):
                said = review[name]
                self._set_columns(review, **{name: "x"})
                self._assert_fails(self._result(92), review, 1)
                self._set_columns(review, **{name: said})
        self._assert_holds(self._result(92), 1)
        self._set_columns(review, dispute_review=False)
        review = self._new_review(user_ids=[Command.set(self.lead.ids)])
        review.button_close()
        self._assert_fails(self._result(91), review, 1)

    def test_decisions_of_reviews(self):
        review = self._new_review(
            line_ids=[Command.create({"name": "Output", "company_id": self.shop.id})]
        )
        review.button_close()
        action = self.env["mgmtsystem.action"].create(
            {
                "name": "Train",
                "type_action": "improvement",
                "date_deadline": days(3),
                "user_id": self.lead.id,
                "company_id": self.shop.id,
            }
        )
        review.line_ids.action_id = action
        self._assert_holds(self._result(93), 1)
        self._allow_actions_of_nobody()
        for vals in (
            {"date_deadline": days(-1)},
            {"date_deadline": False},
            {"user_id": self.env.ref("base.user_root").id},
            {"user_id": False},
        ):
            with self.subTest(vals):
                former = {
                    "date_deadline": action.date_deadline,
                    "user_id": action.user_id.id,
                }
                action.write(vals)
                self._assert_fails(self._result(93), review.line_ids, 1)
                action.write(former)
        self._assert_holds(self._result(93), 1)
        self.lead.active = False
        self._assert_fails(self._result(93), review.line_ids, 1)

    def test_programme_covers_clauses(self):
        result = self._result(103)
        self._assert_unchecked(result)
        self.assertEqual(result.note, "audit_programme")
        programme = self._start_programme("7.6")
        clauses = self.questions.requirement_ids.clause_id
        missing = clauses - programme.line_ids.clause_id
        result = self._result(103)
        self.assertEqual(result.failing_ids, tuple(missing.ids))
        self.assertEqual(result.population, len(clauses))
        programme.action_end()
        whole = self._new_programme()
        whole.action_fill_clauses()
        whole.with_user(self.director).action_approve()
        whole.action_start()
        self._assert_holds(self._result(103), len(clauses))

    def test_audits_findings_and_nonconformities(self):
        for number in (94, 104, 105, 106):
            self._assert_unchecked(self._result(number))
        self._new_file()
        audit = self._new_audit("7.6")
        audit.programme_id.sudo().audit_ids[1:].unlink()
        self._assert_holds(self._result(104), 1)
        self._assert_unchecked(self._result(105))
        audit.action_prepare_checklist()
        for line in audit.line_ids:
            line.write({"grade": "conform", "reason": "Seen in five files"})
        finding = audit.line_ids[0].sudo()
        finding.write({"grade": "not", "reason": False, "evidence": "No receipt there"})
        self._assert_fails(self._result(106), finding, 1)
        finding.with_user(self.inspector).action_raise_nonconformity()
        self._assert_holds(self._result(106), 1)
        planned = self._plan_action(finding.nonconformity_id)
        audit.with_user(self.inspector).button_close()
        self._assert_fails(self._result(105), audit.sudo(), 1)
        found = finding.nonconformity_id
        self._assert_unchecked(self._result(94))
        self._set_columns(found, state="done")
        self._assert_fails(self._result(94), found, 1)
        found.write({"analysis": "The list was old.", "evaluation_comments": "Works"})
        self._assert_holds(self._result(94), 1)
        found.action_ids = False
        self._assert_fails(self._result(94), found, 1)
        found.action_ids = planned
        self._assert_holds(self._result(94), 1)
        # whoever audited and then gets a file was independent then
        self._new_file(
            user_id=self.inspector.id,
            opened_date=audit.closing_date + timedelta(minutes=5),
        )
        self._assert_holds(self._result(104), 1)
        self._new_file(user_id=self.inspector.id, opened_date=NOW - timedelta(days=9))
        self._assert_fails(self._result(104), audit.sudo(), 1)

    def test_a_closed_audit_with_its_sample(self):
        self._new_file()
        audit = self._new_audit("7.6")
        audit.action_draw_sample()
        audit.sample_ids.result = "conform"
        audit.action_prepare_checklist()
        audit.line_ids.write({"grade": "conform", "reason": "Seen in five files"})
        audit.button_close()
        self._assert_holds(self._result(105), 1)
