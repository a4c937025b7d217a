# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter
from datetime import timedelta

import pytz
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..mixin.checks import Rule, compare
from ..mixin.people_date import format_people_date

# sessions planned for longer ago are history, and not looked at any more
ASSESSED_MONTHS = 12


class Training(models.Model):
    """One session of a course: when, where, by whom, and who came."""

    _name = "iso10003.training"
    _description = "Training session"
    _inherit = [
        "iso10003.guarded",
        "iso10003.registered",
        "iso10003.told",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_start desc, id desc"
    _check_company_auto = True

    name = fields.Char("Number", readonly=True, copy=False, guarded=True)
    course_id = fields.Many2one(
        "iso10003.course",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        fixed=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
        fixed=True,
    )
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("held", "Held"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="planned",  # only for the form, which wants a value to show
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
        group_expand=True,
        guarded=True,
    )
    date_start = fields.Datetime(
        "Begins", required=True, tracking=True, index=True, sealed=True
    )
    date_end = fields.Datetime(
        "Ends",
        required=True,
        compute="_compute_date_end",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        sealed=True,
    )
    location = fields.Char("Place", tracking=True)
    link = fields.Char("Online at", help="Address of the meeting, if it is online.")
    trainer_id = fields.Many2one(
        "res.partner", ondelete="restrict", tracking=True, party=True, sealed=True
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        required=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        help="Invites, records the results, and is asked whether it helped.",
        sealed=True,
    )
    capacity = fields.Integer(
        "Seats",
        aggregator=None,
        help="Zero: as many as want to come.",
        least=0,
        most=100000,
    )
    cost = fields.Monetary(tracking=True, sealed=True)
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        sealed=True,
    )
    note = fields.Text("Remarks")
    attendance_ids = fields.One2many(
        "iso10003.training.attendance", "training_id", "Who attends"
    )
    seats_taken = fields.Integer("Seats taken", compute="_compute_seats")
    seats_left = fields.Integer("Seats left", compute="_compute_seats")
    passed_count = fields.Integer("Passed", compute="_compute_seats")

    _dates_in_order = models.Constraint(
        "CHECK (date_end > date_start)", "A session ends after it begins."
    )
    _capacity_not_negative = models.Constraint(
        "CHECK (capacity >= 0)", "The number of seats cannot be negative."
    )
    _cost_not_negative = models.Constraint(
        "CHECK (cost >= 0)", "The cost cannot be negative."
    )
    _number_unique = models.UniqueIndex(
        "(company_id, name)", "A session's number is given once."
    )

    @api.depends("date_start", "course_id")
    def _compute_date_end(self):
        for training in self:
            if training.date_start and not training.date_end:
                hours = training.course_id.duration or 1
                training.date_end = training.date_start + timedelta(hours=hours)

    @api.depends("name", "course_id.name")
    def _compute_display_name(self):
        for training in self:
            training.display_name = " · ".join(
                part for part in (training.name, training.course_id.name) if part
            )

    @api.depends("capacity", "attendance_ids.state", "attendance_ids.result")
    def _compute_seats(self):
        rows = self.env["iso10003.training.attendance"]._read_group(
            [("training_id", "in", self.ids)],
            ["training_id", "state", "result"],
            ["__count"],
        )
        taken, passed = Counter(), Counter()
        for training, state, result, count in rows:
            taken[training] += count * (state != "absent")
            passed[training] += count * (result == "passed")
        for training in self:
            saved = training._origin  # a form that is being filled in is not counted
            training.seats_taken = taken[saved]
            training.passed_count = passed[saved]
            training.seats_left = max(training.capacity - training.seats_taken, 0)

    # ------------------------------------------------------------
    # Making, changing, deleting
    # ------------------------------------------------------------

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        # numbers are given to whoever plans, without rights on sequences
        sequence = self.env["ir.sequence"].sudo()
        return [
            {"name": sequence.next_by_code("iso10003.training"), "state": "planned"}
            for _vals in vals_list
        ]

    def _prepare_opened_data(self):
        return {"number": self.name, "course": self.course_id.id}

    def _check_days_kept(self, vals):
        """A session is moved before its day; one that was missed is called off."""
        now = fields.Datetime.now()
        for training in self.filtered(lambda one: one.date_start <= now):
            if any(
                training._would_change(name, vals[name])
                for name in ("date_start", "date_end")
                if name in vals
            ):
                raise UserError(
                    self.env._(
                        "Session %(number)s has begun and keeps its day. If it was not "
                        "held, cancel it and plan another one.",
                        number=training.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for training in self:
            raise UserError(
                self.env._(
                    "Session %(number)s stays on record: cancel it instead.",
                    number=training.name,
                )
            )

    def action_cancel(self):
        """Call off a session that was not held, and tell who was invited."""
        for training in self:
            training._check_state("planned")
            training._guarded_write({"state": "cancelled"})
            training._tell_cancelled()

    def _tell_cancelled(self):
        """Write to who was invited, in the language of each."""
        invited = self._get_invited_partners()
        readers = invited.grouped("lang") or {self.env.lang: invited}
        for lang, partners in readers.items():
            reader = self.with_context(lang=lang).env
            self.message_post(
                body=reader._(
                    "The session on %(day)s does not take place.",
                    day=format_people_date(reader, self._get_day(), "short"),
                ),
                partner_ids=partners.ids,
            )

    def _check_state(self, *states):
        self.ensure_one()
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "Session %(number)s is “%(state)s”: this cannot be done now.",
                    number=self.name,
                    state=labels[self.state],
                )
            )

    # ------------------------------------------------------------
    # Held: who passed, and the certificates that come of it
    # ------------------------------------------------------------

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

    # ------------------------------------------------------------
    # For the other rooms
    # ------------------------------------------------------------

    def _get_day(self):
        """Return the date on which it ends where the company works."""
        self.ensure_one()
        return self._to_day(self.date_end)

    def _to_day(self, instant):
        """Return the date of an instant where the company works."""
        # where the company works is no secret
        zone = self.sudo().company_id.resource_calendar_id.tz or "UTC"
        return pytz.utc.localize(instant).astimezone(pytz.timezone(zone)).date()

    @api.model
    def _next_granting(self, requirement, company):
        """Return the next planned session with a free seat that meets a requirement."""
        # when a session is, is no secret
        sessions = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "planned"),
                ("date_start", ">", fields.Datetime.now()),
                ("course_id.skill_id", "=", requirement.skill_id.id),
                (
                    "course_id.level_id.level_progress",
                    ">=",
                    requirement.level_id.level_progress,
                ),
            ],
            order="date_start",
            limit=10,
        )
        return sessions.filtered(
            lambda session: not session.capacity or session.seats_left
        )[:1]

    # ------------------------------------------------------------
    # What assessments ask (6.4)
    # ------------------------------------------------------------

    def _audit_plan_kept(self, company):
        """57: was each session held that was planned for a day of the past year?

        One that was moved in time was held; one that was called off was not. One that
        was entered after it had begun keeps no plan.
        """
        now = fields.Datetime.now()
        since = now - relativedelta(months=ASSESSED_MONTHS)
        return Rule(
            Domain("date_end", "<=", now)
            & Domain("date_end", ">=", since)
            & compare("create_date", "<", "date_start"),
            Domain("state", "!=", "held"),
        )
