# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""More ways to raise a score without evidence: each is refused, or printed."""

import ast

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tools import mute_logger

from ..common import ADDON
from .conformity_common import NOW, days
from .test_conformity_gaming import GamingCase

WORDS = "Looked at the figures of the year"


class TestQuestionsOfOnesOwn(GamingCase):
    """What a manager may change: the company's own questions and sets."""

    def _own(self, number):
        """Return the company's own question in place of a shipped one."""
        question = self._question(number)
        return question.copy({"company_id": self.shop.id})

    def test_a_question_that_asks_for_nothing_is_refused(self):
        """From 0 % on, each record could fail and the answer was “yes”."""
        own = self._own(82)
        for vals in ({"target": 0, "partly_from": 0}, {"partly_from": 0}):
            with (
                self.subTest(vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                own.write(vals)
                own.flush_recordset()

    def test_one_changed_for_the_answer_and_back_is_printed(self):
        self._new_file(lessons=None)
        own = self._own(82)
        own.write({"target": 1, "partly_from": 1})
        gap = self._new_assessment()
        self._new_file()
        gap.action_freeze()
        self.assertEqual(self._answer_of(gap, "82").verdict, "yes")
        own.write({"target": 100, "partly_from": 80})
        row = self._find_row(self._print(gap), "82")
        self.assertIn("holds from less", row)
        self.assertIn(">1<", row)

    def test_what_is_not_hard_nor_asked_of_the_records_is_printed(self):
        self._own(79).write({"hard": False})
        self._own(82).write({"check": False, "check_model": False})
        self._own(110).write({"prerequisite": False})
        gap = self._new_assessment(profile="registrar")
        gap.action_freeze()
        html = self._print(gap)
        self.assertIn("not hard", self._find_row(html, "79"))
        self.assertIn("not asked of the records", self._find_row(html, "82"))
        self.assertIn("not wanted first", self._find_row(html, "110"))

    def test_questions_that_a_set_drops_are_printed(self):
        own = self.questions.copy({"name": "Easy ones", "company_id": self.shop.id})
        hard = own.requirement_ids.filtered(lambda one: one.code in ("79", "9"))
        hard.unlink()
        own.requirement_ids[0].copy({"code": "200", "company_id": self.shop.id})
        gap = self._new_assessment(set_id=own.id)
        gap.action_freeze()
        html = self._print(gap)
        part = html[html.index("does not ask them") :]
        part = part[: part.index("</table>")]
        self.assertIn(self._question(79).name, part)
        self.assertIn(self._question(9).name, part)
        self.assertEqual(part.count("<tr>"), 2)
        self.assertIn("of the organization", self._find_row(html, "200"))

    def test_the_shipped_set_is_printed_without_remarks(self):
        gap = self._new_assessment()
        gap.action_freeze()
        html = self._print(gap)
        self.assertNotIn("otherwise than they ship", html)
        self.assertNotIn("does not ask them", html)

    def test_a_programme_of_few_questions_covers_no_more(self):
        """103: a set with one clause, audited, was all clauses covered."""
        own = self.questions.copy({"name": "One", "company_id": self.shop.id})
        own.requirement_ids.filtered(lambda one: one.clause_id.number != "7.6").unlink()
        self._start_programme("7.6", set_id=own.id)
        result = self._result(103)
        self.assertGreater(result.population, 40)
        self.assertNotEqual(result.verdict, "yes")

    def _answer_of(self, assessment, code):
        return assessment.line_ids.filtered(
            lambda line: line.requirement_id.code == code
        )

    def _find_row(self, html, code):
        part = html[html.index("otherwise than they ship") :]
        part = part[: part.index("</table>")]
        return part[part.index(f">{code}<") :].partition("</tr>")[0]


class TestDefaults(GamingCase):
    """Defaults of a context answer nothing."""

    def _with_defaults(self, model, user, **defaults):
        context = {f"default_{name}": value for name, value in defaults.items()}
        return {"context": {**context, "allowed_company_ids": self.shop.ids}}, (
            self.env[model].with_user(user).with_company(self.shop)
        )

    def test_an_assessment_begins_unanswered(self):
        kwargs, model = self._with_defaults(
            "iso10003.assessment",
            self.lead,
            verdict="yes",
            reason="Asked two handlers on Monday",
            counts=False,
        )
        number = call_kw(model, "create", ({},), kwargs)
        gap = self.env["iso10003.assessment"].browse(number)
        self.assertEqual(set(gap.line_ids.mapped("verdict")), {"unchecked"})
        self.assertFalse(any(gap.line_ids.mapped("reason")))
        self.assertEqual(gap.coverage, 0)

    def test_a_checklist_begins_ungraded(self):
        audit = self._new_audit("7.6")
        kwargs, model = self._with_defaults(
            "mgmtsystem.audit",
            self.inspector,
            grade="conform",
            evidence="Seen on Monday by all of us",
            reason="Seen on Monday by all of us",
        )
        call_kw(model, "action_prepare_checklist", (audit.ids,), kwargs)
        lines = audit.line_ids.filtered("requirement_id")
        self.assertTrue(lines)
        self.assertEqual(set(lines.mapped("grade")), {"unchecked"})
        self.assertFalse(any(lines.mapped("evidence")))


class TestElsewhere(GamingCase):
    """What falls short does not go away by being of another company, or of none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls.env["res.company"].create({"name": "Branch"})
        (cls.lead | cls.inspector).company_ids += cls.branch

    def test_a_finding_stays_where_it_was_found(self):
        audit = self._new_audit("7.6")
        audit.action_prepare_checklist()
        line = audit.line_ids[:1]
        line.write(
            {"grade": "not", "finding_class": "minor", "evidence": "Seen in a file"}
        )
        before = self._result(106)
        self.assertEqual(before.failing_count, 1)
        for company in (self.branch.id, False):
            for user in (self.inspector, self.lead):
                with self.subTest(company=company, user=user.name):
                    with self.assertRaises(UserError):
                        self._move(user, line, company)
        line.action_raise_nonconformity()
        found = line.nonconformity_id
        with self.assertRaises(ValidationError):
            self._move(self.lead, found, self.branch.id)

    def _move(self, user, record, company):
        """Write a company, as somebody who works in both."""
        both = (self.shop | self.branch).ids
        call_kw(
            self.env[record._name].with_user(user),
            "write",
            (record.ids, {"company_id": company}),
            {"context": {"allowed_company_ids": both}},
        )

    def test_own_questions_are_of_the_audit(self):
        audit = self._new_audit("7.6")
        line = self.env["mgmtsystem.verification.line"].create(
            {"audit_id": audit.id, "name": "Is it dry?", "grade": "not"}
        )
        self.assertEqual(line.company_id, self.shop)


class TestReviews(GamingCase):
    """A closed review of disputes stays as it was held (8.4)."""

    def _new_review(self):
        inputs = {
            name: WORDS
            for name in self.env["mgmtsystem.review"]._fields
            if name.startswith("input_")
        }
        return self.env["mgmtsystem.review"].create(
            {
                "name": "Review",
                "dispute_review": True,
                "date": NOW,
                "company_id": self.shop.id,
                "conclusion": "<p>We train two more people.</p>",
                "user_ids": [Command.set(self.director.ids)],
                "line_ids": [
                    Command.create({"name": "Train", "company_id": self.shop.id})
                ],
                **{**inputs, "input_risks": "x"},
            }
        )

    def test_it_does_not_change_any_more(self):
        review = self._new_review()
        review.name = "Review of the year"
        review.button_close()
        decision = review.line_ids
        self.assertEqual(self._result(92).failing_ids, tuple(review.ids))
        self.assertEqual(self._result(93).failing_ids, tuple(decision.ids))
        for attempt in (
            lambda: review.write({"dispute_review": False}),
            lambda: review.write({"input_risks": WORDS}),
            lambda: review.write({"date": days(-1)}),
            lambda: review.write({"state": "open"}),
            lambda: review.write({"company_id": self.company.id}),
            lambda: review.write({"user_ids": [Command.clear()]}),
            lambda: review.write({"line_ids": [Command.clear()]}),
            lambda: decision.write({"name": "Nothing"}),
            lambda: self.env["mgmtsystem.review.line"].create(
                {"name": "Done", "review_id": review.id}
            ),
            decision.unlink,
            review.unlink,
        ):
            with self.assertRaises(UserError) as caught:
                attempt()
            self.assertIn("is closed", str(caught.exception))
        # what follows from it does
        action = self.env["mgmtsystem.action"].create(
            {
                "name": "Train",
                "type_action": "improvement",
                "date_deadline": days(3),
                "user_id": self.lead.id,
                "company_id": self.shop.id,
            }
        )
        decision.action_id = action
        review.message_post(body="We go on")
        self.assertEqual(self._result(93).verdict, "yes")

    def test_top_management_reads_what_it_reviewed(self):
        review = self._new_review()
        own = review.with_user(self.director).with_company(self.shop)
        self.assertEqual(own.input_changes, WORDS)
        self.assertEqual(own.line_ids.name, "Train")
        menus = self.env["ir.ui.menu"].with_user(self.director)._visible_menu_ids()
        self.assertIn(self.env.ref(f"{ADDON}.menu_review").id, menus)
        action = self.env.ref(f"{ADDON}.management_review_action")
        found = own.search(ast.literal_eval(action.domain))
        self.assertEqual(found, own)
        with self.assertRaises(AccessError):
            own.input_changes = "Nothing changed"

    def test_reviews_of_others_go_on_as_they_did(self):
        review = self._new_review()
        review.dispute_review = False
        review.button_close()
        review.write({"name": "Other", "state": "open"})
        review.line_ids.unlink()
        review.unlink()
