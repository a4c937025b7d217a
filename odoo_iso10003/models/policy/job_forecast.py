# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..mixin.people_date import format_people_number

BATCH = 1000


class JobForecast(models.Model):
    """What a version would change, counted in the background."""

    _inherit = "iso10003.job"

    kind = fields.Selection(
        selection_add=[("forecast", "What a version would change")],
        ondelete={"forecast": "cascade"},
    )

    def _step_forecast(self):
        place = self.place
        forecast = self._as_who_asked("iso10003.policy.forecast").new(place["asked"])
        forecast.policy_id.check_access("read")
        # all files of the company count, and only counts come out
        files = self.env["iso10003.dispute"].search(
            forecast._get_file_domain() & Domain("id", ">", place["after"]),
            order="id",
            limit=BATCH,
        )
        if not files:
            return {
                "asked": place["asked"],
                "counts": place["counts"],
                "files": self.done,
            }
        forecast._add_counts(place["counts"], forecast._find_rules(), files)
        place["after"] = files[-1].id
        self._move_on(place, len(files))
        return None

    def _tell_forecast(self, result):
        return self.env._(
            "%(count)s files were counted.",
            count=format_people_number(self.env, result["files"]),
        )

    def action_show_forecast(self):
        """Show what was counted, as who may read the version.

        :raises UserError: when nothing was counted by it
        """
        self.ensure_one()
        self.check_access("read")
        if self.kind != "forecast" or self.state != "done":
            raise UserError(self.env._("This is no forecast that is done."))
        result = self.sudo().result  # of work that is read; only counts are in it
        forecast = self.env["iso10003.policy.forecast"].create(result["asked"])
        forecast.policy_id.check_access("read")
        forecast._note_counts(result["counts"], result["files"])
        return forecast._show()
