# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class WayChange(models.TransientModel):
    """The dialog that asks by which other method and provider a file is resolved."""

    _name = "iso10003.way.change"
    _description = "Change of method and provider"
    _inherit = ["iso10003.withheld"]

    dispute_id = fields.Many2one("iso10003.dispute", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="dispute_id.company_id")
    method_id = fields.Many2one(
        "iso10003.method",
        required=True,
        domain="[('company_id', 'in', [False, company_id]), "
        "('own_ids', 'not any', [('company_id', '=', company_id)])]",
    )
    provider_id = fields.Many2one(
        "iso10003.provider",
        "Led by",
        required=True,
        domain="[('company_id', '=', company_id)]",
    )
    reason = fields.Text(help="Kept on record; it can be erased if it names people.")

    @api.constrains("dispute_id")
    def _check_may_answer(self):
        """The dialog shows its file: not to who may not lead it."""
        for change in self.sudo(False):
            # constraints run with all rights; this one is about those of the user
            change.dispute_id.check_access("write")

    def action_confirm(self):
        """Change the way; the dispute itself checks whether that may be."""
        self.ensure_one()
        self.dispute_id.action_change_way(
            self.method_id.id, self.provider_id.id, self.reason
        )
        return {"type": "ir.actions.act_window_close"}
