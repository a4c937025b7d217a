# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Several people at once, and courses to begin with."""

from dateutil.relativedelta import relativedelta
from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from ..common import ADDON, DisputeCase
from .competence_common import CompetencePeople


class TestTrainingPeople(CompetencePeople, DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_competence()
        cls.course = cls._new_course()
        tomorrow = fields.Datetime.now() + relativedelta(days=1)
        cls.session = cls._new_session(
            cls.course, date_start=tomorrow, date_end=tomorrow + relativedelta(hours=4)
        )
        cls.service, cls.legal = cls.env["hr.department"].create(
            [
                {"name": name, "company_id": cls.company.id}
                for name in ("Service", "Legal")
            ]
        )
        cls.desk = cls.env["hr.department"].create(
            {
                "name": "Desk",
                "company_id": cls.company.id,
                "parent_id": cls.service.id,
            }
        )

    def _dialog(self, session=None, user=None):
        people = self.env["iso10003.training.people"].with_user(user or self.manager)
        return Form(
            people.with_context(default_training_id=(session or self.session).id)
        )

    def _place(self, user, department):
        self.employees[user].department_id = department

    def _hold(self, code, user=None, partner=None):
        return self.env["iso10003.role.holder"].create(
            {
                "role_id": self.roles[code].id,
                "employee_id": user and self.employees[user].id,
                "partner_id": partner and partner.id,
                "date_from": fields.Date.today() - relativedelta(years=2),
            }
        )

    def _seated(self):
        return self.session.attendance_ids.employee_id

    def test_a_department_comes_with_those_below_it(self):
        self._place(self.handler, self.service)
        self._place(self.evaluator, self.desk)
        self._place(self.chief, self.legal)
        self._seat(self.session, self.employees[self.handler])
        dialog = self._dialog()
        dialog.department_ids.add(self.service)
        # who is in the session already is not proposed again
        self.assertEqual(dialog.employee_ids.ids, self.employees[self.evaluator].ids)
        dialog.save().action_confirm()
        self.assertEqual(
            self._seated(),
            self.employees[self.handler] | self.employees[self.evaluator],
        )

    def test_who_needs_it_is_proposed_and_may_be_taken_out(self):
        """Missing, ended and expiring; not who holds it, nor who needs more."""
        today = fields.Date.today()
        expert = self.env["res.partner"].create({"name": "Expert from outside"})
        self._need("handler")
        self._need("counsel")
        self._hold("counsel", partner=expert)
        for user in (self.handler, self.evaluator, self.manager, self.chief):
            self._hold("handler", user)
        ago = today - relativedelta(years=2)
        self._certify(
            self.employees[self.evaluator], start=ago, end=today - relativedelta(days=3)
        )
        self._certify(
            self.employees[self.manager], start=ago, end=today + relativedelta(days=9)
        )
        self._certify(self.employees[self.chief])
        self.env.flush_all()
        dialog = self._dialog()
        dialog.who_needs = True
        needing = [self.handler, self.evaluator, self.manager]
        self.assertEqual(
            set(dialog.employee_ids.ids), {self.employees[user].id for user in needing}
        )
        self.assertEqual(dialog.partner_ids.ids, expert.ids)
        dialog.employee_ids.remove(id=self.employees[self.manager].id)
        dialog.save().action_confirm()
        self.assertEqual(
            self._seated(),
            self.employees[self.handler] | self.employees[self.evaluator],
        )
        self.assertEqual(self.session.attendance_ids.partner_id, expert)

    def test_a_course_below_what_is_asked_for_helps_nobody(self):
        self._need("handler", level=self.good)
        self._hold("handler", self.handler)
        low = self._new_course(name="First steps", level_id=self.basic.id)
        tomorrow = fields.Datetime.now() + relativedelta(days=1)
        session = self._new_session(
            low, date_start=tomorrow, date_end=tomorrow + relativedelta(hours=1)
        )
        self.env.flush_all()
        dialog = self._dialog(session)
        dialog.who_needs = True
        self.assertFalse(dialog.employee_ids.ids)

    def test_nobody_to_add_is_refused_in_words(self):
        with self.assertRaisesRegex(UserError, "Nobody to add"):
            self._dialog().save().action_confirm()

    def test_no_more_than_there_are_seats(self):
        self.session.capacity = 1
        self._place(self.handler, self.desk)
        self._place(self.evaluator, self.desk)
        dialog = self._dialog(user=self.officer)
        dialog.department_ids.add(self.desk)
        with self.assertRaises(UserError):
            dialog.save().action_confirm()
        self.assertFalse(self._seated())

    def test_who_plans_no_training_adds_nobody(self):
        with self.assertRaises(AccessError):
            self._dialog(user=self.handler).save()


class TestTrainingFindings(CompetencePeople, DisputeCase):
    """What a training officer found: C2 to C4 and C6."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_competence()
        cls.course = cls._new_course(pass_mark=0)
        cls.learner = cls.employees[cls.handler]

    def test_c2_a_session_entered_afterwards_keeps_no_plan(self):
        question = self.env.ref(f"{ADDON}.requirement_057")
        shop = self.env["res.company"].create({"name": "Shop that trains"})
        course = self.course.copy({"company_id": shop.id})
        now = fields.Datetime.now()
        session = self.env["iso10003.training"].create(
            {
                "course_id": course.id,
                "company_id": shop.id,
                "date_start": now - relativedelta(days=3, hours=4),
                "date_end": now - relativedelta(days=3),
            }
        )
        session._guarded_write({"state": "held"})
        self.env.flush_all()
        self.assertFalse(question._run_checks(shop)[question].population)
        # the same one, planned the week before
        self.env.cr.execute(
            "UPDATE iso10003_training SET create_date = date_start - interval '7 days'"
            " WHERE id = %s",
            [session.id],
        )
        self.env.invalidate_all()
        self.assertEqual(question._run_checks(shop)[question].population, 1)

    def test_c3_certificates_are_asked_about_once_more(self):
        """Marking everybody as present certifies nobody; recording asks before."""
        session = self._new_session(self.course)
        self._seat(session, self.learner)
        session.action_all_attended()
        self.assertFalse(session.attendance_ids.result)
        arch = etree.fromstring(session.get_view(view_type="form")["arch"])
        (button,) = arch.xpath("//button[@name='action_record_results']")
        self.assertIn("certificate", button.get("confirm"))

    def test_c4_ended_is_not_missing(self):
        today = fields.Date.today()
        self._need("handler")
        for user in (self.handler, self.evaluator):
            self.env["iso10003.role.holder"].create(
                {
                    "role_id": self.roles["handler"].id,
                    "employee_id": self.employees[user].id,
                    "date_from": today - relativedelta(years=2),
                }
            )
        self._certify(
            self.learner,
            start=today - relativedelta(years=2),
            end=today - relativedelta(days=1),
        )
        self.env.flush_all()
        rows = self.env["iso10003.competence"].search(
            [("role_id", "=", self.roles["handler"].id)]
        )
        states = {row.employee_id: row.state for row in rows}
        self.assertEqual(states[self.learner], "ended")
        self.assertEqual(states[self.employees[self.evaluator]], "missing")

    def test_c6_the_certificate_names_no_record_and_no_empty_trainer(self):
        session = self._new_session(self.course)
        row = self._seat(session, self.learner, state="attended")
        session.action_record_results()
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.manager)
            ._render_qweb_html(f"{ADDON}.training_certificate", row.ids)
        )
        text = " ".join(html.decode().split())
        self.assertNotIn(f"iso10003.training,{session.id}", text)
        self.assertIn(session.name, text)
        self.assertNotIn("Trainer", text)
        session.trainer_id = self.env["res.partner"].create({"name": "Ms Teacher"})
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.manager)
            ._render_qweb_html(f"{ADDON}.training_certificate", row.ids)
        )
        self.assertIn("Ms Teacher", html.decode())


class TestStarterCourses(CompetencePeople, DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_competence()
        cls.starters = cls.env["iso10003.starter.course"].search([])

    def _courses(self):
        return self.env["iso10003.course"].search(
            [("starter_id", "!=", False), ("company_id", "=", self.company.id)]
        )

    def test_there_is_one_for_each_role_and_one_for_everybody(self):
        codes = [code for code, _label in self.starters._fields["code"].selection]
        self.assertEqual(len(codes), 10)
        self.assertEqual(sorted(self.starters.mapped("code")), sorted(codes))
        for starter in self.starters:
            with self.subTest(starter.code):
                self.assertTrue(starter.aims)
                self.assertGreaterEqual(starter.content.count("<li>"), 4)

    def test_a_manager_adds_them_once_and_adapts_them(self):
        starters = self.starters.with_user(self.manager).with_company(self.company)
        starters.action_add_all()
        courses = self._courses()
        self.assertEqual(len(courses), 10)
        handler = courses.filtered(lambda course: course.starter_id.code == "handler")
        self.assertEqual(handler.skill_id, self.env.ref(f"{ADDON}.skill_handling"))
        everybody = courses.filtered(
            lambda course: course.starter_id.code == "everybody"
        )
        self.assertFalse(everybody.skill_id)
        self.assertIn("ulture of quality", everybody.name)
        # the own words stay, and one that was archived does not come back
        handler.with_user(self.manager).write({"name": "Ours", "active": False})
        starters.invalidate_recordset()
        self.assertTrue(all(starters.mapped("is_added")))
        starters.action_add_all()
        self.assertEqual(len(self._courses().with_context(active_test=False)), 9)
        self.assertEqual(handler.name, "Ours")

    def test_what_a_role_asks_for_is_granted_by_its_course(self):
        """Who passes the starter course of a role may take that role."""
        self.starters.with_user(self.manager).with_company(
            self.company
        ).action_add_all()
        other = self.env["res.company"].create({"name": "Another company"})
        roles = self.env["iso10003.role"].search([("company_id", "=", other.id)])
        self.assertEqual(len(roles), 9)
        for role in roles:
            course = self._courses().filtered(
                lambda course, r=role: course.starter_id.code == r.code
            )
            need = role.requirement_ids
            with self.subTest(role.code):
                self.assertEqual(course.skill_id, need.skill_id)
                self.assertGreaterEqual(
                    course.level_id.level_progress, need.level_id.level_progress
                )

    def test_they_come_in_each_language(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.env.ref(f"base.module_{ADDON}")._update_translations(["fa_IR"])
        self.env.invalidate_all()
        starters = self.starters.with_user(self.manager).with_company(self.company)
        starters.with_context(lang="fa_IR").action_add_all()
        for course in self._courses():
            for name in ("name", "aims", "content", "trainer_requirements"):
                with self.subTest(course.name, field=name):
                    english = course.with_context(lang="en_US")[name]
                    persian = course.with_context(lang="fa_IR")[name]
                    self.assertRegex(english, "[a-z]{3}")
                    self.assertNotRegex(english, "[آ-ی]")
                    self.assertRegex(persian, "[آ-ی]")

    def test_who_plans_no_training_adds_none(self):
        with self.assertRaises(AccessError):
            self.starters.with_user(self.auditor).action_add()
        self.assertFalse(self._courses())
