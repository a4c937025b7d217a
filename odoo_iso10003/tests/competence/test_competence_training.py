# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import DisputeCase
from ..deadline.deadline_common import DeadlineRules
from ..query_counter import count_queries
from .competence_common import CompetencePeople


class TestCompetenceTraining(CompetencePeople, DisputeCase):
    """From a planned session to a certification, and what is corrected afterwards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_competence()
        cls.course = cls._new_course()
        cls.learner = cls.employees[cls.handler]

    def _held(self, employee=None):
        return self.env["hr.employee.skill"].search(
            [
                ("employee_id", "=", (employee or self.learner).id),
                ("skill_id", "=", self.fairness.id),
            ]
        )

    def _pass(self, **values):
        session = self._new_session(self.course, **values)
        row = self._seat(session, self.learner, state="attended", score=85)
        session.action_record_results()
        return session, row

    # ------------------------------------------------------------
    # Planning
    # ------------------------------------------------------------

    def test_a_session_is_planned_numbered_and_in_the_calendar(self):
        tomorrow = fields.Datetime.now() + relativedelta(days=1)
        trainer = self.env["res.partner"].create({"name": "Trainer"})
        session = (
            self.env["iso10003.training"]
            .with_user(self.officer)
            .create(
                {
                    "course_id": self.course.id,
                    "date_start": tomorrow,
                    "trainer_id": trainer.id,
                    "location": "Room 2",
                }
            )
        )
        self.assertTrue(session.name.startswith("TRN/"))
        self.assertEqual(session.date_end, tomorrow + relativedelta(hours=4))
        event = session.event_id
        self.assertEqual(event.partner_ids, trainer)
        self.assertEqual((event.start, event.location), (tomorrow, "Room 2"))
        session.write(
            {
                "date_start": tomorrow + relativedelta(days=1),
                "date_end": tomorrow + relativedelta(days=1, hours=3),
            }
        )
        self.assertEqual(event.start, session.date_start)
        self.assertEqual(event.stop, session.date_end)

    def test_who_is_invited_finds_it_in_the_calendar_and_says_yes(self):
        tomorrow = fields.Datetime.now() + relativedelta(days=1)
        session = self._new_session(
            self.course,
            date_start=tomorrow,
            date_end=tomorrow + relativedelta(hours=2),
        )
        row = self._seat(session, self.learner)
        session.action_invite()
        self.assertEqual(row.state, "invited")
        self.assertIn(self.handler.partner_id, session.event_id.partner_ids)
        with self.assertRaises(AccessError):
            row.with_user(self.stranger).action_confirm()
        row.with_user(self.handler).action_confirm()
        self.assertEqual(row.state, "confirmed")
        with self.assertRaises(AccessError):
            row.with_user(self.handler).write({"state": "attended", "score": 100})

    def test_a_session_that_is_called_off_leaves_the_calendar(self):
        session = self._new_session(self.course)
        self._seat(session, self.learner)
        session.action_invite()
        event = session.event_id
        session.action_cancel()
        self.assertFalse(event.exists())
        self.assertIn(self.handler.partner_id, session.message_ids[0].partner_ids)
        with self.assertRaises(UserError):
            session.action_record_results()
        with self.assertRaises(UserError):
            self._seat(session, self.employees[self.chief])

    def test_a_session_has_no_more_people_than_seats(self):
        session = self._new_session(self.course, capacity=1)
        row = self._seat(session, self.learner)
        with self.assertRaises(ValidationError):
            self._seat(session, self.employees[self.chief])
        row.state = "absent"
        self._seat(session, self.employees[self.chief])
        self.assertEqual(session.seats_left, 0)

    def test_a_form_that_is_filled_in_counts_the_seats_as_they_are_saved(self):
        session = self._new_session(self.course, capacity=3)
        self._seat(session, self.learner)
        with Form(session) as form:
            with form.attendance_ids.edit(0) as row:
                row.score = 50
            self.assertEqual(form.seats_left, 2)

    def test_a_session_has_nobody_twice(self):
        session = self._new_session(self.course)
        self._seat(session, self.learner)
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self._seat(session, self.learner)

    # ------------------------------------------------------------
    # Passing
    # ------------------------------------------------------------

    def test_passing_grants_the_certification_from_the_day_of_the_session(self):
        with freeze_time("2031-03-10 15:00:00"):
            _session, row = self._pass()
        self.assertEqual(row.result, "passed")
        held = self._held()
        self.assertEqual(held, row.employee_skill_id)
        self.assertEqual(held.skill_level_id, self.good)
        self.assertEqual(
            (held.valid_from, held.valid_to), (date(2031, 3, 10), date(2032, 3, 9))
        )
        self.assertEqual(row.certificate_number, f"{row.training_id.name}-{row.id}")

    def test_a_refused_assignment_is_allowed_after_the_training(self):
        self._require("handler")
        with (
            self.assertRaisesRegex(UserError, "Fair resolution"),
            self.env.cr.savepoint(),
        ):
            self._open_dispute()
        self._pass()
        self.assertTrue(self._open_dispute())

    def test_below_the_pass_mark_nothing_is_granted(self):
        session = self._new_session(self.course)
        failed = self._seat(session, self.learner, state="attended", score=59.9)
        passed = self._seat(
            session, self.employees[self.chief], state="attended", score=60
        )
        absent = self._seat(session, self.employees[self.evaluator], state="absent")
        session.action_record_results()
        self.assertEqual(
            [row.result for row in failed + passed + absent],
            ["failed", "passed", False],
        )
        self.assertFalse(self._held())
        self.assertTrue(self._held(self.employees[self.chief]))
        self.assertEqual(session.state, "held")

    def test_a_course_without_pass_mark_is_passed_by_being_there(self):
        self.course.pass_mark = 0
        session = self._new_session(self.course)
        self._seat(session, self.learner, state="attended")
        session.action_record_results()
        self.assertTrue(self._held())

    def test_a_forgotten_score_is_asked_for(self):
        session = self._new_session(self.course)
        row = self._seat(session, self.learner, state="attended")
        with self.assertRaisesRegex(UserError, "no score yet"):
            session.action_record_results()
        row.reason = "Left after the first hour"
        session.action_record_results()
        self.assertEqual(row.result, "failed")

    def test_there_are_no_results_before_a_session_or_without_people(self):
        tomorrow = fields.Datetime.now() + relativedelta(days=1)
        early = self._new_session(
            self.course, date_start=tomorrow, date_end=tomorrow + relativedelta(hours=1)
        )
        with self.assertRaisesRegex(UserError, "has not begun"):
            early.action_record_results()
        with self.assertRaisesRegex(UserError, "mark who attended"):
            self._new_session(self.course).action_record_results()

    def test_people_from_outside_are_certified_on_their_contact(self):
        lawyer = self.env["res.partner"].create({"name": "A law office"})
        session = self._new_session(self.course)
        row = session.env["iso10003.training.attendance"].create(
            {
                "training_id": session.id,
                "partner_id": lawyer.id,
                "state": "attended",
                "score": 90,
            }
        )
        session.action_record_results()
        held = row.contact_certification_id
        self.assertEqual((held.partner_id, held.skill_id), (lawyer, self.fairness))

    def test_latecomers_are_recorded_later_and_others_not_again(self):
        session, _row = self._pass()
        with self.assertRaisesRegex(UserError, "no new result"):
            session.action_record_results()
        self._seat(session, self.employees[self.chief], state="attended", score=70)
        session.action_record_results()
        rows = self.env["iso10003.register"].search(
            [("file", "=", session._register_file()), ("event", "=", "results")]
        )
        self.assertEqual([row.data["passed"] for row in rows], [1, 1])
        self.assertEqual(len(self._held()), 1)

    def test_two_sessions_of_a_day_grant_one_certification(self):
        _session, first = self._pass()
        _session, second = self._pass()
        self.assertEqual(first.employee_skill_id, second.employee_skill_id)
        second.action_correct(10, True, "Mixed up.")
        self.assertTrue(self._held(), "the first session still grants it")

    def test_results_are_no_fields_to_write(self):
        session = self._new_session(self.course)
        row = self._seat(session, self.learner, state="attended", score=10)
        for vals in ({"result": "passed"}, {"valid_to": "2040-01-01"}):
            with self.assertRaises(UserError):
                row.write(vals)
        with self.assertRaises(UserError):
            session.write({"state": "held"})
        session.action_record_results()
        for vals in ({"score": 90}, {"state": "absent"}):
            with self.assertRaisesRegex(UserError, "Correct it with the button"):
                row.write(vals)
        with self.assertRaises(UserError):
            row.unlink()

    def test_a_result_is_not_smuggled_into_a_new_attendance(self):
        session = self._new_session(self.course)
        with self.assertRaises(UserError):
            self._seat(session, self.learner, result="passed")
        Attendance = session.env["iso10003.training.attendance"]
        row = Attendance.with_context(
            default_result="passed", default_valid_to="2040-01-01"
        ).create({"training_id": session.id, "employee_id": self.learner.id})
        self.assertFalse(row.result or row.valid_to)
        with self.assertRaises(UserError):
            self._new_session(self.course, state="held")
        session = self._new_session(self.course).with_context(default_state="held")
        self.assertEqual(session.copy({"course_id": self.course.id}).state, "planned")

    # ------------------------------------------------------------
    # Corrected after granting
    # ------------------------------------------------------------

    def test_a_result_corrected_to_failed_takes_the_certification_back(self):
        with freeze_time("2031-03-10 15:00:00"):
            session, row = self._pass()
        with freeze_time("2031-06-01 15:00:00"):
            held = row.employee_skill_id
            row.action_correct(40, True, "Two papers were mixed up.")
            self.assertEqual((row.result, row.score), ("failed", 40))
            self.assertFalse(row.valid_from)
            # what was held stays as history, and ended yesterday
            self.assertEqual(held.valid_to, date(2031, 5, 31))
            self._require("handler")
            with self.assertRaisesRegex(UserError, "ended on"):
                self._door()._check_competent("handler", self.handler)
        entry = self.env["iso10003.register"].search(
            [("file", "=", session._register_file()), ("event", "=", "correction")]
        )
        self.assertEqual(entry.note, "Two papers were mixed up.")
        self.assertEqual(entry.data["from"], {"result": "passed", "score": "85.00"})
        self.assertEqual(entry.data["to"], {"result": "failed", "score": "40.00"})

    def test_a_certification_of_the_same_day_goes_without_a_trace_of_validity(self):
        _session, row = self._pass()
        row.action_correct(40, True, "Typed wrongly.")
        self.assertFalse(self._held())

    def test_a_result_corrected_to_passed_grants_it_from_the_day_of_the_session(self):
        with freeze_time("2031-03-10 15:00:00"):
            session = self._new_session(self.course)
            row = self._seat(session, self.learner, state="attended", score=50)
            session.action_record_results()
        with freeze_time("2031-04-01 15:00:00"):
            row.action_correct(70, True, "A page was not counted.")
        self.assertEqual(self._held().valid_from, date(2031, 3, 10))

    def test_a_corrected_score_that_changes_nothing_leaves_the_certification(self):
        _session, row = self._pass()
        held = row.employee_skill_id
        row.action_correct(95, True, "A page was not counted.")
        self.assertEqual((row.score, row.result), (95, "passed"))
        self.assertEqual(row.employee_skill_id, held)
        self.assertTrue(held.exists())

    def test_who_was_not_there_passes_nothing(self):
        _session, row = self._pass()
        row.action_correct(95, False, "It was a namesake.")
        self.assertEqual((row.state, row.result, row.score), ("absent", False, 0))
        self.assertFalse(self._held())

    def test_who_corrects_and_how(self):
        _session, row = self._pass()
        with self.assertRaises(AccessError):
            row.with_user(self.handler).action_correct(99, True, "I was better.")
        with self.assertRaisesRegex(UserError, "reason"):
            row.action_correct(99, True, "")
        dialog = self.env["iso10003.training.correction"].with_user(self.officer)
        action = row.with_user(self.officer).action_ask_correction()
        dialog.with_context(**action["context"]).create(
            {"score": 10, "reason": "Typed wrongly."}
        ).action_confirm()
        self.assertEqual(row.result, "failed")

    # ------------------------------------------------------------
    # Effectiveness
    # ------------------------------------------------------------

    def test_effectiveness_is_due_asked_once_and_judged_by_somebody_else(self):
        with freeze_time("2031-03-10 15:00:00"):
            session, row = self._pass(user_id=self.chief.id)
        self.assertEqual(row.evaluation_due, date(2031, 4, 9))
        cron = self.env.ref("odoo_iso10003.cron_effectiveness")
        with freeze_time("2031-04-08 12:00:00"), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertFalse(session.activity_ids)
        with freeze_time("2031-04-20 12:00:00"):  # days later, nothing was lost
            with self.enter_registry_test_mode():
                cron.method_direct_trigger()
                cron.method_direct_trigger()
            self.env.invalidate_all()
            self.assertEqual(session.activity_ids.user_id, self.chief)
            self.assertEqual(len(session.activity_ids), 1)
            self.assertEqual(session.evaluation_open_count, 1)
            with self.assertRaisesRegex(UserError, "say how effective"):
                row.action_evaluate()
            row.write({"effectiveness": "effective", "evaluation_note": "Calmer."})
            with self.assertRaises(AccessError):
                row.with_user(self.handler).action_evaluate()
            row.with_user(self.chief).action_evaluate()
        self.assertEqual(row.evaluation_user_id, self.chief)
        self.assertFalse(session.evaluation_open_count)
        with self.assertRaisesRegex(UserError, "stays on record"):
            row.write({"effectiveness": "not_effective"})

    def test_managers_do_not_judge_the_effect_of_the_own_training(self):
        session = self._new_session(self.course)
        row = self._seat(
            session, self.employees[self.manager], state="attended", score=90
        )
        session.with_user(self.chief).action_record_results()
        row.write({"effectiveness": "effective", "evaluation_note": "Me."})
        with self.assertRaisesRegex(UserError, "own training"):
            row.action_evaluate()

    def test_the_files_before_and_after_are_measured(self):
        with freeze_time("2031-03-01 09:00:00"):
            # who approves the positions says so anew each year
            for user in self.manager | self.chief:
                self._sign_year(user)
            before = self._lead_to(self._open_dispute(), "closed")
        with freeze_time("2031-03-05 09:00:00"):
            before.with_user(self.manager).action_reopen("New evidence.")
        with freeze_time("2031-03-10 15:00:00"):
            _session, row = self._pass()
        with freeze_time("2031-03-20 09:00:00"):
            self._lead_to(before, "closed")
        with freeze_time("2031-04-09 09:00:00"):
            row.write({"effectiveness": "effective", "evaluation_note": "Calmer."})
            row.action_evaluate()
        self.assertEqual(row.measured["days"], 30)
        self.assertEqual(row.measured["before"]["reopened"], 1)
        self.assertEqual(row.measured["after"]["reopened"], 0)
        self.assertEqual(row.measured["after"]["closed"], 1)
        self.assertIn("30 days after: 1 files closed", row.measured_text)


@tagged("-at_install", "post_install")
class TestManyAttendances(CompetencePeople, DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_competence()
        cls.course = cls._new_course()

    def _new_people(self, count):
        """Return employees and contacts; most are contacts, whom Odoo draws no face."""
        names = [f"Person {number}" for number in range(count)]
        employees, contacts = names[: count // 10], names[count // 10 :]
        return [
            *self.env["hr.employee"].create(
                [{"name": name, "company_id": self.company.id} for name in employees]
            ),
            *self.env["res.partner"].create([{"name": name} for name in contacts]),
        ]

    def _cost(self, count):
        """Return the queries of seating and of certifying ``count`` people."""
        people = self._new_people(count)
        session = self._new_session(self.course)
        Attendance = session.env["iso10003.training.attendance"]
        keys = {"hr.employee": "employee_id", "res.partner": "partner_id"}
        vals = [
            {
                "training_id": session.id,
                keys[person._name]: person.id,
                "state": "attended",
                "score": 55 + number % 10,
            }
            for number, person in enumerate(people)
        ]
        seating = count_queries(self.env, lambda: Attendance.create(vals))
        recording = count_queries(self.env, session.action_record_results)
        rows = session.attendance_ids
        certified = rows.filtered("employee_skill_id") | rows.filtered(
            "contact_certification_id"
        )
        self.assertEqual(len(certified), count // 2)
        self.assertEqual(session.passed_count, count // 2)
        return seating, recording

    def test_five_thousand_attendances_take_a_bounded_number_of_queries(self):
        self._cost(20)
        few_seating, few_recording = self._cost(100)
        seating, recording = self._cost(5000)
        # the ORM inserts and updates some hundred rows at a time, and certifications
        # are granted in parts; nothing is asked for each person
        self.assertLess(seating, few_seating + 5000 / 40)
        self.assertLess(recording, few_recording + 5000 / 20)

    def test_hr_skills_list_of_an_employees_skills_stays_right(self):
        employee, *_rest = self._new_people(10)
        other = self._new_skill("Another")
        self._certify(employee, other)
        session = self._new_session(self.course)
        self._seat(session, employee, state="attended", score=90)
        session.action_record_results()
        self.env.invalidate_all()
        self.assertEqual(employee.skill_ids, other | self.fairness)


@tagged("-at_install", "post_install")
class TestMeasuredDeadlines(CompetencePeople, DeadlineRules, DisputeCase):
    """How a person kept limits before a session, and how after it."""

    @classmethod
    def setUpClass(cls):
        with cls._at(2026, 3, 2, 8):
            super().setUpClass()
            cls._set_up_competence()
            cls._enforce(cls._rule())  # acknowledge a notice in three days
            cls.course = cls._new_course()

    def test_limits_kept_before_and_after_are_counted(self):
        with self._at(2026, 3, 3, 8):
            late = self._file_with_notice(date(2026, 3, 2))
        with self._at(2026, 3, 9, 8):
            self._record(late, acknowledged_date=date(2026, 3, 9))
        with self._at(2026, 3, 10, 15):
            session = self._new_session(self.course)
            row = self._seat(
                session, self.employees[self.handler], state="attended", score=90
            )
            session.action_record_results()
        with self._at(2026, 3, 17, 8):
            self._file_with_notice(
                date(2026, 3, 16), acknowledged_date=date(2026, 3, 17)
            )
        with self._at(2026, 4, 15, 8):
            row.write({"effectiveness": "effective", "evaluation_note": "In time."})
            row.action_evaluate()
        figures = [
            (row.measured[period]["deadlines_met"], row.measured[period]["deadlines"])
            for period in ("before", "after")
        ]
        self.assertEqual(figures, [(0, 1), (1, 1)])
