# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError

from ..mixin.cached import kept


class EmployeeSkill(models.Model):
    """Nobody certifies oneself for a role.

    ``hr_skills`` lets employees keep their own skills. What a role needs, or a
    course grants, comes from passed training or from who is in charge of people.
    """

    _name = "hr.employee.skill"
    _inherit = ["hr.employee.skill", "iso10003.certifying"]

    @api.model
    @kept()
    def _get_controlled_skill_ids(self):
        requirements = self.env["iso10003.role.requirement"]
        # what former courses granted counts as well
        courses = self.env["iso10003.course"].with_context(active_test=False)
        return frozenset(
            requirements.search([]).skill_id.ids + courses.search([]).skill_id.ids  # pylint: disable=no-search-all
        )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_may_certify({vals.get("skill_id") for vals in vals_list})
        skills = super().create(vals_list)
        # a skill may also come from the default of its type
        skills._check_may_certify(skills.skill_id.ids)
        skills._check_certifies_others()
        return skills

    def write(self, vals):
        self._check_may_certify(self.skill_id.ids + [vals.get("skill_id")])
        self._check_certifies_others()
        result = super().write(vals)
        self._check_certifies_others()
        return result

    def _check_certifies_others(self):
        """Nobody certifies oneself, whatever rights on people one has."""
        if self.env.su:  # passed training grants it, see attendance_result.py
            return
        self.env["iso10003.segregated"]._refuse_own(
            "certifier_self", self._filter_controlled()._get_people()
        )

    def _check_given_by_others(self):
        """Nor does anybody become the employee whom they certified."""
        for skill in self._filter_controlled():
            self.env["iso10003.segregated"]._refuse_own(
                "certifier_self",
                skill._get_people(),
                skill.create_uid | skill.write_uid,
            )

    def _filter_controlled(self):
        controlled = self._get_controlled_skill_ids()
        return self.filtered(lambda skill: skill.skill_id.id in controlled)

    def _get_holders_domain(self):
        return [("employee_id", "in", self.employee_id.ids)]

    def _get_people(self):
        # whose they are is looked at, and not shown
        people = self.sudo().employee_id
        return people.user_id.partner_id | people.work_contact_id

    def unlink(self):
        self._check_may_certify(self.skill_id.ids)
        return super().unlink()

    @api.model
    def _check_may_certify(self, skill_ids):
        controlled = self._get_controlled_skill_ids().intersection(skill_ids)
        if not controlled or self.env.su or self._user_may_certify():
            return
        skills = self.env["hr.skill"].browse(controlled)
        raise AccessError(
            self.env._(
                "“%(skills)s” is a certification for roles in dispute resolution: it "
                "comes from passed training, or an HR officer or a dispute manager "
                "enters it.",
                skills=", ".join(skills.mapped("name")),
            )
        )

    @api.model
    def _user_may_certify(self):
        return self.env.user.has_groups("hr.group_hr_user,odoo_iso10003.group_manager")


class Employee(models.Model):
    _inherit = "hr.employee"

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"user_id", "work_contact_id"}:
            # who certified whom is asked for, whoever writes
            self.sudo().employee_skill_ids._check_given_by_others()
        if vals.keys() & {"active", "user_id", "work_contact_id"}:
            self._plan_holders()
        return result

    def _plan_holders(self):
        # who must be reminded, whoever changes people
        holders = self.env["iso10003.role.holder"].sudo()
        holders.search([("employee_id", "in", self.ids)])._plan_reminders()
