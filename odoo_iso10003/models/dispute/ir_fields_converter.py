# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ...core import people_text


class IrFieldsConverter(models.AbstractModel):
    """An import keeps every word of a text."""

    _inherit = "ir.fields.converter"

    @api.model
    def _str_to_html(self, model, field, value, savepoint):
        """Escape what is no markup, as ``<roya@example.com>``, and keep the lines.

        For the models of this product and those that it extends; those of others are
        read as ever.
        """
        modules = {getattr(part, "_module", None) for part in type(model).mro()}
        if "odoo_iso10003" in modules:
            return people_text.to_html(value), []
        return super()._str_to_html(model, field, value, savepoint)
