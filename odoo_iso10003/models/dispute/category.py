# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..mixin.configuration import OWN, REPLACES


class DisputeCategory(models.Model):
    """What disputes are about, for analysis (8.2)."""

    _name = "iso10003.dispute.category"
    _description = "Dispute category"
    _inherit = ["iso10003.configuration", "iso10003.named"]
    _order = "sequence, id"

    replaces_id = fields.Many2one("iso10003.dispute.category", **REPLACES)
    own_ids = fields.One2many("iso10003.dispute.category", "replaces_id", **OWN)
    name = fields.Char(required=True, translate=True)
    display_name = fields.Char(recursive=True)
    parent_id = fields.Many2one(
        "iso10003.dispute.category",
        "Part of",
        index=True,
        ondelete="restrict",
        decides=True,
    )
    description = fields.Text(translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, decides=True)

    @api.depends("name", "parent_id.display_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for category in self:
            parent = category.parent_id.display_name
            name = category.name or ""
            category.display_name = f"{parent} / {name}" if parent else name

    @api.constrains("parent_id")
    def _check_parent(self):
        for category in self:
            if category._has_cycle():
                raise ValidationError(
                    self.env._(
                        "Category “%(name)s” cannot be part of itself.",
                        name=category.name,
                    )
                )

    def _is_below(self, category):
        """Return whether this is ``category`` or a part of it."""
        return bool(self) and (self == category or self.parent_id._is_below(category))
