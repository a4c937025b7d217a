# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class ProviderWithCases(models.Model):
    """A provider is in use as long as something of ours is before it."""

    _inherit = "iso10003.provider"

    def _find_in_use(self, company):
        """Nobody leaves the questions by being archived while a case is there."""
        open_ones = self.env["iso10003.proceeding"].search(
            [
                ("company_id", "=", company.id),
                ("state", "!=", "ended"),
                ("body_id", "!=", False),
            ]
        )
        return (super()._find_in_use(company) | open_ones.body_id).sorted("id")
