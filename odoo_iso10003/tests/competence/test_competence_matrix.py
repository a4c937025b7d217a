# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta
from unittest.mock import patch

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from ..common import DisputeCase
from ..query_counter import count_queries
from .competence_common import CompetencePeople

TODAY = date(2031, 6, 1)


class MatrixCase(CompetencePeople, DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_competence()
        cls.env["iso10003.role.holder"].search([]).unlink()

    @classmethod
    def _appoint(cls, code, **values):
        return cls.env["iso10003.role.holder"].create(
            {"role_id": cls.roles[code].id, "date_from": "2031-01-01", **values}
        )

    def _rows(self, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return (
            self.env["iso10003.competence"].with_user(user or self.manager).search([])
        )

    def _line(self, employee=None, partner=None, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return (
            self.env["iso10003.competence.matrix"]
            .with_user(user or self.manager)
            .search(
                [
                    ("employee_id", "=", employee.id if employee else False),
                    ("partner_id", "=", partner.id if partner else False),
                ]
            )
        )


@freeze_time("2031-06-01 12:00:00")
class TestCompetenceMatrix(MatrixCase):
    """People against roles, at one look, and what is to be planned."""

    def test_a_line_shows_valid_expiring_and_missing_role_by_role(self):
        person = self.employees[self.handler]
        for code, skill in (
            ("handler", self.fairness),
            ("evaluator", self.judging),
            ("owner", self._new_skill("Carrying out")),
        ):
            self._need(code, skill)
            self._appoint(code, employee_id=person.id)
        self._appoint("sponsor", employee_id=person.id)  # which needs nothing
        self._certify(person, self.fairness, end=TODAY + timedelta(days=61))
        self._certify(person, self.judging, end=TODAY + timedelta(days=60))
        line = self._line(person)
        self.assertEqual(line.handler, "valid")
        self.assertEqual(line.evaluator, "expiring")
        self.assertEqual(line.owner, "missing")
        self.assertEqual(line.sponsor, "free")
        self.assertFalse(line.counsel, "does not fill it")
        self.assertEqual(line.next_end, TODAY + timedelta(days=60))
        self.assertEqual(line.person_name, person.name)

    def test_a_cell_shows_the_worst_of_what_a_role_needs(self):
        person = self.employees[self.handler]
        self._need("handler", self.fairness)
        self._need("handler", self.judging)
        self._appoint("handler", employee_id=person.id)
        self._certify(person, self.fairness)
        self.assertEqual(self._line(person).handler, "missing")
        self._certify(person, self.judging)
        self.assertEqual(self._line(person).handler, "valid")

    def test_people_from_outside_have_a_line(self):
        lawyer = self.env["res.partner"].create({"name": "A law office"})
        self._need("counsel")
        self._appoint("counsel", partner_id=lawyer.id)
        self.assertEqual(self._line(partner=lawyer).counsel, "missing")
        self._certify_contact(lawyer, start=TODAY)
        self.assertEqual(self._line(partner=lawyer).counsel, "valid")

    def test_only_who_fills_the_role_today_is_there(self):
        person = self.employees[self.handler]
        self._need("handler")
        holder = self._appoint("handler", employee_id=person.id)
        for vals in (
            {"date_from": TODAY + timedelta(days=1)},
            {"date_from": "2031-01-01", "date_to": TODAY - timedelta(days=1)},
        ):
            holder.write(vals)
            self.assertFalse(self._rows())
        holder.date_to = TODAY
        self.assertTrue(self._rows())
        person.active = False
        self.assertFalse(self._rows())

    def test_the_matrix_says_what_the_door_says(self):
        """The same certifications, asked in SQL and asked in Python."""
        person = self.employees[self.handler]
        requirement = self._require("handler")
        self._appoint("handler", employee_id=person.id)
        day = timedelta(days=1)
        cases = [
            ("UTC", self.good, TODAY - day, TODAY - day),
            ("UTC", self.good, TODAY - day, TODAY),
            ("UTC", self.good, TODAY, False),
            ("UTC", self.good, TODAY + day, False),
            ("UTC", self.basic, TODAY, False),
            ("Pacific/Kiritimati", self.good, TODAY + day, False),
            ("Pacific/Kiritimati", self.good, TODAY - day, TODAY),
            ("Pacific/Pago_Pago", self.good, TODAY - day, TODAY),
        ]
        for zone, level, start, end in cases:
            with self.subTest(zone=zone, level=level.name, start=start, end=end):
                person.tz = zone
                held = self._certify(person, level=level, start=start, end=end)
                row = self._rows()
                self.assertEqual(row.skill_id, requirement.skill_id)
                gap = self.roles["handler"]._find_gaps(self.handler)
                self.assertEqual(row.state in ("ended", "missing"), bool(gap))
                held.unlink()

    def test_nobody_fills_a_role_twice_on_a_day(self):
        person = self.employees[self.handler]
        self._appoint("handler", employee_id=person.id, date_to="2031-02-01")
        self._appoint("handler", employee_id=person.id, date_from="2031-02-02")
        with (
            self.assertRaisesRegex(IntegrityError, "role_holder_employee_once"),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self._appoint("handler", employee_id=person.id, date_from="2031-05-01")

    # ------------------------------------------------------------
    # Who sees whom
    # ------------------------------------------------------------

    def test_each_sees_the_own_line_and_who_answers_for_people_theirs(self):
        own, other = self.employees[self.handler], self.employees[self.evaluator]
        lead = self._new_employee(self.stranger)
        other.parent_id = lead
        for person in (own, other):
            self._appoint("handler", employee_id=person.id)
        both = own | other
        for user, people in (
            (self.handler, own),
            (self.evaluator, other),
            (self.stranger, other),
            (self.employee, own.browse()),
            (self.officer, both),
            (self.manager, both),
            (self.auditor, both),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(self._rows(user).sudo().employee_id, people)
                lines = self.env["iso10003.competence.matrix"].with_user(user)
                self.assertEqual(lines.search([]).sudo().employee_id, people)
                holders = self.env["iso10003.role.holder"].with_user(user)
                self.assertEqual(holders.search([]).sudo().employee_id, people)

    def test_each_company_sees_its_own(self):
        other = self.env["res.company"].create({"name": "Other"})
        role = self.env["iso10003.role"].search(
            [("company_id", "=", other.id), ("code", "=", "handler")]
        )
        there = self.env["hr.employee"].create({"name": "X", "company_id": other.id})
        self.env["iso10003.role.holder"].create(
            {"role_id": role.id, "employee_id": there.id, "date_from": "2031-01-01"}
        )
        self.assertFalse(self._rows())
        self.manager.company_ids += other
        rows = self.env["iso10003.competence"].with_user(self.manager)
        found = rows.with_context(allowed_company_ids=other.ids).search([])
        self.assertEqual(found.sudo().employee_id, there)

    # ------------------------------------------------------------
    # Fast for many
    # ------------------------------------------------------------

    def test_five_hundred_people_take_no_more_queries_than_five(self):
        self._need("handler")
        self._need("evaluator", self.judging)
        spec = {
            name: {} for name in ("person_name", "handler", "evaluator", "next_end")
        }

        def look(user):
            matrix = self.env["iso10003.competence.matrix"].with_user(user)
            return matrix.web_search_read([], spec, limit=1000)

        def add(count):
            people = self.env["res.partner"].create(
                [{"name": f"Person {number}"} for number in range(count)]
            )
            for code in ("handler", "evaluator"):
                self.env["iso10003.role.holder"].create(
                    [
                        {
                            "role_id": self.roles[code].id,
                            "partner_id": person.id,
                            "date_from": "2031-01-01",
                        }
                        for person in people
                    ]
                )
            self.env["iso10003.contact.certification"].create(
                [
                    {
                        "partner_id": person.id,
                        "skill_type_id": self.kind.id,
                        "skill_id": self.fairness.id,
                        "skill_level_id": self.good.id,
                        "valid_from": "2031-01-01",
                    }
                    for person in people
                ]
            )

        add(5)
        look(self.manager)
        few = count_queries(self.env, lambda: look(self.manager))
        add(495)
        many = count_queries(self.env, lambda: look(self.manager))
        self.assertEqual(len(look(self.manager)["records"]), 500)
        self.assertLessEqual(many, few)
        plan = self.env["iso10003.competence"].with_user(self.manager)
        spec = {name: {} for name in ("person_name", "due_date", "course_id")}
        queries = count_queries(
            self.env, lambda: plan.web_search_read([], spec, limit=500)
        )
        self.assertLess(queries, 30)

    # ------------------------------------------------------------
    # Planning
    # ------------------------------------------------------------

    def test_sessions_are_proposed_from_what_ends_and_what_is_missing(self):
        course = self._new_course()
        self._need("handler")
        ending, lacking, fine = (
            self.employees[user] for user in (self.handler, self.evaluator, self.chief)
        )
        for person in (ending, lacking, fine):
            self._appoint("handler", employee_id=person.id)
        self._certify(ending, end=TODAY + timedelta(days=50))
        self._certify(fine)
        rows = self._rows()
        due = {row.employee_id: row.due_date for row in rows.sudo()}
        self.assertEqual(
            due, {ending: TODAY + timedelta(days=50), lacking: TODAY, fine: False}
        )
        action = rows.action_propose_sessions()
        session = self.env["iso10003.training"].search(action["domain"])
        self.assertEqual(session.course_id, course)
        self.assertEqual(session.attendance_ids.employee_id, ending | lacking)
        self.assertGreater(session.date_start.date(), TODAY)
        self.assertEqual(
            self._rows().filtered("training_id").sudo().employee_id, ending | lacking
        )
        with self.assertRaisesRegex(UserError, "nothing to plan"):
            self._rows().action_propose_sessions()
        with self.assertRaises(AccessError):
            self._rows(self.handler).action_propose_sessions()

    def test_free_seats_are_filled_before_another_session_is_planned(self):
        course = self._new_course()
        self._need("handler")
        people = [self.employees[user] for user in (self.handler, self.evaluator)]
        for person in people:
            self._appoint("handler", employee_id=person.id)
        later = fields.Datetime.now() + relativedelta(days=9)
        session = self._new_session(
            course,
            date_start=later,
            date_end=later + relativedelta(hours=4),
            capacity=1,
        )
        self._rows().action_propose_sessions()
        self.assertEqual(len(session.attendance_ids), 1)
        self.assertEqual(len(course.training_ids), 2)


class TestCertificationReminder(MatrixCase):
    """Who is told of the end of a certification, when, and how often."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.employees[cls.handler]
        cls.person.parent_id = cls.employees[cls.chief]
        cls._need("handler")
        cls.holder = cls._appoint("handler", employee_id=cls.person.id)
        cls.end = date(2031, 6, 30)
        cls._certify(cls.person, start=date(2031, 1, 1), end=cls.end)

    def _run_on(self, day):
        """Run the scheduled action on a day; return what it told whom."""
        before = self.env["mail.activity"].search([("res_id", "=", self.holder.id)])
        with freeze_time(f"{day} 12:00:00"), self.enter_registry_test_mode():
            self.env.ref("odoo_iso10003.cron_escalate").method_direct_trigger()
        self.env.invalidate_all()
        return self.holder.activity_ids - before

    def test_person_and_manager_are_told_once_at_each_step(self):
        told = {}
        for offset in range(-70, 5):
            day = self.end + timedelta(days=offset)
            for activity in self._run_on(day):
                told.setdefault(offset, set()).add(activity.user_id)
        both = {self.handler, self.chief}
        self.assertEqual(told, {-60: both, -30: both, -7: both, 1: both})

    def test_days_without_a_run_lose_nothing_and_tell_the_latest_only(self):
        self.assertTrue(self._run_on("2031-05-02"))
        self.assertFalse(self._run_on("2031-05-02"))
        # the server stood still past two steps
        self.assertEqual(len(self._run_on("2031-06-25")), 2)
        self.assertFalse(self._run_on("2031-06-26"))
        late = self._run_on("2031-09-01")
        self.assertIn("has ended", late[0].summary)
        self.assertFalse(self._run_on("2031-09-02"))

    def test_a_renewal_stops_the_reminders_and_begins_new_ones(self):
        self._run_on("2031-05-02")
        self._certify(
            self.person, start=date(2031, 5, 5), end=self.end + timedelta(days=365)
        )
        self.assertFalse(self._run_on("2031-06-25"))
        self.assertTrue(self._run_on(self.end + timedelta(days=310)))

    def test_somebody_without_a_user_gets_a_letter(self):
        lawyer = self.env["res.partner"].create(
            {"name": "Mehri", "email": "mehri@example.com", "lang": "en_US"}
        )
        self._need("counsel")
        holder = self._appoint("counsel", partner_id=lawyer.id)
        self._certify_contact(lawyer, start=date(2031, 1, 1), end=self.end)
        self._run_on("2031-06-25")
        mail = self.env["mail.mail"].search([("recipient_ids", "in", lawyer.ids)])
        self.assertEqual(len(mail), 1)
        self.assertIn("Fair resolution", mail.subject)
        self.assertIn("June 30, 2031", mail.body_html)
        self.assertFalse(holder.activity_ids.filtered(lambda a: not a.user_id))

    def test_a_failing_record_does_not_silence_the_others(self):
        other = self._appoint("handler", employee_id=self.employees[self.evaluator].id)
        self._certify(
            self.employees[self.evaluator], start=date(2031, 1, 1), end=self.end
        )
        holders = self.env.registry["iso10003.role.holder"]
        remind = holders._remind

        def fail(records, reminder):
            if self.holder in records:
                raise ValueError("broken")
            return remind(records, reminder)

        with (
            patch.object(holders, "_remind", fail),
            self.assertLogs(
                "odoo.addons.odoo_iso10003.models.deadline.alarm_sweep", "ERROR"
            ),
        ):
            self._run_on("2031-06-25")
        self.assertEqual(
            set(self.holder.activity_ids.mapped("summary")), {"Reminder failed"}
        )
        self.assertTrue(other.activity_ids)
        failed = self.holder._find_reminders().filtered(
            lambda alarm: alarm.state == "failed"
        )
        failed.with_user(self.manager).action_try_again()
        self.assertTrue(self._run_on("2031-06-25"), "it is told when it works again")
