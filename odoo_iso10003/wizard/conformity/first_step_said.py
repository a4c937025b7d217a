# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class FirstStepSaid(models.TransientModel):
    """Ask who did what no record shows, and how: it stays in the register."""

    _name = "iso10003.first.step.said"
    _description = "What was done outside"
    _inherit = ["iso10003.withheld"]

    code = fields.Selection(
        [
            ("backup", "A backup, restored on trial"),
            ("head", "An end of the register, noted outside"),
        ],
        "Step",
        required=True,
    )
    note = fields.Text(
        "What was done",
        required=True,
        help="Which backup was restored where, or which end is kept where, and by whom",
    )

    def action_say(self):
        """Keep in the register of the company that it was done."""
        self.ensure_one()
        self.env["iso10003.first.step"]._note_said(self.code, self.note)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.first_step_action"
        )
