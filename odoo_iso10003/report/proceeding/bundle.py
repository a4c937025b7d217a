# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class BundleReport(models.AbstractModel):
    """A bundle as it is issued: an index, the story, each document after its sheet.

    The story is what its reader knows of the dispute: by the same choice as the print
    for the parties, and of documents those of the bundle alone.
    """

    _name = "report.odoo_iso10003.bundle"
    _description = "Bundle of documents, printed"
    _inherit = ["iso10003.exhibited", "iso10003.parties.told"]

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
            "disputes": {bundle.id: bundle._find_told_dispute() for bundle in bundles},
            "facts": {bundle.id: self._tell_of(bundle) for bundle in bundles},
        }

    def _tell_of(self, bundle):
        """Return what its reader knows of the dispute, if there is one."""
        if not (dispute := bundle._find_told_dispute()):
            return {}
        told = self._tell(dispute)
        papers = bundle.line_ids.document_id
        told["story"] = [
            one
            for one in told["story"]
            if one["kind"] != papers._name or one["record"] in papers
        ]
        return told

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
