# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class RoadmapPlan(models.TransientModel):
    """Ask when the way to readiness begins and how long it takes."""

    _name = "iso10003.roadmap.plan"
    _description = "Plan the steps to readiness"
    _inherit = ["iso10003.withheld"]

    date_from = fields.Date(
        "Begins on", required=True, default=fields.Date.context_today
    )
    months = fields.Selection(
        [("2", "Two months"), ("3", "Three months"), ("4", "Four months")],
        "Takes",
        required=True,
        default="3",
    )

    def action_plan(self):
        self.ensure_one()
        return self.env["iso10003.roadmap"].action_plan(
            self.date_from, int(self.months)
        )
