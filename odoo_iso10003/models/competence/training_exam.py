# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..mixin.people_date import format_people_number


class CourseExam(models.Model):
    """An exam on line, where the Surveys app is installed.

    The app is no dependency. The course keeps the number of the survey only, and
    all that reads it looks first whether the app is there; so nothing is left
    dangling when it is removed.
    """

    _inherit = "iso10003.course"

    exam_number = fields.Integer(
        "Number of the exam",
        copy=False,
        readonly=True,
        aggregator=None,
        guarded=True,
    )
    # by title, because who plans courses need not have any right on surveys
    exam = fields.Selection(
        lambda self: self._list_exams(),
        compute="_compute_exam",
        inverse="_inverse_exam",
        copy=True,
        groups="hr.group_hr_user,odoo_iso10003.group_manager,"
        "odoo_iso10003.group_auditor",
        help="A survey with a score. Its results are fetched into the session. "
        "Choosing it takes over the score that it requires.",
    )
    exam_possible = fields.Boolean(compute="_compute_exam_possible")
    pass_mark = fields.Float(compute="_compute_pass_mark", store=True, readonly=False)

    @api.model
    def _get_exams(self):
        """Return the surveys that have a score, or nothing without the app."""
        if "survey.survey" not in self.env:
            return None
        # who plans courses knows exams by their titles; who may take one, or change
        # it, is up to the survey
        surveys = self.env["survey.survey"].sudo().with_context(active_test=False)
        return surveys.search([("scoring_type", "!=", "no_scoring")])

    @api.model
    def _list_exams(self):
        return [(str(exam.id), exam.title) for exam in self._get_exams() or ()]

    @api.depends("exam_number")
    def _compute_exam(self):
        for course in self:
            exam = course._get_exam()
            course.exam = str(exam.id) if exam else False

    def _inverse_exam(self):
        exams = dict(self._list_exams())
        for course in self:
            if course.exam and course.exam not in exams:
                raise ValidationError(
                    self.env._(
                        "Course “%(course)s”: its exam must be a survey with a score.",
                        course=course.name,
                    )
                )
            course._guarded_write({"exam_number": int(course.exam or 0)})

    def _compute_exam_possible(self):
        self.exam_possible = "survey.survey" in self.env

    @api.depends("exam")
    def _compute_pass_mark(self):
        """An exam says from which score on it is passed; the course may differ."""
        for course in self:
            exam = self._find_exam(int(course.exam or 0))
            course.pass_mark = exam.scoring_success_min if exam else course.pass_mark

    def _get_exam(self):
        """Return the survey, or nothing without one or without the app."""
        return self._find_exam(self.exam_number)

    @api.model
    def _find_exam(self, number):
        exams = self._get_exams()
        return exams and exams.filtered(lambda exam: exam.id == number)


class TrainingExam(models.Model):
    """Where the exam of a session is taken, and its results."""

    _inherit = "iso10003.training"

    exam_url = fields.Char("Exam at", compute="_compute_exam_url")

    @api.depends("course_id.exam_number")
    def _compute_exam_url(self):
        for training in self:
            exam = training.course_id._get_exam()
            training.exam_url = (
                exam.get_base_url() + exam.get_start_url() if exam else False
            )

    def action_fetch_exam(self):
        """Take the latest score of each person from the exam."""
        self.ensure_one()
        self.check_access("write")
        self._check_state("planned", "held")
        exam = self.course_id._get_exam()
        if not exam:
            raise UserError(
                self.env._(
                    "Course “%(course)s” has no exam: choose one in the course, "
                    "or enter the scores by hand.",
                    course=self.course_id.name,
                )
            )
        return self._tell_fetched(self._fetch_scores(exam))

    def _fetch_scores(self, exam):
        """Note the scores in the attendances, and return those who took the exam.

        Who was marked absent stays absent.
        """
        if not self.env["hr.employee.skill"]._user_may_certify():
            raise AccessError(
                self.env._("An HR officer or a dispute manager fetches exam results.")
            )
        rows = self.attendance_ids.filtered(
            lambda row: not row.result and row.state != "absent"
        )
        # the scores of these people in this exam, and nothing else of their answers
        answers = self.env["survey.user_input"].sudo()
        answers = answers.search(
            [
                ("survey_id", "=", exam.id),
                ("state", "=", "done"),
                ("test_entry", "=", False),
                ("end_datetime", ">=", self.date_start),
                ("partner_id", "in", rows._get_partners().ids),
            ],
            order="end_datetime",
        )
        latest = {answer.partner_id: answer for answer in answers}
        taken = rows.filtered(lambda row: row._get_partners() & answers.partner_id)
        for row in taken:
            row._take_exam_score(latest[row._get_partners()])
        return taken

    def _tell_fetched(self, taken):
        waiting = self.attendance_ids.filtered(
            lambda row: not row.result and row.state != "absent"
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if taken else "warning",
                "title": self.env._("Exam"),
                "message": self.env._(
                    "Scores fetched: %(taken)s. Not taken yet: %(left)s.",
                    taken=format_people_number(self.env, len(taken)),
                    left=format_people_number(self.env, len(waiting - taken)),
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
