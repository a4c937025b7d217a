# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class Evaluation(models.Model):
    """Who submits a sheet confirms with it that they are impartial (4.9)."""

    _inherit = "iso10003.evaluation"

    def action_submit(self):
        for dispute in self.dispute_id:
            dispute._confirm_own()
        return super().action_submit()
