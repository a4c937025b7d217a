# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class ReadinessStatementReport(models.AbstractModel):
    """What the printed readiness statement says of an assessment."""

    _name = "report.odoo_iso10003.readiness_statement"
    _description = "Readiness statement, printed"
    _inherit = ["iso10003.printed"]

    @api.model
    def _get_report_values(self, docids, data=None):
        values = self._document_values()
        assessments = self.env["iso10003.assessment"].browse(docids)
        assessments = assessments.with_context(lang=values["lang"])
        assessments.check_access("read")
        return {
            **values,
            "docs": assessments,
            "lines_of": {
                assessment.id: self._sort_lines(assessment)
                for assessment in assessments
            },
        }

    @api.model
    def _sort_lines(self, assessment):
        """Return the answers that a reader has to know of, by what is said of them."""
        counted = assessment.line_ids.filtered("counts")
        return {
            "failing": counted.filtered(lambda one: one.verdict in ("no", "partly")),
            "raised": counted.filtered(lambda one: one.departure == "raised"),
            "excluded": counted.filtered(lambda one: one.departure == "excluded"),
            "unchecked": counted.filtered(lambda one: one.verdict == "unchecked"),
            "by_hand": counted.filtered(
                lambda one: one._earns_by_hand() and not one.departure
            ),
            "hard": counted.filtered("hard"),
            # what a set counts otherwise than one question like the other
            "tuned": counted.filtered(
                lambda one: (
                    one.weight != 1
                    or one.check_code
                    and one.auto_verdict != "unchecked"
                    and 0 < one.threshold < 100
                    and one.requirement_id.target < 100
                )
            ),
        }
