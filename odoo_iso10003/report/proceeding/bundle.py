# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class BundleReport(models.AbstractModel):
    """A bundle as it is issued: an index, and each document after a page of its own."""

    _name = "report.odoo_iso10003.bundle"
    _description = "Bundle of documents, printed"
    _inherit = ["iso10003.exhibited"]

    @api.model
    def _get_report_values(self, docids, data=None):
        self.env["iso10003.bundle"].check_access("read")
        values = self._document_values()
        bundles = self.env["iso10003.bundle"].browse(docids)
        bundles = bundles.with_context(lang=values["lang"])
        return {
            **values,
            "docs": bundles,
            "rows": {bundle.id: self._list_lines(bundle) for bundle in bundles},
        }

    def _list_lines(self, bundle):
        """Return the documents with their pages, and by how much page numbers jump.

        The pages of a file come after its own sheet: the next sheet counts them.
        """
        files = bundle.line_ids.document_id._get_stored_files()
        rows, jump = [], 1
        for line in bundle.line_ids:
            row = {
                "line": line,
                "document": line.document_id,
                "shown": line.audience in ("public", "parties"),
                "why": self._describe_refusal(line.env, line.refusal or ""),
            }
            if line.pages:
                row["address"] = f"/web/content/{files[line.document_id].id}"
                row["style"] = f"@page b{line.id} {{ counter-increment: page {jump} }}"
                jump = 1 + line.pages
            rows.append(row)
        return rows
