# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

# a proposed session is so many days before the first certification ends
DAYS_BEFORE_END = 30


class CompetencePlan(models.Model):
    """Who must be trained by when, and the sessions that follow from it (6.4)."""

    _inherit = "iso10003.competence"

    due_date = fields.Date(
        "Trained by",
        compute="_compute_plan",
        help="The last day of what is held; today, where nothing is held.",
    )
    course_id = fields.Many2one("iso10003.course", compute="_compute_plan")
    training_id = fields.Many2one(
        "iso10003.training",
        "In the session",
        compute="_compute_plan",
        help="The next planned session that grants it and has this person in it.",
    )

    @api.depends("skill_id", "level_id", "expires_on")
    @api.depends_context("uid", "company")
    def _compute_plan(self):
        today = fields.Date.context_today(self)
        courses = self._find_courses()
        booked = self._find_booked()
        for row in self:
            row.due_date = row.skill_id and max(row.expires_on or today, today)
            if row.state == "valid" and not row.expires_on:
                row.due_date = False
            row.course_id = row._choose_course(courses)
            row.training_id = booked.get(
                (row.employee_id.id, row.partner_id.id, row.skill_id.id)
            )

    def _find_courses(self):
        return self.env["iso10003.course"].search(
            [
                ("skill_id", "in", self.skill_id.ids),
                ("company_id", "in", self.company_id.ids),
            ]
        )

    def _choose_course(self, courses):
        return courses.filtered(
            lambda course: (
                course.company_id == self.company_id
                and course.skill_id == self.skill_id
                and course.level_id.level_progress >= self.level_id.level_progress
            )
        )[:1]

    def _find_booked(self):
        """Return ``{(employee, contact, skill): session}`` of what is planned."""
        rows = self.env["iso10003.training.attendance"].search(
            [
                ("training_id.state", "=", "planned"),
                ("training_id.date_end", ">", fields.Datetime.now()),
                ("course_id.skill_id", "in", self.skill_id.ids),
                "|",
                ("employee_id", "in", self.employee_id.ids),
                ("partner_id", "in", self.partner_id.ids),
            ],
            order="date_start desc",
        )
        return {
            (
                row.employee_id.id,
                row.partner_id.id,
                row.course_id.skill_id.id,
            ): row.training_id
            for row in rows
        }

    def action_propose_sessions(self):
        """Plan a session for each course that these people need, before the first end.

        Who is in a session already is left out; who finds a seat in a planned one is
        put there.
        """
        self.env["iso10003.training"].check_access("create")
        needing = self.filtered(
            lambda row: (
                row.state in ("ended", "missing", "expiring") and not row.training_id
            )
        )
        sessions = self.env["iso10003.training"]
        for course, rows in needing.grouped("course_id").items():
            if course:
                sessions |= rows._book(course)
        if not sessions:
            raise UserError(
                self.env._(
                    "There is nothing to plan: these people are in a session, or no "
                    "course grants what they need."
                )
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.training_action"
        )
        return {**action, "domain": [("id", "in", sessions.ids)], "context": {}}

    def _book(self, course):
        """Put these people into sessions of ``course``, planning one where needed."""
        people = list(dict.fromkeys((row.employee_id, row.partner_id) for row in self))
        sessions = self.env["iso10003.training"].search(
            [
                ("course_id", "=", course.id),
                ("state", "=", "planned"),
                ("date_start", ">", fields.Datetime.now()),
            ],
            order="date_start",
        )
        used = sessions.browse()
        for session in sessions:
            seats = session.seats_left if session.capacity else len(people)
            used |= session if self._seat(session, people[:seats]) else used
            people = people[seats:]
        if people:
            session = sessions.create(self._prepare_session_vals(course))
            self._seat(session, people)
            used |= session
        return used

    def _seat(self, session, people):
        return self.env["iso10003.training.attendance"].create(
            [
                {
                    "training_id": session.id,
                    "employee_id": employee.id,
                    "partner_id": partner.id,
                }
                for employee, partner in people
            ]
        )

    def _prepare_session_vals(self, course):
        first_end = min(row.due_date for row in self if row.due_date)
        today = fields.Date.context_today(self)
        day = max(
            first_end - timedelta(days=DAYS_BEFORE_END), today + timedelta(days=7)
        )
        # a start to be moved: in the morning, where most companies work
        return {
            "course_id": course.id,
            "company_id": course.company_id.id,
            "date_start": datetime.combine(day, time(8)),
        }
