# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class DisputeFileReport(models.AbstractModel):
    """The printed file tells the story: what came of it outside, and what lacks."""

    _inherit = "report.odoo_iso10003.dispute_file"

    def _facts(self, dispute):
        return {
            **super()._facts(dispute),
            "story": dispute._list_story(),
            "contents": dispute._list_contents(),
            "proceedings": dispute.proceeding_ids.sorted("number"),
            "results": dispute.result_ids.sorted("id"),
            "obligations": dispute.obligation_ids,
            "costs": self._find_costs(dispute),
            "letters": dispute.letter_ids.filtered(
                lambda letter: letter.state == "sent"
            ).sorted("sent_date"),
            "documents": dispute.document_ids.sorted(
                lambda one: (not one.exhibit_number, one.exhibit_number, one.id)
            ),
            "limits": dispute.deadline_ids.sorted(
                lambda one: (one.due_date or one.create_date.date(), one.id)
            ),
        }

    def _find_costs(self, dispute):
        """Return what the file cost, its proceedings included, to who may read it."""
        costs = dispute.env["iso10003.cost"]
        if not costs.has_access("read"):
            return costs
        files = dispute._get_story_files()
        return costs.search([("file_id", "in", files.ids)], order="date, id")
