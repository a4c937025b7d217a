# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..mixin.checks import Answer
from ..mixin.configuration import OWN, REPLACES

# so many kinds of remedy are wanted, so that not all is money
WANTED = 5


class Remedy(models.Model):
    """What can make good what went wrong (4.8, annex E)."""

    _name = "iso10003.remedy"
    _description = "Remedy"
    _inherit = ["iso10003.configuration"]
    _order = "sequence, id"

    replaces_id = fields.Many2one("iso10003.remedy", **REPLACES)
    own_ids = fields.One2many("iso10003.remedy", "replaces_id", **OWN)
    name = fields.Char(required=True, translate=True)
    description = fields.Char(translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, decides=True)

    _name_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), name)", "There is a remedy of this name."
    )

    def copy_data(self, default=None):
        """Give a copy a name of its own, but one that stands in for what ships."""
        vals_list = super().copy_data(default)
        if {"name", "replaces_id"} & (default or {}).keys():
            return vals_list
        for remedy, vals in zip(self, vals_list, strict=True):
            vals["name"] = remedy._find_free_name()
        return vals_list

    def _find_free_name(self):
        name = self.name
        while self.with_context(active_test=False).search_count(
            [("name", "=", name)], limit=1
        ):
            name = self.env._("%(name)s (copy)", name=name)
        return name

    def _audit_catalogue_wide(self, company):
        """17: is the catalogue wider than money?"""
        kinds = self.search_count([])
        return Answer(kinds, value=float(kinds), threshold=float(WANTED))
