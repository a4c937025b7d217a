# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import namedtuple

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

# what else is looked at, beside scheduled actions, with ids that no action has
SIGNS = {
    "mail": 2_000_000_001,
    "guard": 2_000_000_002,
    "verified": 2_000_000_003,
    "limits": 2_000_000_005,
    "duties": 2_000_000_006,
    "similar": 2_000_000_007,
    "papers": 2_000_000_008,
}
COPY = 2_000_000_004
# those of others without which ours do not work
OTHERS = ("mail.ir_cron_mail_scheduler_action",)

Sign = namedtuple(
    "Sign", "verdict count oldest failed told", defaults=(0, False, 0, "")
)


class Health(models.Model):
    """Whether what runs by itself does: scheduled actions, mail, and the register.

    What waits for an action is counted by a method ``_count_waiting_<name of the
    action>``, which returns how many, since when, and how many failed. What else is
    looked at has a method ``_look_at_<code>``, which returns a :class:`Sign`.
    """

    _name = "iso10003.health"
    _description = "Health of scheduled actions"
    _auto = False
    _order = "turn, next_run, id"
    _depends = {
        "ir.cron": ["active", "failure_count", "lastcall", "nextcall"],
        "iso10003.cron.run": ["cron_id", "success_date", "failure_date"],
        "ir.config_parameter": ["key", "value"],
    }
    _rec_name = "code"

    code = fields.Char(readonly=True)
    name = fields.Char("Scheduled action", compute="_compute_name")
    turn = fields.Integer(readonly=True, aggregator=None)
    scheduled = fields.Boolean("A scheduled action", readonly=True)
    # not "active": what is off would vanish where it matters most
    switched_on = fields.Boolean(readonly=True)
    last_run = fields.Datetime(readonly=True)
    next_run = fields.Datetime(readonly=True)
    success_date = fields.Datetime("Last success", readonly=True)
    failure_date = fields.Datetime("Last failure", readonly=True)
    failure_count = fields.Integer("Failures in a row", readonly=True)
    waiting_count = fields.Integer("Waiting", compute="_compute_waiting")
    oldest_date = fields.Datetime("Oldest since", compute="_compute_waiting")
    failed_count = fields.Integer("Failed", compute="_compute_waiting")
    told = fields.Text("What is wrong", compute="_compute_waiting")
    verdict = fields.Selection(
        [
            ("well", "Well"),
            ("late", "Behind"),
            ("failing", "Failing"),
            ("off", "Switched off"),
            ("missing", "Not settled"),
        ],
        compute="_compute_waiting",
    )

    def init(self):
        # it was a view of the database before
        tools.drop_view_if_exists(self.env.cr, self._table)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT cron.id, data.name AS code, TRUE AS scheduled,
                   CASE WHEN NOT cron.active THEN 1
                        WHEN cron.failure_count > 0 THEN 2 ELSE 4 END AS turn,
                   cron.active AS switched_on, cron.failure_count,
                   cron.lastcall AS last_run, cron.nextcall AS next_run,
                   run.success_date, run.failure_date
              FROM ir_cron cron
              JOIN ir_model_data data ON data.model = 'ir.cron'
                   AND data.res_id = cron.id
                   AND (data.module = 'odoo_iso10003'
                        OR concat_ws('.', data.module, data.name) = ANY(%(others)s))
         LEFT JOIN iso10003_cron_run run ON run.cron_id = cron.id
             UNION ALL
            SELECT id, code, FALSE, 3, TRUE, 0, NULL, NULL, NULL, NULL
              FROM unnest(%(ids)s, %(codes)s) AS sign(id, code)
             UNION ALL
            SELECT %(copy)s, 'copy', FALSE, 0, FALSE, 0, NULL, NULL, NULL, NULL
              FROM ir_config_parameter
             WHERE key = 'database.is_neutralized' AND value <> ''
            """,
            others=list(OTHERS),
            ids=list(SIGNS.values()),
            codes=list(SIGNS),
            copy=COPY,
        )

    @api.model
    def _get_cron_ids(self):
        """Return the ids of the scheduled actions that are looked at."""
        # an id is no secret to the system that runs it
        rows = self.sudo().search([("scheduled", "=", True)])
        return set(rows.ids)

    @api.depends_context("lang")
    def _compute_name(self):
        # the names of scheduled actions are no secret to who sees how they do
        crons = self.env["ir.cron"].sudo().with_context(active_test=False)
        names = {
            "mail": self.env._("Letters and messages by e-mail"),
            "guard": self.env._("Guard of the register"),
            "verified": self.env._("Verification of the register"),
            "limits": self.env._("Time limits of the policy in force"),
            "duties": self.env._("Duties and roles"),
            "similar": self.env._("Index of the words of complaints"),
            "papers": self.env._("Documents on file, by sample"),
            "copy": self.env._("A neutralized copy"),
        }
        for row in self:
            row.name = (
                crons.browse(row.id).ir_actions_server_id.name
                if row.scheduled
                else names[row.code]
            )

    @api.depends("switched_on", "failure_count", "next_run")
    @api.depends_context("lang", "uid")
    def _compute_waiting(self):
        for row in self:
            if row.scheduled:
                sign = row._look_at_action()
            else:
                sign = getattr(self, f"_look_at_{row.code}")()
            row.verdict, row.waiting_count, row.oldest_date = sign[:3]
            row.failed_count, row.told = sign[3:]

    # ------------------------------------------------------------
    # Scheduled actions
    # ------------------------------------------------------------

    def _look_at_action(self):
        count = getattr(self, f"_count_waiting_{self.code}", None)
        waiting, oldest, failed = count() if count else (0, False, 0)
        # a scheduled action starts some minutes late on a busy server
        patience = fields.Datetime.subtract(fields.Datetime.now(), hours=2)
        verdict, told = "well", ""
        if not self.switched_on:
            verdict, told = "off", self._tell_off()
        elif self.failure_count or failed:
            verdict, told = "failing", self._tell_failure()
        elif (oldest and oldest < patience) or (
            self.next_run and self.next_run < patience
        ):
            verdict = "late"
            told = self.env._(
                "It should have run by now. Do the workers of scheduled actions run "
                "(max_cron_threads)?"
            )
        return Sign(verdict, waiting, oldest, failed, told)

    def _tell_off(self):
        if self._is_copy():
            return self.env._("This is a neutralized copy: nothing runs by itself.")
        return self.env._(
            "An administrator switches it on under Settings ▸ Technical ▸ "
            "Scheduled Actions."
        )

    def _tell_failure(self):
        """Return why it failed last, to who may read of all companies."""
        if not self.failure_count:
            return ""
        # the table has nothing else, and of other companies nothing is told below
        run = self.env["iso10003.cron.run"].sudo().search([("cron_id", "=", self.id)])
        if not run.reason:
            return self.env._("It was ended before it was done: by a limit or a kill.")
        # only how many there are
        companies = self.env["res.company"].sudo().search_count([])
        if len(self.env.user.company_ids) < companies:
            return self.env._("An administrator reads why in the server's log.")
        return run.reason

    def _count_waiting_cron_escalate(self):
        """Return how many alarms are due, since when the oldest, how many failed."""
        # only counts come out
        alarms = self.env["iso10003.alarm"].sudo()
        due = alarms._get_due_domain(fields.Datetime.now())
        [(count, oldest)] = alarms._read_group(due, aggregates=["__count", "at:min"])
        return count, oldest or False, alarms.search_count([("state", "=", "failed")])

    def _count_waiting_cron_work(self):
        """Return how many works wait, since when, how many failed this week."""
        # only counts come out
        jobs = self.env["iso10003.job"].sudo()
        waiting = [("state", "in", ["waiting", "running"])]
        [(count, oldest)] = jobs._read_group(
            waiting, aggregates=["__count", "asked_date:min"]
        )
        week = fields.Datetime.subtract(fields.Datetime.now(), days=7)
        failed = [("state", "=", "failed"), ("ended_date", ">=", week)]
        return count, oldest or False, jobs.search_count(failed)

    def _count_waiting_ir_cron_mail_scheduler_action(self):
        """Return how many mails of ours wait, and since when."""
        # only counts come out
        mails = self.env["mail.mail"].sudo()
        waiting = mails.search_fetch(
            [("state", "=", "outgoing"), *self.env["iso10003.unsent"]._get_ours()],
            ["create_date", "scheduled_date"],
        )
        now = fields.Datetime.now()
        due = waiting.filtered(
            lambda mail: not mail.scheduled_date or mail.scheduled_date <= now
        )
        return len(due), min(due.mapped("create_date"), default=False), 0

    # ------------------------------------------------------------
    # What else is looked at
    # ------------------------------------------------------------

    def _look_at_mail(self):
        unsent = self.env["iso10003.unsent"].sudo()  # only counts come out
        [(count, oldest)] = unsent._read_group([], aggregates=["__count", "at:min"])
        if not count:
            return Sign("well")
        told = self.env._("E-mails failed or came back. Show them, and who waits.")
        return Sign("failing", 0, oldest, count, told)

    def _look_at_guard(self):
        told = self.env["iso10003.register.guard"]._tell_open()
        return Sign("failing" if told else "well", 0, False, len(told), "\n".join(told))

    def _look_at_verified(self):
        """Return how the last verification of the whole register ended, by company."""
        # that there was one; what came out is told by companies of the reader
        jobs = self.env["iso10003.job"].sudo()
        ended = [
            jobs.search(
                [
                    ("kind", "=", "verify"),
                    ("state", "=", "done"),
                    ("company_id", "=", company.id),
                ],
                limit=1,
            )
            for company in self.env.companies
        ]
        broken = [job for job in ended if jobs._is_broken(job.result)]
        oldest = min((job.ended_date for job in ended if job), default=False)
        if broken:
            told = "\n".join(job.with_env(self.env).message for job in broken)
            return Sign("failing", 0, oldest, len(broken), told)
        patience = fields.Datetime.subtract(fields.Datetime.now(), days=2)
        if not all(ended):
            return Sign(
                "late", 0, oldest, 0, self.env._("It was never verified whole.")
            )
        if oldest < patience:
            told = self.env._("It was not verified whole for two days.")
            return Sign("late", 0, oldest, 0, told)
        return Sign("well", 0, oldest)

    def _look_at_copy(self):
        return Sign("off", told=self._tell_off())

    @api.model
    def _is_copy(self):
        # whether it is a copy is no secret
        parameters = self.env["ir.config_parameter"].sudo()
        return bool(parameters.get_param("database.is_neutralized"))

    # ------------------------------------------------------------
    # By hand
    # ------------------------------------------------------------

    def action_view(self):
        """Show what waits, failed or is wrong."""
        self.ensure_one()
        if self.code == "guard":
            return self.env["iso10003.register.guard"].action_mend()
        action = {
            "mail": "unsent_action",
            "ir_cron_mail_scheduler_action": "unsent_action",
            "verified": "job_action",
            "cron_work": "job_action",
            "cron_verify": "job_action",
            "limits": "policy_action",
        }.get(self.code, "alarm_action")
        return self.env["ir.actions.act_window"]._for_xml_id(f"odoo_iso10003.{action}")

    def action_run_now(self):
        """Let the scheduled action run within a minute, as a dispute manager.

        :raises AccessError: for everybody else
        :raises UserError: when it is switched off, since nothing would run
        """
        self.ensure_one()
        if not self.env.user.has_group("odoo_iso10003.group_manager"):
            raise AccessError(
                self.env._("Only a dispute manager starts a scheduled action.")
            )
        if not self.scheduled or not self.switched_on:
            raise UserError(
                self.env._(
                    "“%(action)s” cannot run. %(why)s",
                    action=self.name,
                    why=self._tell_off(),
                )
            )
        # a trigger is all that is given; the action itself stays as it is
        self.env["ir.cron"].sudo().browse(self.id)._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "“%(action)s” starts within a minute.", action=self.name
                ),
            },
        }
