# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from odoo import api, fields, models

_logger = logging.getLogger(__name__)


class TrainingEffectiveness(models.Model):
    """Asking, when the time has come, whether a session helped (ISO 9001, 7.2 c)."""

    _inherit = "iso10003.training"

    effectiveness_asked = fields.Boolean(readonly=True, copy=False, guarded=True)
    evaluation_open_count = fields.Integer(
        "Evaluations due", compute="_compute_evaluation_open"
    )

    def _compute_evaluation_open(self):
        counts = dict(
            self.env["iso10003.training.attendance"]._read_group(
                [("training_id", "in", self.ids), *self._get_due_domain()],
                ["training_id"],
                ["__count"],
            )
        )
        for training in self:
            training.evaluation_open_count = counts.get(training._origin, 0)

    @api.model
    def _get_due_domain(self):
        """Return which attendances are due to be evaluated today."""
        return [
            ("evaluation_due", "<=", fields.Date.context_today(self)),
            ("evaluation_date", "=", False),
        ]

    @api.model
    def _cron_ask_effectiveness(self, batch=100):
        """Ask who is responsible for a session whether it helped, once a session."""
        due = self.search(
            [
                ("effectiveness_asked", "=", False),
                ("state", "=", "held"),
                ("attendance_ids", "any", self._get_due_domain()),
            ],
            order="id",
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(due))
        for number, training in enumerate(due, 1):
            if training.try_lock_for_update(allow_referencing=True):
                training._ask_effectiveness_safely()
            if number % batch == 0 and not cron._commit_progress(batch):
                return
        cron._commit_progress(len(due) % batch)

    def _ask_effectiveness_safely(self):
        try:
            with self.env.cr.savepoint():
                self._ask_effectiveness()
        except Exception:
            # one session must not silence all others
            _logger.exception("asking for the effectiveness of %s failed", self)

    def _ask_effectiveness(self):
        self._guarded_write({"effectiveness_asked": True})
        training = self.with_context(lang=self.user_id.lang)
        training.activity_schedule(
            "odoo_iso10003.activity_effectiveness",
            summary=training.env._("Did it help? Say so for each who attended."),
            user_id=self.user_id.id,
        )
