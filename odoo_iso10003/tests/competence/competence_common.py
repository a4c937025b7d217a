# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import fields

from ..common import ADDON


class CompetencePeople:
    """Who has employees, which role asks for what, and a course that grants it.

    Mixed into a test case that has the people of ``common.py``. Roles of the company
    require nothing before :meth:`_require`.
    """

    @classmethod
    def _set_up_competence(cls):
        Role = cls.env["iso10003.role"]
        cls.roles = {
            role.code: role
            for role in Role.search([("company_id", "=", cls.company.id)])
        }
        for role in cls.roles.values():
            role.holder_ids.unlink()
            role.requirement_ids.unlink()
        cls.kind = cls.env["hr.skill.type"].create(
            {"name": "Test certifications", "is_certification": True}
        )
        cls.basic, cls.good = cls.env["hr.skill.level"].create(
            [
                {
                    "name": name,
                    "skill_type_id": cls.kind.id,
                    "level_progress": progress,
                    "default_level": progress == 80,
                }
                for name, progress in (("Basic", 40), ("Good", 80))
            ]
        )
        cls.fairness = cls._new_skill("Fair resolution")
        cls.judging = cls._new_skill("Judging merits")
        cls.officer = cls._new_user("officer", "hr.group_hr_user")
        cls.employees = {
            user: cls._new_employee(user)
            for user in (cls.handler, cls.evaluator, cls.manager, cls.chief)
        }

    @classmethod
    def _new_skill(cls, name):
        return cls.env["hr.skill"].create({"name": name, "skill_type_id": cls.kind.id})

    @classmethod
    def _new_employee(cls, user, **values):
        return cls.env["hr.employee"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "company_id": cls.company.id,
                "tz": "UTC",
                **values,
            }
        )

    @classmethod
    def _need(cls, code, skill=None, level=None, role=None):
        """List a certification for a role, without requiring it yet."""
        return cls.env["iso10003.role.requirement"].create(
            {
                "role_id": (role or cls.roles[code]).id,
                "skill_id": (skill or cls.fairness).id,
                "level_id": (level or cls.good).id,
            }
        )

    @classmethod
    def _require(cls, code, skill=None, level=None):
        """Let a role require a certification, as a manager does."""
        requirement = cls._need(code, skill, level)
        cls.roles[code].with_user(cls.manager).action_require()
        return requirement

    @classmethod
    def _certify(cls, employee, skill=None, level=None, start=None, end=None):
        return cls.env["hr.employee.skill"].create(
            {
                "employee_id": employee.id,
                "skill_type_id": cls.kind.id,
                "skill_id": (skill or cls.fairness).id,
                "skill_level_id": (level or cls.good).id,
                "valid_from": start or fields.Date.today() - relativedelta(years=1),
                "valid_to": end or False,
            }
        )

    @classmethod
    def _certify_contact(cls, partner, skill=None, start=None, end=None):
        return cls.env["iso10003.contact.certification"].create(
            {
                "partner_id": partner.id,
                "skill_type_id": cls.kind.id,
                "skill_id": (skill or cls.fairness).id,
                "skill_level_id": cls.good.id,
                "valid_from": start or fields.Date.today() - relativedelta(years=1),
                "valid_to": end or False,
            }
        )

    @classmethod
    def _new_course(cls, **values):
        return cls.env["iso10003.course"].create(
            {
                "name": "Resolving fairly",
                "company_id": cls.company.id,
                "skill_id": cls.fairness.id,
                "level_id": cls.good.id,
                "validity_months": 12,
                "pass_mark": 60,
                "evaluation_days": 30,
                **values,
            }
        )

    @classmethod
    def _new_session(cls, course, user=None, **values):
        Training = cls.env["iso10003.training"].with_user(user or cls.manager)
        now = fields.Datetime.now()
        return Training.create(
            {
                "course_id": course.id,
                "company_id": cls.company.id,
                "date_start": now - relativedelta(hours=6),
                "date_end": now - relativedelta(hours=2),
                **values,
            }
        )

    @classmethod
    def _seat(cls, session, employee, **values):
        return session.env["iso10003.training.attendance"].create(
            {"training_id": session.id, "employee_id": employee.id, **values}
        )

    @classmethod
    def _door(cls):
        return cls.env["iso10003.role"].with_user(cls.handler)


__all__ = ["ADDON", "CompetencePeople"]
