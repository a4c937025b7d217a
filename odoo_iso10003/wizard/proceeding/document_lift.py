# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class DocumentLift(models.TransientModel):
    """The dialog that asks on what ground the mark of a document is lifted."""

    _name = "iso10003.document.lift"
    _description = "Lifting of the mark without prejudice"
    _inherit = ["iso10003.withheld"]

    document_id = fields.Many2one(
        "iso10003.document", required=True, ondelete="cascade"
    )
    file_id = fields.Many2one(related="document_id.file_id")
    ground = fields.Selection(
        [("both", "Both sides agree, in a document"), ("law", "A law says so")],
        required=True,
        default="both",
    )
    basis_id = fields.Many2one(
        "iso10003.document", "Their document", ondelete="cascade"
    )
    reason = fields.Text("What they agreed, or which law", required=True)

    @api.constrains("document_id")
    def _check_may_lift(self):
        """The dialog shows its document: not to who may not lift its mark."""
        for dialog in self.sudo(False):
            # constraints run with all rights; this one is about those of the user
            dialog.document_id._check_may_lift()

    def action_confirm(self):
        self.ensure_one()
        self.document_id.action_lift_mark(self.ground, self.reason, self.basis_id.id)
        return {"type": "ir.actions.act_window_close"}
