# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class ConsentWithdraw(models.TransientModel):
    """The dialog that asks why a consent holds no more, and what that stops."""

    _name = "iso10003.consent.withdraw"
    _description = "Withdrawal of a consent"
    _inherit = ["iso10003.withheld"]

    consent_id = fields.Many2one("iso10003.consent", required=True, ondelete="cascade")
    mistake = fields.Boolean(
        "It was noted by mistake", help="There was no such consent."
    )
    date = fields.Date(
        "Withdrawn on",
        required=True,
        default=lambda self: self._get_company_day(),
        deed=True,
    )
    effect = fields.Text(
        "What stops, and what goes on",
        default=lambda self: self.env._(
            "The resolution outside stops for them. What they claim stays on record, "
            "and other ways stay open to them."
        ),
    )
    document = fields.Binary("Document or scan")
    document_name = fields.Char("Name of the file")
    reason = fields.Text(help="Kept on record; it can be erased if it names people.")

    @api.constrains("consent_id")
    def _check_may_note(self):
        """The dialog shows its consent: not to who may not note it."""
        for withdrawal in self.sudo(False):
            # constraints run with all rights; this one is about those of the user
            withdrawal.consent_id._check_may_note()

    def action_confirm(self):
        """Note it; the consent checks itself whether that may be."""
        self.ensure_one()
        self.consent_id.action_withdraw(
            self.reason,
            self.effect,
            self.date,
            self.document,
            self.document_name,
            self.mistake,
        )
        return {"type": "ir.actions.act_window_close"}
