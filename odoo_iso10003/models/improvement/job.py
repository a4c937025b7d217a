# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..mixin.people_date import format_people_number


class Job(models.Model):
    """The look at all files for what many of them have in common (8.2)."""

    _inherit = "iso10003.job"

    kind = fields.Selection(
        selection_add=[("issues", "Look for issues of many files")],
        ondelete={"issues": "cascade"},
    )

    @api.model
    def _cron_issues(self):
        """Count the words of all files, and look at those of each company."""
        self.env["iso10003.word"]._recount()
        companies = self.env["res.company"].search([])  # pylint: disable=no-search-all
        self._ask("issues", companies)

    def _step_issues(self):
        found = self._as_who_asked("iso10003.issue")._look_at_files(self.company_id)
        self._move_on(self.place, 1)
        return {"issues": found}

    def _tell_issues(self, result):
        return self.env._(
            "Issues proposed: %(number)s.",
            number=format_people_number(self.env, result["issues"]),
        )
