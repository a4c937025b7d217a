# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...core import clock
from ...core.story import Fact, find_day
from ..policy.deadline_rule import CLOSING
from .given import SET_BY_BODIES


class Deadline(models.Model):
    """A running limit of one file: who must do what until when, and why then.

    It keeps the instant it counts from, the zone of who must act and the whole
    explanation. It is moved only by what happened (a corrected date, an extension,
    a stop of the clock), and each move is a row in the file's register.
    ISO 10003:2018, 4.11.
    """

    _name = "iso10003.deadline"
    _description = "Deadline"
    _inherit = [
        "iso10003.guarded",
        "iso10003.worded",
        "iso10003.given",
        "iso10003.sealed",
        "iso10003.listed",
    ]
    _order = "due, id"
    _rec_names_search = ["rule_id.name", "name", "file_id.name"]

    RUNNING = ("running", "suspended")
    OVER = ("met", "met_late", "lapsed", "cancelled")

    rule_id = fields.Many2one(
        "iso10003.deadline.rule",
        readonly=True,
        ondelete="restrict",
        index=True,
        fixed=True,
        help="None where somebody outside has set the limit.",
    )
    file_id = fields.Many2one(
        "iso10003.file",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, fixed=True
    )
    user_id = fields.Many2one(
        "res.users", "Owner", compute="_compute_user_id", store=True, index=True
    )
    # who else reads it: kept here, because there are very many, and a record rule that
    # asked the file would look for that of each
    team_id = fields.Many2one(related="file_id.team_id", store=True, precompute=True)
    reader_id = fields.Many2one(
        "res.users",
        "Who reads it too",
        compute="_compute_reading",
        store=True,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    # not the other way round: where nobody has said it, it is read as if privileged
    shared = fields.Boolean(
        "Not privileged", compute="_compute_reading", store=True, precompute=True
    )
    actor = fields.Selection(
        lambda self: self._get_actors(),
        "Who must act",
        compute="_compute_actor",
        store=True,
    )

    # from when until when, and why
    start = fields.Datetime("Counts from", readonly=True, guarded=True)
    starts = fields.Json(
        readonly=True,
        guarded=True,
        help="From when each limit of a combined rule counts.",
    )
    zone = fields.Char("Time zone", readonly=True, guarded=True)
    abroad = fields.Boolean("From abroad", readonly=True, guarded=True)
    balance = fields.Json(
        readonly=True,
        guarded=True,
        help="What another clock had left when this one started.",
    )
    due = fields.Datetime(
        "Too late from",
        readonly=True,
        index=True,
        guarded=True,
        help="The first instant that is too late: the end of the last day where "
        "whoever must act is.",
    )
    due_date = fields.Date(
        "Last day", readonly=True, index="btree_not_null", guarded=True
    )
    why = fields.Json(readonly=True, guarded=True)
    explanation = fields.Text("Why then", compute="_compute_explanation")
    problem = fields.Json(readonly=True, guarded=True)
    problem_text = fields.Char("Cannot be counted", compute="_compute_explanation")

    # how it stands
    state = fields.Selection(
        [
            ("running", "Running"),
            ("suspended", "Standing still"),
            ("met", "Met"),
            ("met_late", "Met late"),
            ("lapsed", "Lapsed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        index=True,
        guarded=True,
    )
    met_date = fields.Datetime("Met on", readonly=True, guarded=True, deed=True)
    lapsed_date = fields.Datetime("Lapsed on", readonly=True, guarded=True)
    cancel_reason = fields.Selection(
        [
            ("start_withdrawn", "What it counts from did not happen"),
            ("no_longer_applies", "The rule applies no more"),
            ("file_closed", "The file was closed"),
            ("matter_ended", "What was to be done was replaced"),
            ("by_hand", "Cancelled by a manager"),
        ],
        "Why cancelled",
        readonly=True,
        guarded=True,
    )
    late_reason = fields.Selection(
        [
            ("workload", "Too much work"),
            ("information", "Information was missing"),
            ("complainant", "The complainant caused it"),
            ("third_party", "Somebody else caused it"),
            ("complexity", "The matter is complex"),
            ("error", "Our mistake"),
            ("other", "Other"),
        ],
        "Why late",
        help="What made it late, for improvement (4.11, 8.2).",
        sealed=True,
    )
    urgency = fields.Selection(
        [
            ("over", "Over"),
            ("calm", "Time enough"),
            ("near", "Near"),
            ("today", "Today"),
            ("overdue", "Overdue"),
        ],
        compute="_compute_urgency",
    )
    on_lapse = fields.Selection(related="rule_id.on_lapse")
    end_event = fields.Selection(
        lambda self: self.env["iso10003.deadline.rule"]._get_events(),
        "Met by",
        compute="_compute_end_event",
    )
    may_suspend = fields.Boolean(related="rule_id.may_suspend")
    template_id = fields.Many2one(related="rule_id.template_id")
    extension_ids = fields.One2many(
        "iso10003.deadline.extension", "deadline_id", "Extensions", readonly=True
    )
    suspension_ids = fields.One2many(
        "iso10003.deadline.suspension", "deadline_id", "Stops", readonly=True
    )
    alarm_ids = fields.One2many(
        "iso10003.alarm", "deadline_id", "What happens when", readonly=True
    )

    _one_per_rule = models.UniqueIndex(
        "(rule_id, file_id) WHERE state <> 'cancelled'",
        "This rule already runs on this file.",
    )
    # as of disputes: what they are counted by, and what the record rules look at
    _counted_idx = models.Index(
        """(company_id, state, due_date) INCLUDE (user_id, team_id, reader_id,
           shared, rule_id, actor)"""
    )
    _running_due_idx = models.Index("(due) WHERE state IN ('running', 'suspended')")

    # ------------------------------------------------------------
    # Computed
    # ------------------------------------------------------------

    @api.depends("rule_id", "due_date", "given_kind", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for deadline in self:
            rule = deadline.rule_id.sudo()  # who sees a limit may know what it is
            deadline.display_name = rule.name or deadline._get_given_name()

    @api.model
    def _get_actors(self):
        rules = self.env["iso10003.deadline.rule"]
        return rules._fields["actor"]._description_selection(self.env)

    @api.depends("rule_id.actor", "given_actor")
    def _compute_actor(self):
        for deadline in self:
            rule = deadline.rule_id.sudo()  # as above
            deadline.actor = rule.actor or deadline.given_actor or "organization"

    @api.depends("rule_id.end_event", "given_event")
    def _compute_end_event(self):
        for deadline in self:
            deadline.end_event = deadline._get_end_event()

    @api.depends("file_id.user_id")
    def _compute_user_id(self):
        for deadline in self:
            deadline.user_id = deadline.file_id.user_id

    @api.depends("file_id.reader_ids", "file_id.privileged")
    def _compute_reading(self):
        for deadline in self:
            # a kind of case names one, see tests/file/test_file.py
            deadline.reader_id = deadline.file_id.reader_ids[:1]
            deadline.shared = not deadline.file_id.privileged

    @api.depends("why", "problem", "given_kind", "set_by_id")
    @api.depends_context("lang", "tz")
    def _compute_explanation(self):
        clocks = self.env["iso10003.clock"]
        for deadline in self:
            deadline.explanation = "\n".join(
                clocks._explain(deadline.why) or deadline._explain_given()
            )
            deadline.problem_text = clocks._explain_problem(deadline.problem)

    @api.depends("due_date", "state")
    @api.depends_context("uid", "tz")
    def _compute_urgency(self):
        today = fields.Date.context_today(self)
        for deadline in self:
            deadline.urgency = deadline._judge_urgency(today)

    def _judge_urgency(self, today):
        if self.state == "lapsed":
            return "overdue"
        if self.state != "running" or not self.due_date:
            return "over" if self.state in self.OVER else "calm"
        left = (self.due_date - today).days
        if left < 0:
            return "overdue"
        if not left:
            return "today"
        return "near" if left <= self._get_warn_days() else "calm"

    def _list_facts(self):
        """Return what a limit tells in the story of its file."""
        runs = self.state in ("running", "suspended")
        # the day alone: what met it may have none but that
        at = self.due_date if runs else self.met_date or self.lapsed_date
        at = at and find_day(at, self.env.tz)
        told = self._selection_label("actor" if self.state == "running" else "state")
        return [Fact(at, self.display_name, told, runs)] if at else []

    def _filter_told_outside(self):
        """Return the limits that people outside were told of, or have set.

        Theirs to keep, set by a body, met by a letter that they have, or longer by a
        day of which they were told. All others are ours alone.
        """
        # whether there is such a letter, whoever may read it
        letters = self.env["iso10003.letter"].sudo()
        letters = letters.search(
            [("deadline_id", "in", self.ids), ("state", "=", "sent")]
        )
        told = letters._filter_open_letters().deadline_id
        return self.filtered(
            lambda limit: (
                limit.actor != "organization"
                or limit.given_kind in SET_BY_BODIES
                or limit in told
                or limit.extension_ids.filtered("notice_date")
            )
        )

    # ------------------------------------------------------------
    # What still wants something
    # ------------------------------------------------------------

    @api.model
    def _get_pressing_domain(self):
        """Return what is to be done next, and what was missed and not explained.

        To do it late is no explanation where the limit blocks.
        """
        missed = Domain("state", "=", "lapsed") | self._get_blocking_domain()
        return Domain("state", "=", "running") | (
            missed & Domain("late_reason", "=", False)
        )

    def _filter_pressing(self):
        return self.filtered_domain(self._get_pressing_domain())

    @api.model
    def _get_blocking_domain(self):
        """Return what keeps a file where it is while nobody has said why."""
        return (
            Domain("state", "in", ("lapsed", "met_late"))
            & Domain("late_reason", "=", False)
            & Domain("rule_id.on_lapse", "=", "block")
        )

    # ------------------------------------------------------------
    # The file that it belongs to
    # ------------------------------------------------------------

    def _get_file(self):
        """Return the case: a record with ``iso10003.timed`` and a register."""
        self.ensure_one()
        # which case it is decides what the reader may do there, not the reader here
        return self.sudo().file_id.with_env(self.env)._get_case()

    def _check_may_lead(self):
        """Who leads the file may act on its deadlines."""
        for deadline in self:
            file = deadline._get_file()
            file.check_access("write")
            if not deadline._began_with_closing():
                file._check_not_frozen()

    def _began_with_closing(self):
        """Return whether it runs on a closed file, where all others have ended."""
        return self.rule_id.sudo().start_event == CLOSING  # the rule decides

    # ------------------------------------------------------------
    # Counting
    # ------------------------------------------------------------

    def _recount(self):
        """Count all anew, with calendars read once for the batch.

        What counts from no date that a calendar has keeps its problem.
        """
        countable = self.filtered("starts")
        counted = self.env["iso10003.deadline.rule"]._count(
            [deadline._prepare_count() for deadline in countable]
        )
        for deadline, vals in zip(countable, counted, strict=True):
            deadline._guarded_write(vals)

    def _prepare_count(self):
        """Return what the clock is given for one deadline."""
        rule = self.rule_id.sudo()  # the rule's values decide, whoever counts
        return {
            "rule": rule,
            "company": self.company_id,
            "calendar": self._get_file()._get_actor_calendar(rule.actor),
            "starts": {
                int(rule_id): fields.Datetime.from_string(start)
                for rule_id, start in self.starts.items()
            },
            "zone": self.zone,
            "abroad": self.abroad,
            "balance": self.balance and clock.Span(**self.balance),
            "extensions": [
                clock.Span(extension.quantity, extension.unit)
                for extension in self.extension_ids
            ],
            "suspensions": [
                (suspension.date_from, suspension._get_end())
                for suspension in self.suspension_ids
            ],
        }

    def _get_present_stop(self, now):
        return self.suspension_ids.filtered(
            lambda stop: stop.date_from <= now < stop._get_end()
        )[:1]

    def _stands_still(self, now):
        return bool(self._get_present_stop(now))

    # ------------------------------------------------------------
    # Its rows in the register: values, not references
    # ------------------------------------------------------------

    def write(self, vals):
        before = self._read_sealed(vals)
        result = super().write(vals)
        for deadline, changes in self._find_sealed_changes(before).items():
            deadline._note_in_register(
                "deadline_explained", {"model": self._name, "changes": changes}
            )
        return result

    def _note_in_register(self, event, data=None, note=None):
        """Append a row to the file of each deadline."""
        self.env["iso10003.register"]._append(
            [
                (
                    deadline._get_file(),
                    event,
                    {**deadline._prepare_sealed(), **(data or {})},
                    note,
                )
                for deadline in self
            ]
        )

    def _prepare_sealed(self):
        rule = self.rule_id.sudo()  # the policy, which everybody here reads
        return {
            "deadline": self.id,
            "code": rule.code or None,
            "rule": rule.with_context(lang="en_US").name or None,
            **self._prepare_given_seal(),
            "state": self.state,
            "due_date": self.due_date.isoformat() if self.due_date else None,
            **self._seal_dates(
                {"start": self.start, "due": self.due, "met": self.met_date}
            ),
        }

    def _seal_dates(self, instants):
        seal = self.env["iso10003.register"]._sealed_instant
        return {
            name: seal(instant) if instant else None
            for name, instant in instants.items()
        }

    # ------------------------------------------------------------
    # Small words
    # ------------------------------------------------------------

    def _lock_running(self):
        """Take the deadline for oneself, while it still runs."""
        for deadline in self:
            deadline._get_file()._lock()
            deadline.invalidate_recordset(["state"])
            if deadline.state not in (*self.RUNNING, "lapsed"):
                raise deadline._refusal(self.env._("it does not run any more."))

    def _need_reason(self, reason):
        if not self._is_said(reason):
            raise self._refusal(self.env._("a reason is needed; it is kept on record."))

    def _get_refused_name(self):
        return self.env._(
            "%(file)s, deadline “%(deadline)s”",
            file=self._get_file().display_name,
            deadline=self.display_name,
        )

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_view_file(self):
        self.ensure_one()
        return self._get_file().get_formview_action()

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for deadline in self:
            raise UserError(
                self.env._(
                    "“%(deadline)s” stays on record. A manager can cancel it.",
                    deadline=deadline.display_name,
                )
            )
