# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models, tools


class Health(models.Model):
    """How the scheduled actions of this product do: last run, failures, what waits.

    What waits is counted by a method ``_count_waiting_<name of the action>``, which
    returns how many and since when, beside the records that wait.
    """

    _name = "iso10003.health"
    _description = "Health of scheduled actions"
    _auto = False
    _order = "next_run, id"
    _rec_name = "code"

    code = fields.Char(readonly=True)
    name = fields.Char("Scheduled action", compute="_compute_name")
    active = fields.Boolean(readonly=True)
    last_run = fields.Datetime(readonly=True)
    next_run = fields.Datetime(readonly=True)
    failure_count = fields.Integer("Failures in a row", readonly=True)
    waiting_count = fields.Integer("Waiting", compute="_compute_waiting")
    oldest_date = fields.Datetime("Oldest since", compute="_compute_waiting")
    failed_count = fields.Integer("Failed", compute="_compute_waiting")
    verdict = fields.Selection(
        [
            ("well", "Well"),
            ("late", "Behind"),
            ("failing", "Failing"),
            ("off", "Switched off"),
        ],
        compute="_compute_verdict",
    )

    def init(self):
        tools.drop_view_if_exists(self.env.cr, self._table)
        self.env.cr.execute(
            """
            CREATE VIEW iso10003_health AS
            SELECT cron.id, data.name AS code, cron.active, cron.failure_count,
                   cron.lastcall AS last_run, cron.nextcall AS next_run
              FROM ir_cron cron
              JOIN ir_model_data data ON data.model = 'ir.cron'
                   AND data.res_id = cron.id AND data.module = 'odoo_iso10003'
            """
        )

    @api.depends_context("lang")
    def _compute_name(self):
        # the names of scheduled actions are no secret to who sees how they do
        crons = self.env["ir.cron"].sudo().with_context(active_test=False)
        for row in self:
            row.name = crons.browse(row.id).ir_actions_server_id.name

    def _compute_waiting(self):
        for row in self:
            count = getattr(self, f"_count_waiting_{row.code}", None)
            row.waiting_count, row.oldest_date, row.failed_count = (
                count() if count else (0, False, 0)
            )

    def _count_waiting_cron_escalate(self):
        """Return how many alarms are due, since when the oldest, how many failed."""
        # only counts come out
        alarms = self.env["iso10003.alarm"].sudo()
        due = alarms._get_due_domain(fields.Datetime.now())
        [(count, oldest)] = alarms._read_group(due, aggregates=["__count", "at:min"])
        return count, oldest or False, alarms.search_count([("state", "=", "failed")])

    @api.depends("active", "failure_count", "next_run")
    def _compute_verdict(self):
        # a scheduled action starts some minutes late on a busy server
        patience = fields.Datetime.subtract(fields.Datetime.now(), hours=2)
        for row in self:
            if not row.active:
                row.verdict = "off"
            elif row.failure_count or row.failed_count:
                row.verdict = "failing"
            elif (row.oldest_date and row.oldest_date < patience) or (
                row.next_run and row.next_run < patience
            ):
                row.verdict = "late"
            else:
                row.verdict = "well"

    def action_view_waiting(self):
        """Show the alarms that are due or failed."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.alarm_action"
        )
