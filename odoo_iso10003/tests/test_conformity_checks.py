# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Each automatic check: where it holds, where exactly it fails, and without data."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.conformity import requirement_checks
from .conformity_common import TODAY, ConformityCase, days

OPEN = {
    "state": "evaluation",
    "outcome": None,
    "outcome_date": None,
    "closed_date": None,
    "closed_from": None,
}
OPEN_REFERRAL = {"state": "pending", "ended_from": None}
NOW = fields.Datetime.now()

# number of the question: columns of a file it is about, and what breaks it
FILES = {
    2: ({"scope_decision": "out_of_scope"}, {"scope_reason": None}),
    3: ({}, {"scope_reason": None}),
    21: ({}, {"complaint_handler_id": "evaluator"}),
    59: ({}, {"opened_date": NOW - timedelta(days=400)}),
    60: ({}, {"deadlock": None}),
    61: ({}, {"final_answer_date": days(-60)}),
    62: ({"outcome": "not_pursued"}, {"recourse_date": None}),
    63: ({"direct_notice": True}, {"notice_date": days(-9)}),
    64: ({}, {"acknowledged_date": days(-2)}),
    66: ({}, {"findings": None}),
    68: ({}, {"response_date": None}),
    75: ({"outcome": "recommendation_accepted"}, {"informed_date": None}),
    79: ({}, {"implemented_date": None}),
    82: ({}, {"lessons": None}),
    83: ({"outcome": "withdrawn"}, {"informed_date": None}),
    88: ({}, {"category_id": None}),
    89: ({"outcome": "decision_partly"}, {"lessons": None}),
    108: ({}, {"recourse_date": None}),
    111: ({}, {"response_date": None}),
}
# what makes a file fall out of what the question is about
ELSEWHERE = {
    2: {},
    3: {"closed_from": "referral", "outcome": "withdrawn"},
    21: {"evaluator_id": None},
    59: {"closed_date": NOW - timedelta(days=500)},
    60: {"closed_from": "referral", "outcome": "withdrawn"},
    61: {"final_answer_date": None},
    62: {},
    63: {},
    64: {"closed_from": "notice", "outcome": "withdrawn"},
    66: {"closed_from": "evaluation", "outcome": "withdrawn"},
    68: {"closed_from": "position", "outcome": "withdrawn"},
    75: {},
    79: {"outcome": "decision_for_organization"},
    82: {"outcome": "merged"},
    83: {"outcome": "merged"},
    88: {"closed_from": "notice", "outcome": "withdrawn"},
    89: {},
    108: {"final_answer_date": None},
    111: {"closed_from": "referral", "outcome": "withdrawn"},
}


class CheckCase(ConformityCase):
    def _assert_unchecked(self, result):
        self.assertEqual(result.verdict, "unchecked", result)
        self.assertEqual((result.population, result.failing_count), (0, 0))
        self.assertIsNone(result.value)

    def _assert_holds(self, result, population):
        self.assertEqual(result.verdict, "yes", result)
        self.assertEqual((result.population, result.failing_count), (population, 0))
        self.assertEqual(result.failing_ids, ())

    def _assert_fails(self, result, failing, population, verdict="no"):
        self.assertEqual(result.failing_ids, tuple(failing.ids), result)
        self.assertEqual(result.failing_model, failing._name)
        self.assertEqual(result.failing_count, len(failing))
        self.assertEqual((result.population, result.verdict), (population, verdict))


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
            self.assertTrue(hasattr(self.env[model], f"_check_{check}"), (model, check))
        there = {
            (name, method.removeprefix("_check_"))
            for name, model in self.env.registry.items()
            for method in dir(model)
            if method.startswith("_check_") and self._is_check(getattr(model, method))
        }
        self.assertEqual(there, asked)

    def _is_check(self, method):
        """A check of ours takes the company, and says which question it answers."""
        code = getattr(method, "__code__", None)
        return (
            code
            and code.co_varnames[: code.co_argcount] == ("self", "company")
            and "odoo_iso10003" in code.co_filename
            and (method.__doc__ or "")[:1].isdigit()
        )

    def test_what_is_not_recorded_yet_says_so(self):
        assessment = self._new_assessment()
        assessment.action_check()
        line = self._answer(assessment, 87)
        self.assertEqual((line.verdict, line.way), ("unchecked", "awaited"))
        self.assertIn("No records of this are kept yet", line.found)

    def test_a_check_that_does_not_exist_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "no check “of_nothing”"):
            self._question(2).check = "of_nothing"
        with self.assertRaisesRegex(ValidationError, "Question 2"):
            self._question(2).check_model = "no.model"


class TestFileChecks(CheckCase):
    def _columns(self, columns):
        ids = {"evaluator": self.evaluator.id}
        return {name: ids.get(value, value) for name, value in columns.items()}

    def test_each_check_of_files(self):
        checks = {
            int(question.code)
            for question in self.questions.requirement_ids
            if question.check_model == "iso10003.dispute"
        }
        self.assertEqual(checks, FILES.keys() | {8, 24})
        self.policy._guarded_write({"valid_from": days(-30)})
        for number, (about, broken) in FILES.items():
            with self.subTest(question=number):
                with self.env.cr.savepoint() as savepoint:
                    self._assert_unchecked(self._result(number))
                    self._new_file(**ELSEWHERE[number])
                    self._assert_unchecked(self._result(number))
                    good = [self._new_file(**self._columns(about)) for _ in range(4)]
                    self._assert_holds(self._result(number), len(good))
                    bad = self._new_file(**self._columns({**about, **broken}))
                    self._assert_fails(self._result(number), bad, len(good) + 1, ANY)
                    savepoint.rollback()
                self.env.invalidate_all()

    def test_owners(self):
        self._new_file()
        self._assert_unchecked(self._result(8))
        self._new_file(**OPEN)
        self._assert_holds(self._result(8), 1)
        gone = self._new_user("gone", "base.group_user")
        left = self._new_file(**OPEN, user_id=gone.id)
        gone.active = False
        self._assert_fails(self._result(8), left, 2)

    def test_an_override_with_reason_is_no_failure(self):
        self._new_file(
            complaint_handler_id=self.evaluator.id, independence_override=True
        )
        self._assert_holds(self._result(21), 1)

    def test_files_of_other_companies_are_not_looked_at(self):
        before = self._result(79, self.company)
        self._new_file(implemented_date=None)
        self.assertEqual(self._result(79, self.company), before)

    def test_a_part_that_fails_makes_it_partly_but_not_for_hard_questions(self):
        for _number in range(9):
            self._new_file()
        bad = self._new_file(implemented_date=None, lessons=None)
        result = self._result(82)
        self._assert_fails(result, bad, 10, "partly")
        self.assertEqual((result.value, result.threshold), (90.0, 100.0))
        self._assert_fails(self._result(79), bad, 10, "no")
        self._question(82).target = 90
        self.assertEqual(self._result(82).verdict, "yes")

    def test_the_first_failing_records_are_kept_and_all_are_counted(self):
        with patch.object(requirement_checks, "KEPT", 2):
            bad = [self._new_file(lessons=None) for _number in range(3)]
            result = self._result(82)
        self.assertEqual(result.failing_ids, tuple(file.id for file in bad[:2]))
        self.assertEqual(result.failing_count, 3)

    def test_a_broken_rule_spoils_no_other(self):
        self._new_file(lessons=None)
        question = self._question(82)
        broken = self._question(83)
        model = self.env.registry["iso10003.dispute"]
        with (
            patch.object(
                model,
                "_check_closure_told",
                lambda self, company: requirement_checks.Rule(
                    self._closed(), self._empty("no_such_field")
                ),
            ),
            mute_logger(
                "odoo.addons.odoo_iso10003.models.conformity.requirement_checks"
            ),
        ):
            results = (question | broken)._run_checks(self.shop)
        self.assertEqual(results[question].verdict, "no")
        self.assertEqual(results[broken].verdict, "unchecked")
        self.assertIn("no_such_field", results[broken].note)

    def test_rules_on_files_take_one_query(self):
        self._new_file()
        questions = self.questions.requirement_ids.filtered(
            lambda question: question.check_model == "iso10003.dispute"
        )
        questions._run_checks(self.shop)
        before = self.env.cr.sql_log_count
        questions._run_checks(self.shop)
        # a savepoint for each check, and one query for all
        spent = self.env.cr.sql_log_count - before - 2 * len(questions)
        self.assertLess(spent, 12)


ANY = type("Any", (), {"__eq__": lambda self, other: other in ("partly", "no")})()


class TestOtherChecks(CheckCase):
    def test_policy_checks(self):
        whole = {
            "scope": "<p>All products</p>",
            "methods": "<p>Mediation</p>",
            "recourse": "<p>Courts</p>",
            "cost_to_complainant": "Nothing",
            "handler_limit": 100,
            "approver_id": self.lead.id,
            "review_date": days(10),
        }
        page = self.env["document.page"].create(
            {"name": "Policy", "content": "<p>Text</p>", "company_id": self.shop.id}
        )
        broken = {
            1: {"scope": None},
            4: {"approver_id": None},
            15: {"cost_to_complainant": None},
            30: {"methods": None},
            39: {"handler_limit": 0},
            41: {"review_date": days(-1)},
            42: {"page_id": None},
            43: {"handler_limit": 0},
        }
        translated = ("scope", "methods", "recourse", "cost_to_complainant")
        for number, columns in broken.items():
            with self.subTest(question=number):
                good = {**whole, "page_id": page.id}
                self._write_policy({**good}, translated)
                self._assert_holds(self._result(number), 1)
                self._write_policy({**good, **columns}, translated)
                self._assert_fails(self._result(number), self.policy, 1)
        self._set_columns(self.policy, state="superseded", valid_to=TODAY)
        for number in broken:
            with self.subTest(question=number):
                result = self._result(number)
                self._assert_unchecked(result)
                self.assertEqual(result.note, "No dispute policy is in force.")

    def _write_policy(self, columns, translated):
        from psycopg2.extras import Json

        self._set_columns(
            self.policy,
            **{
                name: Json({"en_US": value}) if name in translated and value else value
                for name, value in columns.items()
            },
        )

    def test_a_controlled_text_is_an_approved_one(self):
        page = self.env["document.page"].create(
            {
                "name": "Policy",
                "content": "<p>Text</p>",
                "approval_required": True,
                "company_id": self.shop.id,
            }
        )
        self._set_columns(self.policy, page_id=page.id)
        self._assert_fails(self._result(42), self.policy, 1)

    def test_catalogue_of_remedies(self):
        self.assertEqual(self._result(17).verdict, "yes")
        remedies = self.env["iso10003.remedy"].search([])
        remedies[4:].active = False
        result = self._result(17)
        self.assertEqual((result.verdict, result.value), ("no", 4.0))
        self.assertEqual(result.threshold, 5.0)
        remedies.active = False
        self.assertEqual(self._result(17).verdict, "unchecked")

    def test_trails_in_the_register(self):
        self._assert_unchecked(self._result(7))
        self._new_file()
        cut = self._new_file()
        self._assert_holds(self._result(7), 2)
        self.env.cr.execute(
            "UPDATE iso10003_register_head SET sequence = sequence + 1 WHERE file = %s",
            [cut._register_file()],
        )
        self._assert_fails(self._result(7), cut, 2)

    def test_other_trails_are_looked_at_each_day(self):
        files = [self._new_file() for _number in range(12)]
        register = self.env["iso10003.register"].sudo()
        days_drawn = []
        for day in range(2):
            with freeze_time(fields.Datetime.now() + timedelta(days=day)):
                days_drawn.append(register._draw_files(self.shop))
        # two lots, so on two days each file has its turn
        self.assertFalse(days_drawn[0] & days_drawn[1])
        self.assertEqual(sum(map(len, days_drawn)), len(files))

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
                }
                for standard in ("iso9001", "iso10001", "iso10002", "iso10004")
            ]
        )
        self.assertEqual(self._result(110).verdict, "yes")
        certificates[2].valid_to = days(-1)
        result = self._result(110)
        self.assertEqual((result.verdict, result.value), ("no", 3.0))
        self.assertEqual(result.failing_ids, tuple(certificates[2].ids))

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

    def test_reviews(self):
        for number in (91, 92, 93):
            self._assert_unchecked(self._result(number))
        review = self.env["mgmtsystem.review"].create(
            {
                "name": "Review",
                "date": NOW - timedelta(days=10),
                "company_id": self.shop.id,
                "line_ids": [
                    Command.create({"name": "Output", "company_id": self.shop.id})
                ],
            }
        )
        self._assert_fails(self._result(91), review, 1)
        self._assert_unchecked(self._result(92))
        review.button_close()
        self._assert_holds(self._result(91), 1)
        self._assert_fails(self._result(92), review, 1)
        self._assert_fails(self._result(93), review.line_ids, 1)
        review.conclusion = "<p>We train more.</p>"
        self._assert_holds(self._result(92), 1)
        action = self.env["mgmtsystem.action"].create(
            {
                "name": "Train",
                "type_action": "improvement",
                "date_deadline": days(3),
                "company_id": self.shop.id,
            }
        )
        review.line_ids.action_id = action
        self._assert_holds(self._result(93), 1)
        action.date_deadline = days(-1)
        self._assert_fails(self._result(93), review.line_ids, 1)
        review.date = NOW - timedelta(days=400)
        self._assert_fails(self._result(91), review, 1)

    def test_programme_covers_clauses(self):
        result = self._result(103)
        self._assert_unchecked(result)
        self.assertIn("No audit programme", result.note)
        programme = self._start_programme("7.6")
        clauses = self.questions.requirement_ids.clause_id
        missing = clauses - programme.line_ids.clause_id
        result = self._result(103)
        self.assertEqual(result.failing_ids, tuple(missing.ids))
        self.assertEqual(result.population, len(clauses))
        programme.action_end()
        whole = self._new_programme()
        whole.action_fill_clauses()
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
            line.write({"grade": "conform", "reason": "Seen"})
        finding = audit.line_ids[0].sudo()
        finding.write({"grade": "not", "reason": False})
        self._assert_fails(self._result(106), finding, 1)
        finding.with_user(self.inspector).action_raise_nonconformity()
        self._assert_holds(self._result(106), 1)
        audit.with_user(self.inspector).button_close()
        self._assert_fails(self._result(105), audit.sudo(), 1)
        found = finding.nonconformity_id
        self._assert_unchecked(self._result(94))
        self._set_columns(found, state="done")
        self._assert_fails(self._result(94), found, 1)
        found.write({"analysis": "The list was old.", "evaluation_comments": "Works"})
        action = self.env["mgmtsystem.action"].create(
            {"name": "Renew", "type_action": "correction", "company_id": self.shop.id}
        )
        found.action_ids = action
        self._assert_holds(self._result(94), 1)
        # whoever audits and then gets a file is found
        self._new_file(user_id=self.inspector.id)
        self._assert_fails(self._result(104), audit.sudo(), 1)

    def test_a_closed_audit_with_its_sample(self):
        self._new_file()
        audit = self._new_audit("7.6")
        audit.action_draw_sample()
        audit.sample_ids.result = "conform"
        audit.action_prepare_checklist()
        audit.line_ids.write({"grade": "conform", "reason": "Seen"})
        audit.button_close()
        self._assert_holds(self._result(105), 1)

    # ------------------------------------------------------------
    # Limits
    # ------------------------------------------------------------

    def _new_rule(self, start="notice_received", end="acknowledged", **vals):
        draft = self.env["iso10003.policy"].create(
            {"name": "Limits", "company_id": self.shop.id}
        )
        return self.env["iso10003.deadline.rule"].create(
            {
                "name": "Limit",
                "code": "limit",
                "policy_id": draft.id,
                "start_event": start,
                "end_event": end,
                **vals,
            }
        )

    def _new_deadline(self, rule, state, due, late_reason=None):
        """Return a limit as the clock left it, whatever the clock is now."""
        dispute = self._new_file(**OPEN)
        self.env.flush_all()
        self.env.cr.execute(
            """INSERT INTO iso10003_deadline
               (rule_id, dispute_id, company_id, actor, state, due, late_reason)
               VALUES (%s, %s, %s, %s, %s, %s, %s) RETURNING id""",
            [
                rule.id,
                dispute.id,
                self.shop.id,
                rule.actor,
                state,
                NOW + timedelta(days=due),
                late_reason,
            ],
        )
        self.env.invalidate_all()
        return self.env["iso10003.deadline"].browse(self.env.cr.fetchone())

    def test_news_in_time(self):
        rule = self._new_rule()
        theirs = self._new_rule(actor="provider")
        other = self._new_rule("result_noted", "carried_out")
        self._new_deadline(rule, "running", 5)
        self._new_deadline(rule, "cancelled", -5)
        self._new_deadline(rule, "met_late", -500)
        self._new_deadline(theirs, "met_late", -5)
        self._new_deadline(other, "met_late", -5)
        self._assert_unchecked(self._result(5))
        self._new_deadline(rule, "met", -5)
        self._assert_holds(self._result(5), 1)
        late = self._new_deadline(rule, "met_late", -5)
        late |= self._new_deadline(rule, "running", -1)
        late |= self._new_deadline(rule, "lapsed", -9)
        self._assert_fails(self._result(5), late, 4)

    def test_delays_explained(self):
        rule = self._new_rule()
        self._new_deadline(rule, "met", -5)
        self._assert_unchecked(self._result(27))
        self._new_deadline(rule, "met_late", -5, "workload")
        self._assert_holds(self._result(27), 1)
        silent = self._new_deadline(rule, "lapsed", -5)
        self._assert_fails(self._result(27), silent, 2)

    def test_windows_of_review(self):
        rule = self._new_rule("result_served", "result_noted")
        self._new_deadline(self._new_rule(), "lapsed", -5)
        self._assert_unchecked(self._result(77))
        self._new_deadline(rule, "met", -5)
        self._assert_holds(self._result(77), 1)
        lapsed = self._new_deadline(rule, "lapsed", -5)
        self._assert_fails(self._result(77), lapsed, 2)

    def test_limits_of_each_state(self):
        rules = self.env["iso10003.deadline.rule"]
        ends = {
            "recourse_told": "referral",
            "acknowledged": "notice",
            "position_sent": "evaluation",
            "result_noted": "resolution",
            "carried_out": "implementation",
        }
        drafts = self.env["iso10003.policy"].with_user(self.lead)
        draft = drafts.with_company(self.shop).create({"name": "With limits"})
        for number, end in enumerate(ends):
            rules |= rules.create(
                {
                    "name": end,
                    "code": end,
                    "policy_id": draft.id,
                    "start_event": "opened",
                    "end_event": end,
                    "sequence": number,
                }
            )
        draft = draft.with_user(self.env.user)
        draft.action_approve()
        draft._put_in_force(TODAY)
        self._assert_limits("yes", 6, self.env["iso10003.policy"])
        self._set_columns(rules[2], active=False)
        self._assert_limits("no", 4, draft)
        self._set_columns(draft, state="superseded", valid_to=TODAY)
        self._assert_unchecked(self._result(26))

    def _assert_limits(self, verdict, value, failing):
        result = self._result(26)
        self.assertEqual((result.verdict, result.value), (verdict, float(value)))
        self.assertEqual(result.failing_ids, tuple(failing.ids))
        self.assertEqual(result.threshold, 6.0)

    # ------------------------------------------------------------
    # Competence
    # ------------------------------------------------------------

    def test_needs_of_roles(self):
        roles = self.env["iso10003.role"].search([("company_id", "=", self.shop.id)])
        self.assertTrue(roles)
        lacking = roles.filtered(lambda role: not role.requirement_ids)
        given = (roles - lacking).requirement_ids[0]
        for role in lacking:
            given.copy({"role_id": role.id})
        self._assert_holds(self._result(23), len(roles))
        roles[0].requirement_ids.unlink()
        self._assert_fails(self._result(23), roles[0], len(roles), "partly")
        empty = self.env["res.company"].create({"name": "No roles"})
        self.env.flush_all()
        self.env.cr.execute(
            "DELETE FROM iso10003_role WHERE company_id = %s", [empty.id]
        )
        self.env.invalidate_all()
        self._assert_unchecked(self._result(23, empty))

    def test_effect_of_trainings(self):
        self._assert_unchecked(self._result(25))
        course = self.env["iso10003.course"].create(
            {"name": "Fairness", "company_id": self.shop.id}
        )
        training = self.env["iso10003.training"].create(
            {
                "course_id": course.id,
                "company_id": self.shop.id,
                "date_start": NOW - timedelta(hours=6),
                "date_end": NOW - timedelta(hours=2),
            }
        )
        seats = self.env["iso10003.training.attendance"].create(
            [
                {
                    "training_id": training.id,
                    "employee_id": self.env["hr.employee"]
                    .create({"name": name, "company_id": self.shop.id})
                    .id,
                }
                for name in ("Ali", "Sara")
            ]
        )
        self._assert_unchecked(self._result(25))
        self._set_columns(seats[0], evaluation_due=days(-5), effectiveness="effective")
        self._set_columns(seats[1], evaluation_due=days(5))
        self._assert_holds(self._result(25), 1)
        self._set_columns(seats[1], evaluation_due=days(-5))
        self._assert_fails(self._result(25), seats[1], 2)

    def _new_session(self, **columns):
        course = self.env["iso10003.course"].create(
            {"name": "Fairness", "company_id": self.shop.id}
        )
        session = self.env["iso10003.training"].create(
            {
                "course_id": course.id,
                "company_id": self.shop.id,
                "date_start": NOW - timedelta(hours=6),
                "date_end": NOW - timedelta(hours=2),
            }
        )
        self._set_columns(session, **{"state": "held", **columns})
        return session

    def _new_employee(self, user):
        return self.env["hr.employee"].create(
            {"name": user.name, "user_id": user.id, "company_id": self.shop.id}
        )

    def _certify(self, employee, skill, valid_to=False):
        levels = skill.skill_type_id.skill_level_ids.sorted("level_progress")
        return self.env["hr.employee.skill"].create(
            {
                "employee_id": employee.id,
                "skill_type_id": skill.skill_type_id.id,
                "skill_id": skill.id,
                "skill_level_id": levels[-1].id,
                "valid_from": days(-300),
                "valid_to": valid_to,
            }
        )

    def test_plan_of_trainings(self):
        year = timedelta(days=400)
        self._new_session(state="planned", date_end=NOW + timedelta(days=3))
        self._new_session(
            state="planned", date_start=NOW - 2 * year, date_end=NOW - year
        )
        self._assert_unchecked(self._result(57))
        self._new_session()
        self._assert_holds(self._result(57), 1)
        missed = self._new_session(state="planned")
        missed |= self._new_session(state="cancelled")
        self._assert_fails(self._result(57), missed, 3, ANY)

    def test_roles_given_to_competent_people(self):
        roles = self.env["iso10003.role"].search([("company_id", "=", self.shop.id)])
        needs = {role.code: role.requirement_ids.skill_id[:1] for role in roles}
        self.assertTrue(needs["handler"] and needs["evaluator"])
        self._new_file()
        self._assert_unchecked(self._result(24))
        skilled = self._new_employee(self.handler)
        self._certify(skilled, needs["handler"])
        judging = self._new_employee(self.evaluator)
        certificate = self._certify(judging, needs["evaluator"])
        good = self._new_file(**OPEN)
        self._assert_holds(self._result(24), 1)
        bad = self._new_file(**OPEN, user_id=self.agent.id)
        self._assert_fails(self._result(24), bad, 2, ANY)
        self._set_columns(certificate, valid_to=days(-1))
        self._assert_fails(self._result(24), good | bad, 2)
        # on the day it was held; of the other a manager said why
        good._guarded_write({"competence_seen": {"evaluator_id": self.handler.id}})
        self._assert_fails(self._result(24), good | bad, 2)
        (good | bad)._guarded_write(
            {"competence_seen": {"evaluator_id": self.evaluator.id}}
        )
        self._assert_fails(self._result(24), bad, 2, ANY)
        bad._guarded_write({"competence_overrides": {"user_id": self.agent.id}})
        self._assert_holds(self._result(24), 2)
        roles.requirement_ids.unlink()
        self._assert_unchecked(self._result(24))

    def test_who_handled_a_dispute_is_trained(self):
        self._new_file(closed_date=NOW - timedelta(days=400))
        self._assert_unchecked(self._result(100))
        self._new_file()
        self._assert_fails(self._result(100), self.handler, 1)
        session = self._new_session()
        seat = self.env["iso10003.training.attendance"].create(
            {
                "training_id": session.id,
                "employee_id": self._new_employee(self.handler).id,
            }
        )
        self._assert_fails(self._result(100), self.handler, 1)
        seat.state = "attended"
        self._assert_holds(self._result(100), 1)
        self._set_columns(session, state="planned")
        self._assert_fails(self._result(100), self.handler, 1)
        self._set_columns(session, state="held")
        self._new_file(**OPEN, user_id=self.agent.id)
        self._new_file(**OPEN, user_id=self.evaluator.id)
        self.env["iso10003.training.attendance"].create(
            {
                "training_id": session.id,
                "partner_id": self.agent.partner_id.id,
                "state": "attended",
            }
        )
        self._assert_fails(self._result(100), self.evaluator, 3, ANY)
        skill = self.env["iso10003.role.requirement"].search([], limit=1).skill_id
        self._certify(self._new_employee(self.evaluator), skill)
        self._assert_holds(self._result(100), 3)

    def test_who_moved_a_dispute_and_left_it_to_another_is_trained_too(self):
        file = self._new_file(**OPEN, user_id=self.agent.id)
        self._assert_fails(self._result(100), self.agent, 1)
        mover = self._new_user("mover", "odoo_iso10003.group_handler")
        file.with_user(mover).sudo()._register_event("transition", {})
        file._register_event("transition", {})  # by the system
        file.with_user(self.portal).sudo()._register_event("transition", {})
        file.with_user(self.lead).sudo()._register_event("hold", {})
        self._assert_fails(self._result(100), self.agent | mover, 2)
        with freeze_time(NOW + timedelta(days=400)):
            self._assert_fails(self._result(100), self.agent, 1)

    # ------------------------------------------------------------
    # Legal referrals
    # ------------------------------------------------------------

    def _new_referral(self, **columns):
        """Return a referral that ended well, with columns as given; as `_new_file`."""
        referral = self.env["iso10003.referral"].create(
            {
                "dispute_id": columns.pop("dispute", self._new_file()).id,
                "side": columns.pop("side", "organization"),
                "kind": columns.pop("kind", "first"),
                "cost_ids": [
                    Command.create({"name": "Fee", "amount": amount})
                    for amount in [columns.pop("cost", 50)]
                    if amount
                ],
            }
        )
        self.env.flush_all()
        self._set_columns(referral, **{**self._referred_well(), **columns})
        return referral

    def _referred_well(self):
        return {
            "state": "closed",
            "ended_from": "decided",
            "state_date": NOW,
            "basis": "contract",
            "legal_basis": "Article 10",
            "reason": "They do not pay.",
            "approver_id": self.lead.id,
            "filed_date": days(-50),
            "filing_number": "F-1",
            "docket_number": "D-1",
            "served_date": days(-40),
            "decision_date": days(-30),
            "result": "for_other",
            "appealable": "yes",
            "decision_served_date": days(-30),
            "appeal_until": days(-10),
            "appeal_decision": "not_use",
            "appeal_decided_date": days(-20),
        }

    def _assert_each_fails(self, number, good, bad, elsewhere):
        """Assert what a question says to nothing, and to each of these by itself.

        :param good: columns of referrals that hold
        :param bad: columns of referrals that do not
        :param elsewhere: columns of referrals that it is not about
        """
        self._assert_unchecked(self._result(number))
        for columns in elsewhere:
            self._new_referral(**columns)
        self._assert_unchecked(self._result(number))
        for columns in good:
            self._new_referral(**columns)
        self._assert_holds(self._result(number), len(good))
        for columns in bad:
            with self.subTest(question=number, broken=columns):
                with self.env.cr.savepoint() as savepoint:
                    found = self._new_referral(**columns)
                    result = self._result(number)
                    self._assert_fails(result, found, len(good) + 1, ANY)
                    savepoint.rollback()
                self.env.invalidate_all()

    def test_referrals_reasoned_and_approved(self):
        self._assert_each_fails(
            96,
            good=[{}, {**OPEN_REFERRAL, "state": "approved"}],
            bad=[
                {"basis": None},
                {"legal_basis": None},
                {"reason": None},
                {"approver_id": None},
                {**OPEN_REFERRAL, "reason": None},
            ],
            elsewhere=[
                {"in_iso10003_scope": False, "reason": None},
                {"side": "complainant", "approver_id": None},
                {"state": "draft", "ended_from": None, "approver_id": None},
                {"state": "withdrawn", "ended_from": "draft", "approver_id": None},
                {"state_date": NOW - timedelta(days=400), "reason": None},
            ],
        )

    def test_referrals_reviewed(self):
        self._assert_each_fails(
            97,
            good=[
                {**OPEN_REFERRAL, "review_due_date": TODAY},
                {**OPEN_REFERRAL, "state": "approved", "review_due_date": days(9)},
            ],
            bad=[
                {**OPEN_REFERRAL, "review_due_date": days(-1)},
                {**OPEN_REFERRAL, "review_due_date": None},
            ],
            elsewhere=[
                {"review_due_date": days(-1)},
                {**OPEN_REFERRAL, "state": "draft"},
                {**OPEN_REFERRAL, "in_iso10003_scope": False},
            ],
        )

    def test_referrals_recorded(self):
        self._assert_each_fails(
            98,
            good=[
                {},
                {**OPEN_REFERRAL, "state": "filed", "docket_number": None, "cost": 0},
                {**OPEN_REFERRAL, "state": "pending", "result": None, "cost": 0},
                {
                    **OPEN_REFERRAL,
                    "state": "decided",
                    "decision_served_date": None,
                    "appeal_until": None,
                },
                {"appealable": "no", "decision_served_date": None},
                {"side": "complainant", "cost": 0},
                {"state": "settled", "ended_from": "pending", "result": None},
            ],
            bad=[
                {"filing_number": None},
                {"filed_date": None},
                {**OPEN_REFERRAL, "state": "pending", "docket_number": None},
                {"served_date": None},
                {"result": None},
                {"decision_date": None},
                {"appealable": None},
                {"cost": 0},
                {"decision_served_date": None},
                {**OPEN_REFERRAL, "state": "decided", "appeal_until": None},
            ],
            elsewhere=[
                {**OPEN_REFERRAL, "state": "approved", "filing_number": None},
                {"in_iso10003_scope": False, "filing_number": None},
                {"state": "withdrawn", "ended_from": "approved"},
            ],
        )

    def test_hearings_of_referrals_are_recorded(self):
        referral = self._new_referral(**OPEN_REFERRAL)
        hearing = self.env["iso10003.hearing"].create(
            {"referral_id": referral.id, "start": NOW + timedelta(days=3)}
        )
        self._assert_holds(self._result(98), 1)
        self._set_columns(hearing, stop=NOW - timedelta(hours=1))
        self._assert_fails(self._result(98), referral, 1)
        self._set_columns(hearing, state="held", outcome="heard")
        self._assert_holds(self._result(98), 1)

    def test_rights_of_appeal(self):
        running = {**OPEN_REFERRAL, "state": "decided", "appeal_decision": None}
        appeal = {
            "kind": "appeal",
            "appealable": "no",
            "filed_date": days(-12),
            "limitation_date": days(-10),
        }
        unfiled = {**appeal, "filed_date": None}
        left = {**unfiled, "state": "withdrawn", "ended_from": "approved"}
        self._assert_each_fails(
            99,
            good=[{}, appeal],
            bad=[
                {"appeal_decision": "lapsed"},
                {"appeal_decided_date": days(-9)},
                running,
                {**running, "state": "settled", "ended_from": "decided"},
                {**appeal, "filed_date": days(-9)},
                {**unfiled, **OPEN_REFERRAL, "state": "approved"},
                left,
            ],
            elsewhere=[
                {"appealable": "no", "appeal_decision": None},
                {"in_iso10003_scope": False, "appeal_decision": "lapsed"},
                {**running, "appeal_until": TODAY},
                {
                    **running,
                    "state": "settled",
                    "ended_from": "decided",
                    "state_date": NOW - timedelta(days=15),
                },
                {**left, "state_date": NOW - timedelta(days=15)},
                {**unfiled, "kind": "first"},
                {**unfiled, "side": "complainant"},
                {**unfiled, **OPEN_REFERRAL, "limitation_date": TODAY},
            ],
        )

    def test_every_automatic_question_is_tested_here(self):
        tested = {*FILES, 8, 1, 4, 15, 30, 39, 41, 42, 43, 17, 7, 110, 49, 50, 101}
        tested |= {91, 92, 93, 103, 94, 104, 105, 106, 5, 26, 27, 77, 23, 25}
        tested |= {96, 97, 98, 99, 24, 57, 100}
        automatic = {
            int(question.code)
            for question in self.questions.requirement_ids
            if question.check
        }
        self.assertEqual(automatic, tested)


@tagged("-at_install", "post_install")
class TestWithoutPolicy(CheckCase):
    def test_a_company_without_policy_is_assessed_all_the_same(self):
        self._set_columns(self.policy, state="superseded", valid_to=TODAY)
        assessment = self._new_assessment()
        assessment.action_check()
        line = self._answer(assessment, 39)
        self.assertEqual(line.verdict, "unchecked")
        self.assertEqual(line.found, "No dispute policy is in force.")
