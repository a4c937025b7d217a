# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter

from odoo import fields, models
from odoo.exceptions import UserError


class TrainingResults(models.Model):
    """Recording who passed: the certificates come of it."""

    _inherit = "iso10003.training"

    def action_record_results(self):
        """Record the results of those who attended; may be repeated for latecomers."""
        for training in self:
            training._check_state("planned", "held")
            training._check_begun()
            judged = training.attendance_ids._record_results()
            if not judged and training.state == "held":
                raise UserError(
                    self.env._(
                        "Session %(number)s: there is no new result. Mark who "
                        "attended first.",
                        number=training.name,
                    )
                )
            training._check_anybody_came(judged)
            training._guarded_write({"state": "held"})
            training._register_event("results", training._prepare_results_data(judged))

    def _check_begun(self):
        if self.date_start > fields.Datetime.now():
            raise UserError(
                self.env._(
                    "Session %(number)s has not begun: there are no results yet.",
                    number=self.name,
                )
            )

    def _check_anybody_came(self, judged):
        if not judged:
            raise UserError(
                self.env._(
                    "Session %(number)s: mark who attended first. If nobody came, "
                    "cancel it.",
                    number=self.name,
                )
            )

    def _prepare_results_data(self, judged):
        counts = Counter(judged.mapped("result"))
        return {
            "passed": counts["passed"],
            "failed": counts["failed"],
            "attendances": sorted(judged.ids),
            "results": {
                str(row.id): [row.result, row.state, f"{row.score:.2f}"]
                for row in judged
            },
        }

    def action_all_attended(self):
        """Mark everybody as present, to correct the few who were not."""
        for training in self:
            training._check_state("planned", "held")
            training.attendance_ids.filtered(
                lambda row: row.state in ("listed", "invited", "confirmed")
            ).write({"state": "attended"})
