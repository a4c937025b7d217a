# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL


class Alarm(models.Model):
    """One thing that happens at one instant, once.

    Of a deadline, the limit itself, the end of a stop of the clock, and each level of
    escalation are planned as rows when it starts, move with it, and are dropped when
    it is met. Of any other record with a day (``reminded.py``) the next reminder is
    planned. What is due is found through a partial index; a row that was fired is
    never fired again.
    """

    _name = "iso10003.alarm"
    _description = "Alarm"
    _inherit = ["iso10003.swept"]
    _order = "at, id"
    _log_access = False

    deadline_id = fields.Many2one(
        "iso10003.deadline", readonly=True, ondelete="restrict", index=True
    )
    # what a reminder is of: a record, and which of its days
    model = fields.Char("Kind of record", readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="model", readonly=True)
    ladder = fields.Char("Reminder", readonly=True)
    day = fields.Date("Of which day", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, ondelete="restrict")
    # who reads what comes of a limit, as they read its file
    owner_id = fields.Many2one(
        related="deadline_id.user_id", store=True, precompute=True
    )
    team_id = fields.Many2one(
        related="deadline_id.team_id", store=True, precompute=True
    )
    reader_id = fields.Many2one(
        related="deadline_id.reader_id", store=True, precompute=True
    )
    shared = fields.Boolean(related="deadline_id.shared", store=True, precompute=True)
    kind = fields.Selection(
        [
            ("limit", "The limit itself"),
            ("resume", "The clock goes on"),
            ("level", "Escalation"),
            ("reminder", "Reminder"),
        ],
        required=True,
        readonly=True,
    )
    escalation_id = fields.Many2one(
        "iso10003.escalation", readonly=True, ondelete="restrict"
    )
    at = fields.Datetime("When", required=True, readonly=True)
    state = fields.Selection(
        [
            ("pending", "To come"),
            ("fired", "Done"),
            ("failed", "Failed"),
            ("dropped", "Not needed any more"),
        ],
        required=True,
        readonly=True,
        default="pending",
    )
    fired_date = fields.Datetime("Done on", readonly=True)
    error = fields.Char(readonly=True)
    user_id = fields.Many2one("res.users", "Told", readonly=True, ondelete="set null")
    told = fields.Boolean(
        "Message written",
        readonly=True,
        help="It stood in a message to who is told.",
    )

    _due_idx = models.Index("(at, id) WHERE state = 'pending'")
    # the list, in its order
    _at_idx = models.Index("(at, id)")
    # as of deadlines
    _counted_idx = models.Index(
        """(company_id, state, at) INCLUDE (owner_id, team_id, reader_id,
           shared)"""
    )
    _untold_idx = models.Index("(user_id) WHERE state = 'fired' AND NOT told")
    _failed_idx = models.Index("(at) WHERE state = 'failed'")
    _level_once = models.UniqueIndex(
        "(deadline_id, escalation_id) WHERE kind = 'level'",
        "A level of escalation is planned once for a deadline.",
    )
    _limit_once = models.UniqueIndex(
        "(deadline_id, kind) WHERE kind IN ('limit', 'resume')",
        "A deadline has one limit, and goes on once.",
    )
    _reminder_once = models.UniqueIndex(
        "(model, res_id, ladder) WHERE kind = 'reminder' AND state = 'pending'",
        "Of each day of a record one reminder is to come.",
    )
    _reminder_idx = models.Index("(model, res_id) WHERE kind = 'reminder'")
    _level_has_escalation = models.Constraint(
        "CHECK ((kind = 'level') = (escalation_id IS NOT NULL))",
        "A level names its escalation.",
    )
    _is_of_one = models.Constraint(
        """CHECK (CASE WHEN kind = 'reminder'
                       THEN deadline_id IS NULL AND model IS NOT NULL
                            AND res_id IS NOT NULL AND ladder IS NOT NULL
                       ELSE deadline_id IS NOT NULL AND model IS NULL END)""",
        "An alarm is of a deadline, or reminds of a day of another record.",
    )

    @api.depends("kind", "escalation_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for alarm in self:
            level = alarm.escalation_id.sudo()  # what comes is in the policy
            alarm.display_name = level.display_name or labels[alarm.kind]

    @api.model
    def _wake_sweep(self, also_past=True):
        """Let the sweep run when the next of them is due, within the minute.

        One trigger is enough: at its end each sweep asks for the next.

        :param also_past: whether to wake it at once for what is due already
        """
        # kept at hand, unlike env.ref(), which looks each time whether it is there
        crons, xmlids = self.env["ir.cron"].sudo(), self.env["ir.model.data"]
        cron = crons.browse(
            xmlids._xmlid_to_res_id("odoo_iso10003.cron_escalate") or ()
        )
        if not cron:
            return
        now = fields.Datetime.now()
        at, asked = self._find_next_instants(cron, now, also_past)
        if at and not (asked and asked <= max(at, now)):
            # a trigger is all that is given; the action itself stays as it is
            cron._trigger(max(at, now))

    @api.model
    def _find_next_instants(self, cron, now, also_past):
        """Return when the next is due, and when the sweep is woken next."""
        self.flush_model(["state", "at"])
        self.env["ir.cron.trigger"].flush_model(["cron_id", "call_at"])
        # when a scheduled action wakes is no secret
        [instants] = self.env.execute_query(
            SQL(
                """SELECT (SELECT MIN(at) FROM iso10003_alarm
                            WHERE state = 'pending' AND %s),
                          (SELECT MIN(call_at) FROM ir_cron_trigger
                            WHERE cron_id = %s)""",
                SQL("TRUE") if also_past else SQL("at > %s", now),
                cron.id,
            )
        )
        return instants

    def action_try_again(self):
        """Let what failed be tried again by the next sweep."""
        if not self.env.user.has_group("odoo_iso10003.group_manager"):
            raise AccessError(
                self.env._("A dispute manager lets failed escalations be tried again.")
            )
        failed = self.filtered(lambda alarm: alarm.state == "failed")
        failed = failed.sudo()  # the rights of managers on alarms are to read them
        failed._find_next_reminders().state = "dropped"
        self.env.flush_all()  # each is planned once, at each moment
        failed.write({"state": "pending", "error": False})
        return True

    def _find_next_reminders(self):
        """Return what was planned to come after these reminders."""
        places = {alarm._get_place() for alarm in self if alarm.kind == "reminder"}
        planned = self.search(
            [
                ("state", "=", "pending"),
                ("kind", "=", "reminder"),
                ("res_id", "in", [res_id for _model, res_id, _ladder in places]),
            ]
        )
        return planned.filtered(lambda alarm: alarm._get_place() in places)

    def _get_place(self):
        return self.model, self.res_id, self.ladder
