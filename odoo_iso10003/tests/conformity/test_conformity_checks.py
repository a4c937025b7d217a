# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Automatic checks: where one holds, where exactly it fails, and without data.

The checks are tested with the room whose records they read; here, that none is missing.
"""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..competence import test_competence_checks
from ..correspondence import test_letter_checks
from ..deadline import test_deadline_checks
from ..dispute import test_dispute_checks
from ..improvement import test_improved_checks
from ..legal import test_legal_checks
from ..participation import test_consent_checks, test_declared_checks
from ..policy import test_policy_checks
from ..proceeding import (
    test_obligation_checks,
    test_offer_checks,
    test_proceeding_checks,
    test_proceeding_rules,
    test_result_checks,
)
from ..provider import test_provider_checks
from . import test_conformity_own_checks
from .conformity_common import TODAY, CheckCase

ROOMS = (
    test_competence_checks,
    test_consent_checks,
    test_declared_checks,
    test_conformity_own_checks,
    test_deadline_checks,
    test_dispute_checks,
    test_improved_checks,
    test_legal_checks,
    test_obligation_checks,
    test_offer_checks,
    test_letter_checks,
    test_policy_checks,
    test_proceeding_checks,
    test_proceeding_rules,
    test_provider_checks,
    test_result_checks,
)


class TestQuestions(CheckCase):
    def test_there_are_112_each_once(self):
        codes = self.questions.requirement_ids.mapped("code")
        self.assertEqual(sorted(map(int, codes)), list(range(1, 113)))

    def test_hard_questions(self):
        hard = self.questions.requirement_ids.filtered("hard").mapped("code")
        self.assertEqual(sorted(map(int, hard)), [9, 18, 29, 77, 79, 99, 104])

    def test_each_check_has_its_question_and_each_question_its_check(self):
        asked = {
            (question.check_model, question.check)
            for question in self.questions.requirement_ids
            if question.check
        }
        for model, check in asked:
            self.assertTrue(hasattr(self.env[model], f"_audit_{check}"), (model, check))
        there = {
            (name, method.removeprefix("_audit_"))
            for name, model in self.env.registry.items()
            if not model._abstract  # a mixin has the checks of who inherits it
            for method in dir(model)
            if method.startswith("_audit_") and self._is_ours(getattr(model, method))
        }
        self.assertEqual(there, asked)

    def _is_ours(self, method):
        code = getattr(method, "__code__", None)
        return code and "odoo_iso10003" in code.co_filename

    def test_a_check_takes_the_company_and_says_which_question_it_answers(self):
        for question in self.questions.requirement_ids.filtered("check"):
            model = self.env.registry[question.check_model]
            method = getattr(model, f"_audit_{question.check}")
            code = method.__code__
            names = code.co_varnames[: code.co_argcount]
            with self.subTest(question.check):
                self.assertEqual(names, ("self", "company"))
                self.assertTrue((method.__doc__ or "")[:1].isdigit())

    def test_a_guard_of_a_model_is_no_check(self):
        """What refuses a write is not called with all rights for a question."""
        for model, guard in (
            ("iso10003.referral", "not_ended"),
            ("iso10003.dispute", "expected_state"),
        ):
            self.assertTrue(hasattr(self.env[model], f"_check_{guard}"))
            with self.subTest(guard), self.assertRaisesRegex(ValidationError, guard):
                self._question(2).write({"check_model": model, "check": guard})

    def test_every_automatic_question_is_tested(self):
        automatic = {
            int(question.code)
            for question in self.questions.requirement_ids
            if question.check
        }
        self.assertEqual(automatic, set().union(*(room.QUESTIONS for room in ROOMS)))

    def test_what_is_not_recorded_yet_says_so(self):
        assessment = self._new_assessment()
        assessment.action_check()
        line = self._answer(assessment, 48)
        self.assertEqual((line.verdict, line.way), ("unchecked", "awaited"))
        self.assertIn("No records of this are kept yet", line.found)

    def test_a_check_that_does_not_exist_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "no check “of_nothing”"):
            self._question(2).check = "of_nothing"
        with self.assertRaisesRegex(ValidationError, "Question 2"):
            self._question(2).check_model = "no.model"


@tagged("-at_install", "post_install")
class TestWithoutPolicy(CheckCase):
    def test_a_company_without_policy_is_assessed_all_the_same(self):
        self._set_columns(self.policy, state="superseded", valid_to=TODAY)
        assessment = self._new_assessment()
        assessment.action_check()
        line = self._answer(assessment, 39)
        self.assertEqual(line.verdict, "unchecked")
        self.assertEqual(line.found, "No dispute policy is in force.")
        self.env["res.lang"]._activate_lang("fa_IR")
        self.assertRegex(line.with_context(lang="fa_IR").found, "خط‌مشی")

    def test_the_error_of_a_check_is_told_to_each_reader(self):
        line = self.env["iso10003.assessment.line"].new({"check_note": "failed: x"})
        self.assertEqual(line._describe_found(), "The check failed: x")
