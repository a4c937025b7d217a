# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class AuditProgrammeReport(models.AbstractModel):
    """An audit programme on paper: what it wants, what it audits when, how it goes.

    ISO 19011:2026, 5; ISO 9001:2015, 9.2.2.
    """

    _name = "report.odoo_iso10003.printed_programme"
    _description = "Audit programme, printed"
    _inherit = ["iso10003.printed"]

    @api.model
    def _get_report_values(self, docids, data=None):
        values = self._document_values()
        programmes = self.env["iso10003.audit.programme"].browse(docids)
        programmes = programmes.with_context(lang=values["lang"])
        programmes.check_access("read")
        return {
            **values,
            "docs": programmes,
            "numbers": {
                programme.id: f"DR-PRG-{programme.id:04d}" for programme in programmes
            },
        }
