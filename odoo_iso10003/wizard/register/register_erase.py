# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class RegisterErase(models.TransientModel):
    """The dialog in which a manager erases free texts of the register, and says why."""

    _name = "iso10003.register.erase"
    _description = "Erasing texts of the register"
    _inherit = ["iso10003.withheld"]

    register_ids = fields.Many2many("iso10003.register", string="Rows", readonly=False)
    reason = fields.Text(
        required=True,
        help="Kept on record, such as the request of the person and its date. "
        "Do not repeat here what is to be erased.",
    )

    def action_confirm(self):
        """Erase; the register itself checks whether this user may."""
        self.ensure_one()
        self.register_ids.action_erase_texts(self.reason)
        self._note_in_lookup()
        return {"type": "ir.actions.act_window_close"}

    def _note_in_lookup(self):
        """Mark what a privacy lookup listed as done."""
        lines = self.env["privacy.lookup.wizard.line"].browse(
            self.env.context.get("privacy_line_ids") or ()
        )
        lines._note_erased()
