# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class ReadinessStatementReport(models.AbstractModel):
    """What the printed readiness statement says of an assessment."""

    _name = "report.odoo_iso10003.readiness_statement"
    _description = "Readiness statement, printed"
    _inherit = ["iso10003.document"]

    @api.model
    def _get_report_values(self, docids, data=None):
        values = self._document_values()
        assessments = self.env["iso10003.assessment"].browse(docids)
        assessments = assessments.with_context(lang=values["lang"])
        assessments.check_access("read")
        return {
            **values,
            "docs": assessments,
            "failing": {
                assessment.id: assessment.line_ids.filtered(
                    lambda line: line.counts and line.verdict in ("no", "partly")
                )
                for assessment in assessments
            },
        }
