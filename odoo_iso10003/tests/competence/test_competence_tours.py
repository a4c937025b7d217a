# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..common import DisputePeople
from .competence_common import CompetencePeople


@tagged("-at_install", "post_install")
class TestCompetenceTours(CompetencePeople, DisputePeople, HttpCase):
    """What people do on their screens, in Chromium."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_people()
        cls._set_up_competence()
        cls.course = cls._new_course()

    def test_a_manager_plans_a_session_and_certifies_who_passes(self):
        self.start_tour(
            "/odoo/training-sessions",
            "odoo_iso10003_training_tour",
            login=self.manager.login,
            timeout=120,
        )
        row = self.course.training_ids.attendance_ids
        self.assertEqual((row.result, row.score), ("passed", 85))
        self.assertEqual(
            row.employee_skill_id.employee_id, self.employees[self.handler]
        )

    def test_an_assignment_is_refused_and_after_training_allowed(self):
        self._require("handler")
        later = fields.Datetime.now() + timedelta(days=3)
        self._new_session(
            self.course, date_start=later, date_end=later + timedelta(hours=4)
        )
        ticket = f"/odoo/helpdesk-tickets/{self.ticket.id}"
        self.start_tour(
            ticket,
            "odoo_iso10003_competence_refused_tour",
            login=self.handler.login,
            timeout=60,
        )
        self.assertFalse(self.ticket.dispute_ids)
        session = self._new_session(self.course)
        self._seat(session, self.employees[self.handler], state="attended", score=90)
        session.action_record_results()
        self.start_tour(
            ticket,
            "odoo_iso10003_competence_allowed_tour",
            login=self.handler.login,
            timeout=60,
        )
        self.assertEqual(self.ticket.dispute_ids.user_id, self.handler)

    def test_an_employee_finds_the_own_certificate(self):
        session = self._new_session(self.course)
        self._seat(
            session, self._new_employee(self.employee), state="attended", score=90
        )
        session.action_record_results()
        self.start_tour(
            "/odoo/action-hr.hr_employee_public_action",
            "odoo_iso10003_my_training_tour",
            login=self.employee.login,
            timeout=60,
        )
