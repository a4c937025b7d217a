# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class TrainingCorrection(models.TransientModel):
    """The dialog that asks for the right result, and why it was wrong."""

    _name = "iso10003.training.correction"
    _description = "Correction of a result of training"
    _inherit = ["iso10003.withheld"]

    attendance_id = fields.Many2one(
        "iso10003.training.attendance", required=True, ondelete="cascade"
    )
    attended = fields.Boolean("Was there", default=True)
    score = fields.Float("Score (%)", least=0, most=100)
    reason = fields.Text(
        required=True, help="Kept on record; it can be erased if it names people."
    )

    def action_confirm(self):
        """Correct; the attendance itself checks whether this user may."""
        self.ensure_one()
        self.attendance_id.action_correct(self.score, self.attended, self.reason)
        return {"type": "ir.actions.act_window_close"}
