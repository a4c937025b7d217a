# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

SEEN_BY = "odoo_iso10003.group_manager,odoo_iso10003.group_auditor"


class DocumentPage(models.Model):
    """A page that began as a starter document."""

    _name = "document.page"
    _inherit = ["iso10003.guarded", "document.page"]

    starter_id = fields.Many2one(
        "iso10003.starter.document",
        "Began as",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        readonly=True,
        groups=SEEN_BY,
        guarded=True,
    )
    starter_lang = fields.Char(
        "Language of the starter text",
        copy=False,
        readonly=True,
        groups=SEEN_BY,
        guarded=True,
    )
