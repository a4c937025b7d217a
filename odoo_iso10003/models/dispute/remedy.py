# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..mixin.configuration import OWN, REPLACES


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
