# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from odoo import api, fields, models

_logger = logging.getLogger(__name__)


class HealthTold(models.Model):
    """Managers hear of what does not run by another way than what does not run."""

    _inherit = "iso10003.health"

    @api.model
    @api.readonly
    def get_warnings(self):
        """Return what is ill, one sentence each, for the banner of managers.

        Everybody else gets nothing.
        """
        if not self.env.user.has_group("odoo_iso10003.group_manager"):
            return []
        return [
            f"{row.name}: {row._tell_verdict()}"
            for row in self.search([])
            if row._is_ill()
        ]

    def _is_ill(self):
        if self.code == "verified" and not self.failed_count:
            # until the first night there is none, and its action has a row
            return bool(self.oldest_date) and self.verdict == "late"
        return self.verdict != "well" and (self.code == "copy" or not self._is_copy())

    def _tell_verdict(self):
        verdicts = dict(self._fields["verdict"]._description_selection(self.env))
        return verdicts[self.verdict]

    @api.model
    def _remind(self, user):
        """Give a manager a task when something is ill, and one alone."""
        warnings = self.with_user(user).with_context(lang=user.lang).get_warnings()
        if not warnings:
            return
        activities = self.env["mail.activity"].sudo()  # a task of their own
        summary = self.with_context(lang=user.lang).env._(
            "Look at the health of the dispute process"
        )
        if activities.search_count(
            [("user_id", "=", user.id), ("summary", "=", summary)], limit=1
        ):
            return
        activities.create(
            {
                "activity_type_id": self.env.ref("mail.mail_activity_data_warning").id,
                "user_id": user.id,
                "summary": summary,
                "note": "; ".join(warnings),
                "date_deadline": fields.Date.context_today(self),
            }
        )


class ResUsers(models.Model):
    _inherit = "res.users"

    def _on_webclient_bootstrap(self):
        result = super()._on_webclient_bootstrap()
        if self.has_group("odoo_iso10003.group_manager"):
            try:
                with self.env.cr.savepoint():
                    self.env["iso10003.health"]._remind(self)
            except Exception:  # who comes in to mend it comes in
                _logger.exception("Health could not be looked at")
        return result
