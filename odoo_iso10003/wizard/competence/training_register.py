# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class TrainingRegister(models.TransientModel):
    """Which people and which period the printed training register is about."""

    _name = "iso10003.training.register"
    _description = "Training register, to be printed"
    _inherit = ["iso10003.withheld"]

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    date_from = fields.Date(
        "From",
        required=True,
        default=lambda self: fields.Date.context_today(self) - relativedelta(years=1),
    )
    date_to = fields.Date("Until", required=True, default=fields.Date.context_today)
    # as everybody may see them: who prints the register need not be an HR officer
    employee_ids = fields.Many2many(
        "hr.employee.public",
        "iso10003_training_register_employee_rel",
        "register_id",
        "employee_id",
        string="Employees",
        domain="[('company_id', '=', company_id)]",
        help="Nobody chosen: everybody whose training you may see.",
    )
    partner_ids = fields.Many2many("res.partner", string="Contacts from outside")

    _dates_in_order = models.Constraint(
        "CHECK (date_to >= date_from)", "The period ends after it begins."
    )

    @api.depends("date_from", "date_to")
    def _compute_display_name(self):
        for dialog in self:
            dialog.display_name = f"{dialog.date_from} – {dialog.date_to}"

    def action_print(self):
        self.ensure_one()
        if not self._get_attendances():
            raise UserError(
                self.env._(
                    "There is no training of these people in this period that you "
                    "may see."
                )
            )
        return self.env.ref("odoo_iso10003.training_register_report").report_action(
            self
        )

    def _get_attendances(self):
        """Return the attendances of the period that the user may see."""
        domain = (
            Domain("company_id", "=", self.company_id.id)
            & Domain("date_start", ">=", self.date_from)
            & Domain("date_start", "<", self.date_to + relativedelta(days=1))
            & Domain("training_id.state", "=", "held")
        )
        if self.employee_ids or self.partner_ids:
            domain &= Domain("employee_id", "in", self.employee_ids.ids) | Domain(
                "partner_id", "in", self.partner_ids.ids
            )
        return self.env["iso10003.training.attendance"].search(
            domain, order="date_start, id"
        )
