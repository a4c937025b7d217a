# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    dispute_manager_id = fields.Many2one(
        related="company_id.dispute_manager_id", readonly=False
    )
    dispute_sponsor_id = fields.Many2one(
        related="company_id.dispute_sponsor_id", readonly=False
    )
    iso10003_print_seconds = fields.Integer(
        "Time of a print",
        default=60,
        config_parameter="odoo_iso10003.print_seconds",
        groups="base.group_system",
        least=1,
        most=3600,
        help="A document that takes longer is refused by name.",
    )
    iso10003_print_memory = fields.Integer(
        "Memory of a print",
        default=1024,
        config_parameter="odoo_iso10003.print_memory",
        groups="base.group_system",
        least=100,
        most=65536,
        help="A document that takes more is refused by name.",
    )
