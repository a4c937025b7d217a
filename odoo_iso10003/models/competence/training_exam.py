# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class CourseExam(models.Model):
    """An exam on line, where the Surveys app is installed.

    The app is no dependency. The course keeps the number of the survey only, and
    all that reads it looks first whether the app is there; so nothing is left
    dangling when it is removed.
    """

    _inherit = "iso10003.course"

    exam_number = fields.Integer(
        "Number of the exam", copy=True, readonly=True, aggregator=None
    )
    exam = fields.Reference(
        lambda self: self._get_exam_models(),
        compute="_compute_exam",
        inverse="_inverse_exam",
        help="A survey with a score. Its results are fetched into the session.",
    )
    exam_possible = fields.Boolean(compute="_compute_exam")

    @api.model
    def _get_exam_models(self):
        there = "survey.survey" in self.env
        return [("survey.survey", self.env._("Survey"))] if there else []

    @api.depends("exam_number")
    def _compute_exam(self):
        there = "survey.survey" in self.env
        for course in self:
            survey = course._get_exam()
            course.exam_possible = there
            course.exam = survey and f"survey.survey,{survey.id}"

    def _inverse_exam(self):
        for course in self:
            course.exam_number = course.exam.id if course.exam else False

    def _get_exam(self):
        """Return the survey, or nothing without one or without the app."""
        if "survey.survey" not in self.env or not self.exam_number:
            return None
        # who takes the course may know its exam; the survey decides who may take it
        return self.env["survey.survey"].sudo().browse(self.exam_number).exists()


class TrainingExam(models.Model):
    """Where the exam of a session is taken, and its results."""

    _inherit = "iso10003.training"

    exam_url = fields.Char("Exam at", compute="_compute_exam_url")

    @api.depends("course_id.exam_number")
    def _compute_exam_url(self):
        for training in self:
            survey = training.course_id._get_exam()
            training.exam_url = (
                survey and survey.get_base_url() + survey.get_start_url()
            )

    def action_fetch_exam(self):
        """Take the latest score of each person from the exam."""
        for training in self:
            training.check_access("write")
            training._check_state("planned", "held")
            survey = training.course_id._get_exam()
            if not survey:
                raise UserError(
                    self.env._(
                        "Course “%(course)s” has no exam: choose one in the course, "
                        "or enter the scores by hand.",
                        course=training.course_id.name,
                    )
                )
            training._fetch_scores(survey)

    def _fetch_scores(self, survey):
        if not self.env["hr.employee.skill"]._user_may_certify():
            raise AccessError(
                self.env._("An HR officer or a dispute manager fetches exam results.")
            )
        rows = self.attendance_ids.filtered(lambda row: not row.result)
        # the scores of these people in this exam, and nothing else of their answers
        inputs = self.env["survey.user_input"].sudo()
        inputs = inputs.search(
            [
                ("survey_id", "=", survey.id),
                ("state", "=", "done"),
                ("test_entry", "=", False),
                ("end_datetime", ">=", self.date_start),
                ("partner_id", "in", rows._get_partners().ids),
            ],
            order="end_datetime",
        )
        latest = {answer.partner_id: answer for answer in inputs}
        for row in rows:
            for partner in row._get_partners() & inputs.partner_id:
                row.write(
                    {
                        "state": "attended",
                        "score": min(max(latest[partner].scoring_percentage, 0), 100),
                    }
                )
