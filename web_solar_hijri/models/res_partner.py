# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.modules.db import FunctionStatus
from odoo.tools import sql

# by what contacts are searched: if one of these had no index, all would be read
SEARCHED = (
    "company_registry",
    "complete_name",
    "email",
    "name",
    "phone",
    "ref",
    "vat",
)


class ResPartner(models.Model):
    _inherit = "res.partner"

    def init(self):
        if self.pool.has_trigram and self.pool.has_unaccent == FunctionStatus.INDEXABLE:
            for name in SEARCHED:
                sql.create_index(
                    self.env.cr,
                    f"res_partner__{name}_folded_index",
                    self._table,
                    [f"unaccent({name}) gin_trgm_ops"],
                    "gin",
                )
        return super().init()
