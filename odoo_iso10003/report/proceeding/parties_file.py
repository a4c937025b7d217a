# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class PartiesFileReport(models.AbstractModel):
    """What of a dispute its parties have in hand, printed for one of them."""

    _name = "report.odoo_iso10003.parties_file"
    _description = "Dispute file for its parties, printed"
    _inherit = ["iso10003.parties.told"]

    @api.model
    def _get_report_values(self, docids, data=None):
        disputes = self.env["iso10003.dispute"].browse(docids)
        # who leads a file hands this out
        disputes.check_access("write")
        values = self._document_values()
        disputes = disputes.with_context(lang=values["lang"])
        facts = {dispute.id: self._tell(dispute) for dispute in disputes}
        return {**values, "docs": disputes, "facts": facts}
