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
