# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class PartiesFileReport(models.AbstractModel):
    """What of a dispute its parties have in hand, printed for one of them.

    Everything in it is chosen: what the parties were told or told us, by the same
    choice as the timeline for parties (:meth:`_list_story`). Nothing that is internal,
    privileged or without prejudice is in it, whatever is added to the file later.
    """

    _name = "report.odoo_iso10003.parties_file"
    _description = "Dispute file for its parties, printed"
    _inherit = ["iso10003.printed"]

    @api.model
    def _get_report_values(self, docids, data=None):
        disputes = self.env["iso10003.dispute"].browse(docids)
        # who leads a file hands this out
        disputes.check_access("write")
        values = self._document_values()
        disputes = disputes.with_context(lang=values["lang"])
        facts = {dispute.id: self._facts(dispute) for dispute in disputes}
        return {**values, "docs": disputes, "facts": facts}

    def _facts(self, dispute):
        sources = dispute._get_story_sources()

        def pick(name, order):
            model = f"iso10003.{name}"
            return dispute._pick_story(
                dispute.env[model], sources[model], for_parties=True
            ).sorted(order)

        return {
            "story": dispute._list_story(for_parties=True),
            "notices": pick("notice", "served_date"),
            "positions": pick("position", "version"),
            "proceedings": pick("proceeding", "number"),
            "results": pick("result", "id"),
            "obligations": pick("obligation", "due_date"),
            "letters": pick("letter", "sent_date"),
            "documents": pick("document", "date"),
        }
