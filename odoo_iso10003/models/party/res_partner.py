# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    deceased_date = fields.Date(
        "Died on",
        groups="odoo_iso10003.group_reader",
        copy=False,
        deed=True,
        help="Nothing is written to them any more.",
    )

    def _filter_never_told(self):
        """Nobody who has died is written to."""
        # asked for whoever writes
        died = self.filtered(lambda partner: partner.sudo().deceased_date)
        return super()._filter_never_told() | died
