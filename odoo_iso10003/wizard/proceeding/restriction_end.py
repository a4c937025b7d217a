# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class RestrictionEnd(models.TransientModel):
    """The dialog that asks why a restriction ends."""

    _name = "iso10003.restriction.end"
    _description = "End of a restriction"
    _inherit = ["iso10003.withheld"]

    restriction_id = fields.Many2one(
        "iso10003.restriction", required=True, ondelete="cascade"
    )
    reason = fields.Text(
        required=True, help="Kept on record; it can be erased if it names people."
    )

    @api.constrains("restriction_id")
    def _check_may_write(self):
        """The dialog shows its restriction: not to who may not end it."""
        for dialog in self.sudo(False):
            # constraints run with all rights; this one is about those of the user
            dialog.restriction_id.check_access("write")

    def action_confirm(self):
        self.ensure_one()
        self.restriction_id.action_end(self.reason)
        return {"type": "ir.actions.act_window_close"}
