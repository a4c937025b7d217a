# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# what the role asks for and is not held, or not for long
NEEDED = ("missing", "ended", "expiring")


class TrainingPeople(models.TransientModel):
    """Add several people to a session: departments, who needs it, or by name."""

    _name = "iso10003.training.people"
    _description = "People to add to a session"
    _inherit = ["iso10003.withheld"]

    training_id = fields.Many2one(
        "iso10003.training", "Session", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="training_id.company_id")
    department_ids = fields.Many2many(
        "hr.department",
        "iso10003_training_people_department_rel",
        "people_id",
        "department_id",
        "Departments",
        domain="[('company_id', 'in', [company_id, False])]",
        help="With those below them.",
    )
    who_needs = fields.Boolean(
        "Who needs it",
        help="Whose role asks for the certification of the course, and who does not "
        "hold it, or not for long.",
    )
    # as everybody may see them: who plans need not be an HR officer
    employee_ids = fields.Many2many(
        "hr.employee.public",
        "iso10003_training_people_employee_rel",
        "people_id",
        "employee_id",
        "Employees",
        compute="_compute_people",
        store=True,
        readonly=False,
        domain="[('company_id', '=', company_id)]",
    )
    partner_ids = fields.Many2many(
        "res.partner",
        "iso10003_training_people_partner_rel",
        "people_id",
        "partner_id",
        "Contacts from outside",
        compute="_compute_people",
        store=True,
        readonly=False,
    )

    @api.depends("department_ids", "who_needs", "training_id")
    def _compute_people(self):
        for dialog in self:
            needing = dialog._find_needing()
            seated = dialog.training_id.attendance_ids
            found = dialog._find_in_departments() | dialog.employee_ids.browse(
                needing.employee_id.ids
            )
            dialog.employee_ids = found - found.browse(seated.employee_id.ids)
            dialog.partner_ids = needing.partner_id - seated.partner_id

    def _find_in_departments(self):
        people = self.employee_ids.browse()
        if not self.department_ids:
            return people
        return people.search(
            [
                ("department_id", "child_of", self.department_ids.ids),
                ("company_id", "=", self.company_id.id),
            ]
        )

    def _find_needing(self):
        """Return the rows of the competence matrix that the course would meet."""
        rows = self.env["iso10003.competence"]
        course = self.training_id.course_id
        if not (self.who_needs and course.skill_id):
            return rows
        return rows.search(
            Domain("company_id", "=", self.company_id.id)
            & Domain("skill_id", "=", course.skill_id.id)
            & Domain("state", "in", NEEDED)
            & Domain("level_id.level_progress", "<=", course.level_id.level_progress)
        )

    def action_confirm(self):
        """Add them; who is in the session already is not added again."""
        self.ensure_one()
        seated = self.training_id.attendance_ids
        employees = set(self.employee_ids.ids) - set(seated.employee_id.ids)
        partners = self.partner_ids - seated.partner_id
        if not (employees or partners):
            raise UserError(
                self.env._(
                    "Nobody to add to session %(number)s: choose people, or a "
                    "department with somebody who is not in it yet.",
                    number=self.training_id.name,
                )
            )
        seats = [{"employee_id": employee} for employee in sorted(employees)]
        seats += [{"partner_id": partner.id} for partner in partners]
        self.env["iso10003.training.attendance"].create(
            [{"training_id": self.training_id.id, **seat} for seat in seats]
        )
        return {"type": "ir.actions.act_window_close"}
