# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class StarterInstall(models.TransientModel):
    """Ask which starter documents to install, and in which language."""

    _name = "iso10003.starter.install"
    _description = "Install starter documents"
    _inherit = ["iso10003.withheld"]

    document_ids = fields.Many2many(
        "iso10003.starter.document",
        string="Documents",
        required=True,
        default=lambda self: self.env["iso10003.starter.document"].search([]),
    )
    lang = fields.Selection(
        lambda self: self._langs(),
        "Language",
        required=True,
        default=lambda self: self.env.lang or "en_US",
    )

    @api.model
    def _langs(self):
        return self.env["res.lang"].get_installed()

    def action_install(self):
        self.ensure_one()
        self.document_ids._install(self.lang)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.starter_document_action"
        )
