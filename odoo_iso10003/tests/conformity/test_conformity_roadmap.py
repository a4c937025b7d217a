# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The roadmap: eight steps with dates, each measured by its records."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError

from .conformity_common import TODAY, AuditCase, days


class TestRoadmap(AuditCase):
    def _plan(self, months=3, start=None):
        Roadmap = self.env["iso10003.roadmap"].with_user(self.lead)
        Roadmap = Roadmap.with_company(self.shop)
        Roadmap.action_plan(start or TODAY, months)
        return Roadmap.search([("company_id", "=", self.shop.id)])

    def test_eight_steps_over_two_to_four_months(self):
        steps = self._plan(3)
        self.assertEqual(len(steps), 8)
        self.assertEqual(min(steps.mapped("date_from")), TODAY)
        last = max(steps.mapped("date_to"))
        self.assertTrue(85 <= (last - TODAY).days <= 92)
        self.assertEqual(len(self._plan(4, days(10))), 8)
        self.assertEqual(min(steps.mapped("date_from")), days(10))
        with self.assertRaisesRegex(UserError, "two to four months"):
            self._plan(6)

    def test_progress_comes_from_records(self):
        steps = {step.step: step for step in self._plan()}
        self.assertEqual(steps["s1"].progress, 0)
        self._new_file()
        gap = self._new_assessment()
        gap.action_check()
        self.assertTrue(0 < self._fresh(steps["s1"]).progress < 100)
        gap.action_freeze()
        # as far as it was answered: an analysis of a few questions is part of one
        self.assertEqual(self._fresh(steps["s1"]).progress, gap.coverage)
        self.assertTrue(0 < gap.coverage < 100)
        self.assertIn(gap.name, steps["s1"].proof)
        self.assertEqual(self._fresh(steps["s4"]).progress, 100)
        self.assertGreater(steps["s5"].progress, 0)
        self.assertEqual(steps["s3"].progress, 0)
        self._train(self.handler)
        self.assertEqual(self._fresh(steps["s3"]).progress, 50)
        self._train(self.evaluator)
        self.assertEqual(self._fresh(steps["s3"]).progress, 100)
        audit = self._new_audit("7.6")
        audit.action_prepare_checklist()
        audit.line_ids.write({"grade": "conform", "reason": "Seen in five files"})
        self.assertEqual(self._fresh(steps["s7"]).progress, 90)
        audit.button_close()
        self.assertEqual(self._fresh(steps["s7"]).progress, 100)
        review = self.env["mgmtsystem.review"].create(
            {
                "name": "R",
                "date": fields.Datetime.now(),
                "dispute_review": True,
                "user_ids": [Command.set(self.director.ids)],
                "company_id": self.shop.id,
            }
        )
        review.button_close()
        self.assertEqual(self._fresh(steps["s8"]).progress, 100)

    def test_resolving_is_measured_by_the_whole_of_clause_7(self):
        step = self._plan().filtered(lambda step: step.step == "s5")
        self._new_file()
        assessment = self._new_assessment()
        assessment.action_check()
        before = self._fresh(step).progress
        proceeding = assessment.line_ids.filtered(
            lambda line: line.requirement_id.clause_id.number == "7.5.1"
        )
        proceeding.write({"verdict": "no", "reason": "Nobody was asked."})
        self.assertLess(self._fresh(step).progress, before)

    def _train(self, user):
        course = self.env["iso10003.course"].create(
            {"name": "Fairness", "company_id": self.shop.id}
        )
        begin = fields.Datetime.now() - timedelta(hours=6)
        session = self.env["iso10003.training"].create(
            {
                "course_id": course.id,
                "company_id": self.shop.id,
                "date_start": begin,
                "date_end": begin + timedelta(hours=4),
            }
        )
        seat = self.env["iso10003.training.attendance"].create(
            {"training_id": session.id, "partner_id": user.partner_id.id}
        )
        self._set_columns(session, state="held")
        seat.state = "attended"
        self._set_columns(seat, result="passed")

    def _fresh(self, record):
        self.env.invalidate_all()
        return record

    def test_a_step_is_called_by_its_name(self):
        self.assertRegex(self._plan()[0].display_name, "^S1 .*present state")

    def test_late_steps_show(self):
        steps = self._plan(2, days(-90))
        self.assertEqual(steps[1].standing, "late")
        self.assertRegex(steps[1].timeline, r"margin-inline-start: \d+")

    def test_handlers_see_the_steps_and_leave_them(self):
        step = self._plan()[0].with_user(self.handler).with_company(self.shop)
        with self.assertRaises(AccessError):
            step.write({"date_to": days(50)})
        with self.assertRaises(AccessError):
            step.action_plan()
