# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The exam of a course, taken in the Surveys app.

The app is no dependency, so this runs by ``script/test --survey``, which installs it,
and not with the other tests, hence the name.
"""

import re
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, tagged

from ..common import DisputePeople
from .competence_common import CompetencePeople

ANSWER_TOKEN = re.compile(r'data-answer-token="([0-9a-f-]{36})"')


@tagged("post_install", "-at_install")
class TestExam(DisputePeople, CompetencePeople, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_people()
        cls._set_up_competence()
        cls.exam = cls._new_survey("Resolving fairly: exam")
        cls.course = cls._new_course(pass_mark=0)
        cls.course.with_user(cls.manager).exam = str(cls.exam.id)
        cls.training = cls._new_session(cls.course)
        cls.row = cls._seat(cls.training, cls.employees[cls.handler])

    @classmethod
    def _new_survey(cls, title, **values):
        """Make a certification of four questions, of which three must be right."""
        answers = [
            Command.create({"value": "Yes", "is_correct": True, "answer_score": 1}),
            Command.create({"value": "No"}),
        ]
        questions = [
            Command.create(
                {
                    "title": f"Question {number}",
                    "question_type": "simple_choice",
                    "suggested_answer_ids": answers,
                }
            )
            for number in range(4)
        ]
        return cls.env["survey.survey"].create(
            {
                "title": title,
                "access_mode": "public",
                "users_login_required": True,
                "questions_layout": "one_page",
                "scoring_type": "scoring_without_answers",
                "scoring_success_min": 75,
                "certification": True,
                "question_and_page_ids": questions,
                **values,
            }
        )

    def _take(self, right, user=None, start=None):
        """Take the exam in the browser's way, with so many right answers."""
        if user:
            self.authenticate(user.login, user.login)
        page = self.url_open(start or self.training.exam_url)
        token = ANSWER_TOKEN.search(page.text).group(1)
        address = f"{self.exam.access_token}/{token}"
        self._post(f"/survey/begin/{address}", {})
        answers = {}
        for number, question in enumerate(self.exam.question_ids):
            yes, no = question.suggested_answer_ids
            answers[str(question.id)] = str((yes if number < right else no).id)
        self._post(f"/survey/submit/{address}", {**answers, "token": token})
        answer = self.env["survey.user_input"].search([("access_token", "=", token)])
        self.assertEqual(answer.state, "done")
        return answer

    def _post(self, path, params):
        response = self.url_open(path, json={"params": params})
        self.assertNotIn("error", response.json())

    def _fetch(self, user=None):
        action = self.training.with_user(user or self.manager).action_fetch_exam()
        return action["params"]["message"]

    def _record(self):
        self.training.action_record_results()

    # ------------------------------------------------------------
    # Choosing
    # ------------------------------------------------------------

    def test_who_plans_courses_chooses_the_exam_without_rights_on_surveys(self):
        Survey = self.env["survey.survey"]
        for user in (self.manager, self.officer):
            self.assertFalse(Survey.with_user(user).has_access("read"))
            course = self._new_course().with_user(user)
            with Form(course) as form:
                self.assertTrue(form.exam_possible)
                form.exam = str(self.exam.id)
                self.assertEqual(form.pass_mark, 75)
            self.assertEqual(course.exam, str(self.exam.id))
            self.assertIn((str(self.exam.id), self.exam.title), course._list_exams())

    def test_the_exam_says_from_which_score_on_the_course_is_passed(self):
        self.assertEqual(self.course.pass_mark, 75)
        own = self._new_course(exam=str(self.exam.id), pass_mark=90)
        self.assertEqual(own.pass_mark, 90)
        self.course.pass_mark = 60
        self.assertEqual(self.course.exam, str(self.exam.id))
        self.course.exam = False
        self.assertEqual(self.course.pass_mark, 60)

    def test_a_survey_without_score_is_no_exam(self):
        poll = self._new_survey(
            "Are you happy?", certification=False, scoring_type="no_scoring"
        )
        self.assertNotIn(str(poll.id), dict(self.course._list_exams()))
        with self.assertRaisesRegex(ValidationError, "a survey with a score"):
            self.course.exam = str(poll.id)

    def test_what_surveys_there_are_is_not_told_to_everybody(self):
        course = self.course.with_user(self.employee)
        self.assertNotIn("exam", course.fields_get())
        with self.assertRaises(AccessError):
            course.read(["exam"])
        own = self.row.with_user(self.handler)
        self.assertEqual(
            own.exam_url, self.exam.get_base_url() + self.exam.get_start_url()
        )

    def test_a_deleted_exam_is_none(self):
        self.exam.unlink()
        self.env.invalidate_all()
        self.assertFalse(self.course.exam)
        self.assertFalse(self.training.exam_url)
        with self.assertRaisesRegex(UserError, "has no exam"):
            self.training.action_fetch_exam()

    # ------------------------------------------------------------
    # Taking it
    # ------------------------------------------------------------

    def test_an_employee_passes_and_is_certified(self):
        self._take(3, self.handler)
        self.assertEqual(self._fetch(), "Scores fetched: 1. Not taken yet: 0.")
        self.assertEqual((self.row.state, self.row.score), ("attended", 75))
        self._record()
        self.assertEqual(self.row.result, "passed")
        granted = self.row.employee_skill_id
        self.assertEqual(granted.employee_id, self.employees[self.handler])
        self.assertEqual(granted.skill_id, self.fairness)
        self.assertEqual(granted.skill_level_id, self.good)

    def test_an_employee_fails_and_is_not_certified(self):
        self._take(2, self.handler)
        self._fetch()
        self._record()
        self.assertEqual((self.row.score, self.row.result), (50, "failed"))
        self.assertFalse(self.row.employee_skill_id)

    def test_nothing_right_is_a_score_too(self):
        self._take(0, self.handler)
        self._fetch()
        self.assertIn("Nothing right", self.row.reason)
        self._record()
        self.assertEqual((self.row.score, self.row.result), (0, "failed"))

    def test_the_last_attempt_counts(self):
        self._take(1, self.handler)
        with freeze_time(datetime.now() + timedelta(minutes=5)):
            self._take(4, self.handler)
        self._fetch()
        self.assertEqual(self.row.score, 100)

    def test_an_employee_without_a_user_takes_it_by_invitation(self):
        clerk = self.env["hr.employee"].create(
            {"name": "Clerk", "work_email": "clerk@example.com"}
        )
        row = self._seat(self.training, clerk)
        self.exam.write({"access_mode": "token", "users_login_required": False})
        answer = self.exam._create_answer(partner=row._get_partners())
        self._take(4, start=answer.get_start_url())
        self._fetch()
        self._record()
        self.assertEqual(row.employee_skill_id.employee_id, clerk)

    def test_a_person_from_outside_takes_it_with_a_portal_login(self):
        row = self._seat_contact(self.customer)
        self._take(4, self.portal)
        self._fetch(self.officer)
        self._record()
        self.assertEqual(row.contact_certification_id.partner_id, self.customer)
        self.assertEqual(row.contact_certification_id.skill_id, self.fairness)

    def test_a_person_from_outside_fails_by_invitation(self):
        expert = self.env["res.partner"].create(
            {"name": "Expert", "email": "expert@example.com"}
        )
        row = self._seat_contact(expert)
        self.exam.write({"access_mode": "token", "users_login_required": False})
        answer = self.exam._create_answer(partner=expert)
        self._take(1, start=answer.get_start_url())
        self._fetch()
        self._record()
        self.assertEqual(row.result, "failed")
        self.assertFalse(row.contact_certification_id)

    def _seat_contact(self, partner):
        return self.training.attendance_ids.create(
            {"training_id": self.training.id, "partner_id": partner.id}
        )

    # ------------------------------------------------------------
    # When, and whose
    # ------------------------------------------------------------

    def test_a_certification_does_not_begin_before_the_exam(self):
        session_day = self.training._get_day()
        later = fields.Datetime.now() + timedelta(days=9)
        with freeze_time(later):
            self._take(4, self.handler)
            self._fetch()
            self._record()
        self.assertEqual(self.row.exam_date, self.training._to_day(later))
        self.assertGreater(self.row.exam_date, session_day)
        self.assertEqual(self.row.valid_from, self.row.exam_date)
        self.assertEqual(
            self.row.valid_to, self.course._get_last_valid_day(self.row.exam_date)
        )
        self.assertEqual(self.row.employee_skill_id.valid_from, self.row.exam_date)

    def test_an_exam_from_before_the_session_counts_for_another_one(self):
        with freeze_time(self.training.date_start - timedelta(days=1)):
            self._take(4, self.handler)
        self.assertEqual(self._fetch(), "Scores fetched: 0. Not taken yet: 1.")
        self.assertEqual(self.row.state, "listed")

    def test_what_is_not_finished_or_only_tried_out_does_not_count(self):
        partner = self.handler.partner_id
        self.exam._create_answer(partner=partner)
        tried = self.exam._create_answer(partner=partner)
        tried.test_entry = True
        tried._mark_done()
        self._fetch()
        self.assertEqual((self.row.state, self.row.score), ("listed", 0))

    def test_others_answers_are_not_taken(self):
        self._take(4, self.stranger)
        self._fetch()
        self.assertEqual(self.row.state, "listed")
        self.assertFalse(
            self.training.attendance_ids.filtered(lambda row: row.state == "attended")
        )

    def test_who_was_marked_absent_stays_absent(self):
        self.row.state = "absent"
        self._take(4, self.handler)
        self._fetch()
        self.assertEqual((self.row.state, self.row.score), ("absent", 0))

    def test_a_recorded_result_stays(self):
        self._take(2, self.handler)
        self._fetch()
        self._record()
        with freeze_time(datetime.now() + timedelta(minutes=5)):
            self._take(4, self.handler)
        self._fetch()
        self.assertEqual((self.row.score, self.row.result), (50, "failed"))

    def test_nobody_fetches_the_own_score(self):
        for user in (self.employee, self.handler):
            with self.assertRaises(AccessError):
                self.training.with_user(user).action_fetch_exam()

    def test_the_app_makes_nobody_competent_by_itself(self):
        """What Odoo adds to the résumé is no certification for a role."""
        self._require("handler", skill=self.fairness)
        self._take(4, self.handler)
        skills = self.employees[self.handler].employee_skill_ids
        self.assertNotIn(self.fairness, skills.skill_id)
        self._fetch()
        self.assertNotIn(self.fairness, skills.skill_id)
