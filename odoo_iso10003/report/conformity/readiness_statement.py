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
        # what ships is no secret to who reads answers to it
        shipped = assessment.sudo().set_id._get_shipped().grouped("code")
        asked = set(assessment.line_ids.requirement_id.mapped("code"))
        return {
            "failing": counted.filtered(lambda one: one.verdict in ("no", "partly")),
            "raised": counted.filtered(lambda one: one.departure == "raised"),
            "excluded": counted.filtered(lambda one: one.departure == "excluded"),
            "unchecked": counted.filtered(lambda one: one.verdict == "unchecked"),
            "by_hand": counted.filtered(
                lambda one: one._earns_by_hand() and not one.departure
            ),
            "hard": counted.filtered("hard"),
            # what a set counts otherwise than it ships, or does not ask at all
            "tuned": [
                (line, differing)
                for line in counted
                if (differing := self._list_differing(line, shipped))
            ],
            "dropped": assessment.env["iso10003.requirement"].union(
                *(shipped[code] for code in shipped if code not in asked)
            ),
        }

    @api.model
    def _list_differing(self, line, shipped):
        """Return, in words, how a question counts otherwise than the shipped one."""
        env, question = line.env, shipped.get(line.requirement_id.code, [])[:1]
        if not question:
            return [env._("a question of the organization's own")]
        tells = {
            env._("weight"): line.weight != question.weight,
            env._("not hard"): question.hard and not line.hard,
            env._("not wanted first"): question.prerequisite and not line.prerequisite,
            env._("not asked of the records"): bool(
                question.check and not (line.check_code or line.requirement_id.check)
            ),
            # of answers from before, how they were counted is not known any more
            env._("holds from less"): bool(
                line.check_code
                and line.target
                and (
                    line.target < question.target
                    or line.partly_from < question.partly_from
                )
            ),
        }
        return [words for words, differs in tells.items() if differs]
