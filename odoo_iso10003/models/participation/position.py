# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ...core import impartiality


class Position(models.Model):
    """Who approves a position is impartial (4.9)."""

    _inherit = "iso10003.position"

    def _approve(self, leads_on=True):
        self._check_may_approve()
        self.dispute_id.sudo()._lock()  # whoever approves waits in line
        self.dispute_id._pass_impartially(impartiality.AUTHORIZER)
        return super()._approve(leads_on)
