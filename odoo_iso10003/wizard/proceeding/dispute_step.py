# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ...models.proceeding.concluded import JOINING


class DisputeStep(models.TransientModel):
    """An early end asks for what it rests on (7.7)."""

    _inherit = "iso10003.dispute.step"

    withdrawal = fields.Binary("Document of the withdrawal", attachment=False)
    withdrawal_name = fields.Char("Name of the file")
    joined_id = fields.Many2one("iso10003.dispute", "File that goes on")

    def _take_close(self, dispute):
        if self.early_end == "withdrawn" and self.withdrawal:
            dispute.action_record_withdrawal(self.withdrawal, self.withdrawal_name)
        if self.early_end in JOINING and self.joined_id:
            dispute.action_join(self.joined_id.id)
        return super()._take_close(dispute)
