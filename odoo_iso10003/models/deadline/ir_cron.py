# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class CronRun(models.Model):
    """When a scheduled action succeeded and failed last, and why it failed."""

    _name = "iso10003.cron.run"
    _description = "Last runs of a scheduled action"
    _log_access = False
    _rec_name = "cron_id"

    cron_id = fields.Many2one(
        "ir.cron", required=True, readonly=True, ondelete="cascade"
    )
    success_date = fields.Datetime("Last success", readonly=True, deed=True)
    failure_date = fields.Datetime("Last failure", readonly=True, deed=True)
    reason = fields.Char(readonly=True)

    _cron_unique = models.UniqueIndex("(cron_id)", "An action has one row.")


class IrCron(models.Model):
    """What Odoo writes in its log alone is kept for who answers for it."""

    _inherit = "ir.cron"

    def _callback(self, cron_name, server_action_id):
        if self.id not in self.env["iso10003.health"]._get_cron_ids():
            return super()._callback(cron_name, server_action_id)
        try:
            result = super()._callback(cron_name, server_action_id)
        except Exception as error:
            # what it did is rolled back by now; that it failed stays
            self._note_run(
                {
                    "failure_date": fields.Datetime.now(),
                    "reason": f"{type(error).__name__}: {error}"[:500],
                }
            )
            raise
        self._note_run({"success_date": fields.Datetime.now()})
        return result

    def _note_run(self, vals):
        # of the system's own table, as the scheduler that runs it
        runs = self.env["iso10003.cron.run"].sudo()
        run = runs.search([("cron_id", "=", self.id)])
        if run:
            run.write(vals)
        else:
            runs.create({"cron_id": self.id, **vals})
        self.env.flush_all()
