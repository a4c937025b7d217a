# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class ClaimWithdraw(models.TransientModel):
    """The dialog that asks for the document by which a claim is withdrawn."""

    _name = "iso10003.claim.withdraw"
    _description = "Withdrawal of a claim"
    _inherit = ["iso10003.withheld"]

    claim_id = fields.Many2one("iso10003.claim", required=True, ondelete="cascade")
    date = fields.Date(
        "Withdrawn on",
        required=True,
        default=lambda self: self._get_company_day(),
        deed=True,
    )
    document = fields.Binary(required=True)
    document_name = fields.Char("Name of the file")
    reason = fields.Text(help="Kept on record; it can be erased if it names people.")

    @api.constrains("claim_id")
    def _check_may_change(self):
        """The dialog shows its claim: not to who may not change it."""
        for withdrawal in self.sudo(False):
            # constraints run with all rights; this one is about those of the user
            withdrawal.claim_id._check_may_change()

    def action_confirm(self):
        """Withdraw the claim; it checks itself whether that may be."""
        self.ensure_one()
        self.claim_id.action_withdraw(
            self.reason, self.document, self.document_name, self.date
        )
        return {"type": "ir.actions.act_window_close"}
