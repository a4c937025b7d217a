# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the records of disputes and their register say to audit questions."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.tools import mute_logger

from ...models.conformity import requirement_checks
from ..conformity.conformity_common import ANY, NOW, OPEN, CheckCase, days

# number of the question: columns of a file it is about, and what breaks it
FILES = {
    2: ({"scope_decision": "out_of_scope"}, {"scope_reason": None}),
    3: ({}, {"scope_reason": None}),
    16: (
        {"method": "facilitative", "method_id": "mediation"},
        {"method_id": None},
    ),
    21: ({}, {"complaint_handler_id": "evaluator"}),
    59: ({}, {"opened_date": NOW - timedelta(days=400)}),
    60: ({}, {"deadlock": None}),
    61: ({}, {"final_answer_date": days(-60)}),
    62: ({"outcome": "not_pursued"}, {"recourse_date": None}),
    63: ({"direct_notice": True}, {"notice_date": days(-9)}),
    64: ({}, {"acknowledged_date": days(-2)}),
    65: (
        {"direct_notice": True, "referred_back_date": days(-1)},
        {"referred_back_date": None},
    ),
    66: ({}, {"findings": None}),
    67: (
        {"begun_by": "complainant", "preserved": True},
        {"preserved": False, "state": "implementation", "closed_date": None},
    ),
    68: ({}, {"response_date": None}),
    79: ({}, {"implemented_date": None}),
    82: ({}, {"lessons": None}),
    83: ({"outcome": "withdrawn"}, {"informed_date": None}),
    88: ({}, {"category_id": None}),
    89: ({"outcome": "decision_partly"}, {"lessons": None}),
    108: ({}, {"recourse_date": days(-19)}),
    111: ({}, {"response_date": None}),
}
# what makes a file fall out of what the question is about
ELSEWHERE = {
    2: {},
    3: {"closed_from": "referral", "outcome": "withdrawn"},
    16: {},
    21: {"evaluator_id": None},
    59: {"closed_date": NOW - timedelta(days=500)},
    60: {"closed_from": "referral", "outcome": "withdrawn"},
    61: {"final_answer_date": None},
    62: {},
    63: {},
    64: {"closed_from": "notice", "outcome": "withdrawn"},
    65: {"direct_notice": False},
    66: {"closed_from": "evaluation", "outcome": "withdrawn"},
    67: {},
    68: {"closed_from": "position", "outcome": "withdrawn"},
    79: {"outcome": "decision_for_organization"},
    82: {"outcome": "merged"},
    83: {"outcome": "merged"},
    88: {"closed_from": "notice", "outcome": "withdrawn"},
    89: {},
    108: {"final_answer_date": None},
    111: {"closed_from": "referral", "outcome": "withdrawn"},
}

QUESTIONS = {*FILES, 7, 8, 24, 69}


class TestFileChecks(CheckCase):
    def _columns(self, columns):
        mediation = self.env.ref("odoo_iso10003.method_mediation")
        ids = {"evaluator": self.evaluator.id, "mediation": mediation.id}
        return {name: ids.get(value, value) for name, value in columns.items()}

    def test_each_check_of_files(self):
        checks = {
            int(question.code)
            for question in self.questions.requirement_ids
            if question.check_model == "iso10003.dispute"
        }
        # of consents and declarations ask 9, 12 and 18, of what is owed and of the end
        # 81 and 84, of costs and causes 87 and 107, which are tested with these
        others = {8, 9, 12, 18, 24, 69, 81, 84, 87, 107}
        self.assertEqual(checks, FILES.keys() | others)
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

    def test_evaluated_on_a_sheet(self):
        """66: findings without a sheet are none, where the version asks for one."""
        good, bad = self._new_file(), self._new_file()
        self._assert_holds(self._result(66), 2)
        self._set_columns(bad.evaluation_ids, state="draft")
        self._assert_fails(self._result(66), bad, 2, ANY)
        # somebody from outside needs no user of ours
        self._set_columns(bad.evaluation_ids, state="submitted")
        self._set_columns(bad, evaluator_id=None)
        self._assert_fails(self._result(66), bad, 2, ANY)
        self._set_columns(bad.evaluation_ids, outside_name="The guild")
        self._assert_holds(self._result(66), 2)
        # under a version from before, nobody asks for a sheet
        self._set_columns(good.evaluation_ids, state="draft")
        self._forget_gate("evaluation_submitted")
        self._assert_holds(self._result(66), 2)

    def test_positions_are_approved_and_in_time(self):
        """68: stance, tier and day."""
        good, bad = self._new_file(), self._new_file()
        self._assert_holds(self._result(68), 2)
        self._set_columns(bad.position_ids, state="approved", sent_date=None)
        self._assert_fails(self._result(68), bad, 2, ANY)
        self._set_columns(good.position_ids, state="replaced")
        self._assert_fails(self._result(68), bad, 2, ANY)
        self._forget_gate("position_approved")
        self._assert_holds(self._result(68), 2)

    def test_who_speaks_for_us_may_settle(self):
        self._assert_unchecked(self._result(69))
        old = self._new_file()
        self._set_columns(old.position_ids, state="approved", sent_date=None)
        self._assert_unchecked(self._result(69))
        self._new_file()
        self._assert_holds(self._result(69), 1)
        bad = self._new_file()
        self._set_columns(bad.position_ids, may_settle=False)
        self._assert_fails(self._result(69), bad, 2, ANY)

    def _forget_gate(self, code):
        """Let the version be one from before a gate."""
        self.env.flush_all()
        self.env.cr.execute(
            "DELETE FROM iso10003_policy_gate WHERE policy_id = %s AND code = %s",
            [self.policy.id, code],
        )
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
                "_audit_closure_told",
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


class TestRegisterChecks(CheckCase):
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
