# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from .withheld import ADDON, NEIGHBOURS


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        """A refusal names no record: in debug mode, Odoo's names those it refuses.

        Everybody can switch debug mode on, in the address of a page.
        """
        error = super()._make_access_error(operation, records)
        if records._original_module != ADDON and records._name not in NEIGHBOURS:
            return error
        text = error.args[0]
        # only to find the names and take them out
        for record in records.sudo():
            told = f"({record._name}: {record.id}"
            text = text.replace(f", {record.display_name} {told}", f" {told}")
        records.invalidate_recordset()
        error.args = (text, *error.args[1:])
        return error
