# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError


class Attendance(models.Model):
    """One person in one session, from the invitation to the certificate."""

    _name = "iso10003.training.attendance"
    _description = "Attendance of a training session"
    _inherit = ["iso10003.guarded", "iso10003.registered.part"]
    _order = "date_start desc, id desc"
    _rec_name = "certificate_number"
    _check_company_auto = True
    _part_event = "attendance"
    _part_path = "training_id"

    # what a recorded result stands on
    _frozen_fields = ("state", "score", "employee_id", "partner_id")

    training_id = fields.Many2one(
        "iso10003.training",
        "Session",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    company_id = fields.Many2one(related="training_id.company_id", store=True)
    course_id = fields.Many2one(related="training_id.course_id", store=True, index=True)
    date_start = fields.Datetime(
        related="training_id.date_start", store=True, string="When"
    )
    training_state = fields.Selection(
        related="training_id.state", string="State of the session"
    )
    employee_id = fields.Many2one(
        "hr.employee",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        sealed=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Contact from outside",
        index="btree_not_null",
        ondelete="restrict",
        sealed=True,
    )
    person_name = fields.Char("Person", compute="_compute_person_name")
    state = fields.Selection(
        [
            ("listed", "To invite"),
            ("invited", "Invited"),
            ("confirmed", "Confirmed"),
            ("attended", "Attended"),
            ("absent", "Absent"),
        ],
        required=True,
        default="listed",
        index=True,
    )
    score = fields.Float("Score (%)", aggregator="avg", least=0, most=100)
    reason = fields.Char(
        help="Why somebody was absent, failed, or has a score of zero."
    )

    _one_person = models.Constraint(
        "CHECK ((employee_id IS NULL) <> (partner_id IS NULL))",
        "An employee attends, or a contact from outside: choose one of them.",
    )
    _employee_once = models.UniqueIndex(
        "(training_id, employee_id) WHERE employee_id IS NOT NULL",
        "This employee is in the session already.",
    )
    _partner_once = models.UniqueIndex(
        "(training_id, partner_id) WHERE partner_id IS NOT NULL",
        "This contact is in the session already.",
    )
    _score_percent = models.Constraint(
        "CHECK (score BETWEEN 0 AND 100)", "A score is a percentage: 0 to 100."
    )

    @api.depends("employee_id.name", "partner_id.name")
    def _compute_person_name(self):
        for row in self:
            row.person_name = (
                row.employee_id.display_name or row.partner_id.display_name
            )

    @api.depends("training_id.display_name", "employee_id", "partner_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = " · ".join(
                part for part in (row.training_id.display_name, row.person_name) if part
            )

    @api.constrains("training_id", "state")
    def _check_seats(self):
        sessions = self.training_id.filtered("capacity")
        for session in sessions:
            if session.seats_taken > session.capacity:
                raise ValidationError(
                    self.env._(
                        "Session %(number)s has %(seats)s seats, and %(taken)s people "
                        "are in it. Take a larger room, or another session.",
                        number=session.name,
                        seats=session.capacity,
                        taken=session.seats_taken,
                    )
                )

    # ------------------------------------------------------------
    # A recorded result stands
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        for session in rows.training_id:
            if session.state == "cancelled":
                session._check_state("planned", "held")
        return rows

    def write(self, vals):
        self._check_evaluation_kept(vals)
        self._check_result_kept(vals)
        return super().write(vals)

    def _check_result_kept(self, vals):
        names = [name for name in self._frozen_fields if name in vals]
        for row in self.filtered("result") if names else ():
            if any(row._would_change(name, vals[name]) for name in names):
                raise UserError(
                    self.env._(
                        "The result of %(person)s in %(session)s is recorded. "
                        "Correct it with the button, and a reason.",
                        person=row.person_name,
                        session=row.training_id.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_without_result(self):
        for row in self.filtered("result"):
            raise UserError(
                self.env._(
                    "%(person)s has a result in %(session)s, which stays on record.",
                    person=row.person_name,
                    session=row.training_id.name,
                )
            )

    # ------------------------------------------------------------
    # People
    # ------------------------------------------------------------

    def _get_partners(self):
        """Return whom to write to."""
        # addresses at work are looked up for the invitation, not shown
        rows = self.sudo()
        employees = rows.employee_id
        without_contact = employees.filtered(
            lambda employee: not employee.user_id and not employee.work_contact_id
        )
        without_contact._create_work_contacts()
        return (
            rows.partner_id
            | employees.user_id.partner_id
            | employees.filtered(lambda employee: not employee.user_id).work_contact_id
        )

    def _get_users(self):
        # whose record it is, whoever may read employees
        rows = self.sudo()
        return rows.employee_id.user_id | rows.partner_id.user_ids

    def action_confirm(self):
        """Say that one comes: for oneself, or for others by who manages training."""
        for row in self:
            row.check_access("read")
            # everybody answers the own invitation; others need the right to write
            own = self.env.user in row._get_users()
            if not own and not row.has_access("write"):
                raise AccessError(
                    self.env._(
                        "The invitation of %(person)s is not yours to answer.",
                        person=row.person_name,
                    )
                )
            if row.state not in ("listed", "invited"):
                raise UserError(
                    self.env._(
                        "%(person)s has answered already, or the session is over.",
                        person=row.person_name,
                    )
                )
            row.training_id._check_state("planned")
            row.sudo().write({"state": "confirmed"})  # checked above
