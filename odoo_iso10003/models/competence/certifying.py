# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class Certifying(models.AbstractModel):
    """What decides what holders of roles need or hold: their reminders follow it."""

    _name = "iso10003.certifying"
    _description = "What reminders of certifications follow"

    def _get_holders_domain(self):
        """Return which holders of roles these records concern."""
        raise NotImplementedError

    def _find_holders(self):
        # who must be reminded, whoever certifies
        holders = self.env["iso10003.role.holder"].sudo()
        return holders.search(self._get_holders_domain())

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._find_holders()._plan_reminders()
        return records

    def write(self, vals):
        holders = self._find_holders()
        result = super().write(vals)
        (holders | self._find_holders())._plan_reminders()
        return result

    def unlink(self):
        holders = self._find_holders()
        result = super().unlink()
        holders._plan_reminders()
        return result
