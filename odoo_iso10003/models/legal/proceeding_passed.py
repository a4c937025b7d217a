# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class ProceedingPassed(models.Model):
    """What a body passes on to an authority or a court is a referral from then on."""

    _inherit = "iso10003.proceeding"

    def _open_passed_on(self, reason):
        super()._open_passed_on(reason)
        dispute = self.dispute_id
        handed_over = self.env["iso10003.dispute.refer"].create(
            {
                "dispute_id": dispute.id,
                "side": "complainant",  # nobody asked us whether we go
                "basis": "answer",
                "reason": reason,
                "amount": dispute.amount_claimed,
                "currency_id": dispute.currency_id.id,
            }
        )
        return handed_over.action_confirm()
