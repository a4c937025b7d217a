# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What roles and trainings say to audit questions."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError

from ..conformity.conformity_common import ANY, NOW, OPEN, CheckCase, days

QUESTIONS = {23, 24, 25, 57, 100}


class TestCompetenceChecks(CheckCase):
    def test_needs_of_roles(self):
        roles = self.env["iso10003.role"].search([("company_id", "=", self.shop.id)])
        self.assertTrue(roles)
        # what ships says nothing until the company makes it its own
        result = self._result(23)
        self._assert_unchecked(result)
        self.assertEqual(result.note, "shipped")
        roles[-1].with_user(self.lead).action_require()
        lacking = roles.filtered(lambda role: not role.requirement_ids)
        given = (roles - lacking).requirement_ids[0]
        for role in lacking:
            given.copy({"role_id": role.id})
        self._assert_holds(self._result(23), len(roles))
        roles[0].requirement_ids.unlink()
        self._assert_fails(self._result(23), roles[0], len(roles), "partly")
        empty = self.env["res.company"].create({"name": "No roles"})
        self.env.flush_all()
        for table in ("iso10003_role_requirement", "iso10003_role"):
            self.env.cr.execute(
                f"DELETE FROM {table} WHERE company_id = %s", [empty.id]
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
        # chosen, and never evaluated
        self._assert_fails(self._result(25), seats[0], 1)
        self._set_columns(seats[0], evaluation_date=days(-1))
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
        planned = NOW - timedelta(days=30)
        self._set_columns(
            session, **{"state": "held", "create_date": planned, **columns}
        )
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
        # a session that was entered afterwards keeps no plan
        self._new_session(create_date=NOW)
        self._assert_fails(self._result(57), missed, 3, ANY)
        # nor does one that was missed become one to come
        for name in ("date_start", "date_end"):
            with self.assertRaisesRegex(UserError, "keeps its day"):
                missed[0].write({name: NOW + timedelta(days=9)})
        missed[0].note = "Nobody came"

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

    def _attend(self, session, result="passed", valid_to=None, **person):
        seat = self.env["iso10003.training.attendance"].create(
            {"training_id": session.id, "state": "attended", **person}
        )
        self._set_columns(seat, result=result, valid_to=valid_to)
        return seat

    def test_who_handled_a_dispute_is_trained(self):
        self._new_file(closed_date=NOW - timedelta(days=400))
        self._assert_unchecked(self._result(100))
        self._new_file()
        both = self.handler | self.evaluator
        self._assert_fails(self._result(100), both.sorted("id"), 2)
        session = self._new_session()
        employee = self._new_employee(self.handler)
        seat = self._attend(session, employee_id=employee.id)
        self._assert_fails(self._result(100), self.evaluator, 2)
        # who attended and failed, or whose certificate has ended, was not trained
        for columns in (
            {"result": "failed"},
            {"result": None},
            {"valid_to": days(-1)},
            {"state": "absent"},
        ):
            with self.subTest(columns):
                self._set_columns(seat, **columns)
                self._assert_fails(self._result(100), both.sorted("id"), 2)
                self._set_columns(
                    seat, result="passed", valid_to=days(0), state="attended"
                )
        self._set_columns(session, state="planned")
        self._assert_fails(self._result(100), both.sorted("id"), 2)
        self._set_columns(session, state="held")
        self._attend(session, partner_id=self.evaluator.partner_id.id)
        self._assert_holds(self._result(100), 2)

    def test_a_certification_counts_that_the_role_asks_for(self):
        roles = self.env["iso10003.role"].search([("company_id", "=", self.shop.id)])
        needs = {role.code: role.requirement_ids.skill_id[:1] for role in roles}
        self._new_file()
        session = self._new_session()
        self._attend(session, partner_id=self.handler.partner_id.id)
        employee = self._new_employee(self.evaluator)
        self._certify(employee, needs["handler"])  # of another role
        self._assert_fails(self._result(100), self.evaluator, 2)
        certificate = self._certify(employee, needs["evaluator"])
        self._assert_holds(self._result(100), 2)
        self._set_columns(certificate, valid_to=days(-1))
        self._assert_fails(self._result(100), self.evaluator, 2)

    def test_who_moved_a_dispute_and_left_it_to_another_is_trained_too(self):
        file = self._new_file(**OPEN, user_id=self.agent.id, evaluator_id=None)
        self._assert_fails(self._result(100), self.agent, 1)
        mover = self._new_user("mover", "odoo_iso10003.group_handler")
        file.with_user(mover).sudo()._register_event("transition", {})
        file._register_event("transition", {})  # by the system
        file.with_user(self.portal).sudo()._register_event("transition", {})
        file.with_user(self.lead).sudo()._register_event("hold", {})
        self._assert_fails(self._result(100), self.agent | mover, 2)
        with freeze_time(NOW + timedelta(days=400)):
            self._assert_fails(self._result(100), self.agent, 1)
