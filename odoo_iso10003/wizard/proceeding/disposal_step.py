# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class DisposalStep(models.TransientModel):
    """The dialog in which somebody else decides about a disposal."""

    _name = "iso10003.disposal.step"
    _description = "Decision about a disposal"
    _inherit = ["iso10003.withheld"]

    disposal_id = fields.Many2one(
        "iso10003.disposal", required=True, ondelete="cascade"
    )
    answer = fields.Selection(
        [("approve", "Destroy what it said"), ("keep", "Keep it on")],
        "Decision",
        required=True,
        default="approve",
    )
    until = fields.Date("Kept until", help="The last day it is kept.")
    reason = fields.Text(
        required=True, help="It stays on record, here and in the register: name nobody."
    )

    @api.constrains("disposal_id")
    def _check_may_decide(self):
        """The dialog shows its disposal: not to who may not decide it."""
        for dialog in self.sudo(False):
            # constraints run with all rights; this one is about those of the user
            dialog.disposal_id._check_may_decide()

    def action_confirm(self):
        self.ensure_one()
        if self.answer == "keep":
            self.disposal_id.action_keep(self.until, self.reason)
        else:
            self.disposal_id.action_approve(self.reason)
        return {"type": "ir.actions.act_window_close"}
