# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..mixin.configuration import OWN, REPLACES


class DocumentKind(models.Model):
    """A kind of paper, and the disputes that want one on file (7.5.2)."""

    _name = "iso10003.document.kind"
    _description = "Kind of document"
    _inherit = ["iso10003.configuration"]
    _order = "sequence, id"

    replaces_id = fields.Many2one("iso10003.document.kind", **REPLACES)
    own_ids = fields.One2many("iso10003.document.kind", "replaces_id", **OWN)
    name = fields.Char(required=True, translate=True)
    wanted = fields.Selection(
        [
            ("never", "May be there"),
            ("some", "Wanted for some categories"),
            ("all", "Wanted for every dispute"),
        ],
        "On the checklist",
        required=True,
        default="never",
        decides=True,
    )
    category_ids = fields.Many2many(
        "iso10003.dispute.category",
        "iso10003_document_kind_category_rel",
        "kind_id",
        "category_id",
        "For these categories",
        ondelete="restrict",
        decides=True,
        help="And for those that are a part of them.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, decides=True)

    def _filter_wanted_for(self, category):
        """Return the kinds that a dispute of this category wants on file."""
        return self.filtered(
            lambda kind: (
                kind.wanted == "all"
                or (
                    kind.wanted == "some"
                    and any(category._is_below(one) for one in kind.category_ids)
                )
            )
        )
