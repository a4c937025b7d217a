# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    deceased_date = fields.Date(
        "Died on",
        groups="odoo_iso10003.group_reader",
        copy=False,
        deed=True,
        help="Nothing is written to them any more.",
    )

    def _find_preserving(self):
        """Who takes part in a file that holds its records is held with it."""
        # who takes part is asked for the file, and for nobody else
        parties = self.env["iso10003.party"].sudo()
        held = {}
        for party in parties.search([("partner_id", "in", self.ids)]):
            for holder in party._find_preserving().values():
                held[party.partner_id] = holder
        return held

    @api.constrains("active")
    def _check_active_while_held(self):
        self.filtered(lambda partner: not partner.active)._refuse_preserved()

    def _filter_never_told(self):
        """Nobody who has died is written to."""
        # asked for whoever writes
        died = self.filtered(lambda partner: partner.sudo().deceased_date)
        return super()._filter_never_told() | died
