# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _filter_never_told(self):
        """Return those to whom nothing is written at all, in rooms above."""
        return self.browse()
