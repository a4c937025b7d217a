# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..mixin.people_date import format_people_date, format_people_number


class AttendanceEffectiveness(models.Model):
    """Whether it helped: judged by somebody, and measured from the person's files.

    ISO 9001:2015, 7.2 c.
    """

    _inherit = "iso10003.training.attendance"

    evaluation_due = fields.Date(
        "Effectiveness due",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="From this day on somebody says whether the training helped.",
        guarded=True,
    )
    evaluation_method = fields.Selection(
        lambda self: self.env["iso10003.course"]._get_evaluation_methods(),
        "Evaluated by",
        compute="_compute_evaluation_method",
        store=True,
        readonly=False,
    )
    effectiveness = fields.Selection(
        [
            ("effective", "Effective"),
            ("partly", "Partly effective"),
            ("not_effective", "Not effective"),
        ]
    )
    evaluation_note = fields.Text(
        "Observed", help="What it is judged by, and what follows."
    )
    evaluation_date = fields.Date(
        "Evaluated on", readonly=True, copy=False, guarded=True
    )
    evaluation_user_id = fields.Many2one(
        "res.users",
        "Judged by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
    )
    measured = fields.Json(
        "Measured from the files", readonly=True, copy=False, guarded=True
    )
    measured_text = fields.Text(
        "Files before and after",
        compute="_compute_measured_text",
        help="Of the person's own files, in as many days before the session as after.",
    )

    @api.depends("course_id")
    def _compute_evaluation_method(self):
        for row in self:
            row.evaluation_method = row.course_id.evaluation_method

    @api.model
    def _prepare_result_vals(self, training, day, result):
        days = training.course_id.evaluation_days
        due = training._get_day() + timedelta(days=days) if days and result else False
        return {
            **super()._prepare_result_vals(training, day, result),
            "evaluation_due": due,
        }

    def _check_evaluation_kept(self, vals):
        if vals.keys() & {"effectiveness", "evaluation_note", "evaluation_method"}:
            for row in self.filtered("evaluation_date"):
                raise UserError(
                    self.env._(
                        "The effectiveness of %(session)s for %(person)s was "
                        "evaluated on %(day)s; that stays on record.",
                        session=row.training_id.name,
                        person=row.person_name,
                        day=format_people_date(self.env, row.evaluation_date, "short"),
                    )
                )

    # ------------------------------------------------------------
    # Judging
    # ------------------------------------------------------------

    def action_evaluate(self):
        """Close the evaluation: who judged, when, and what the files show."""
        today = fields.Date.context_today(self)
        for row in self:
            row._check_may_be_evaluated(today)
            row._guarded_write(
                {
                    "evaluation_date": today,
                    "evaluation_user_id": self.env.uid,
                    "measured": row._measure(today),
                }
            )
            row.training_id._register_event(
                "effectiveness",
                {
                    "attendance": row.id,
                    "effectiveness": row.effectiveness,
                    "measured": row.measured,
                },
                row.evaluation_note,
            )

    def _check_may_be_evaluated(self, today):
        self.check_access("write")
        why = None
        if not self.result:
            why = self.env._("there is no result of the training yet.")
        elif self.evaluation_date:
            why = self.env._("it was evaluated already.")
        elif not self.effectiveness or not self.evaluation_note:
            why = self.env._("say how effective it was, and what you observed.")
        elif self.env.user in self._get_users():
            why = self.env._("nobody judges the effect of the own training.")
        if why:
            raise UserError(
                self.env._(
                    "%(person)s in %(session)s: %(why)s",
                    person=self.person_name,
                    session=self.training_id.name,
                    why=why,
                )
            )

    # ------------------------------------------------------------
    # Measuring
    # ------------------------------------------------------------

    def _measure(self, today):
        """Compare the files of the person before and after the session.

        Both periods are as long as the course's evaluation takes, but the second
        does not reach past today.

        :return: ``{"days", "before": {…}, "after": {…}}``, or None without files
        """
        self.ensure_one()
        users = self._get_users()
        day = self.training_id._get_day()
        days = min(self.course_id.evaluation_days or 90, (today - day).days)
        if not users or days < 1:
            return None
        length = relativedelta(days=days)
        return {
            "days": days,
            "before": self._measure_period(users, day - length, day),
            "after": self._measure_period(users, day, day + length),
        }

    def _measure_period(self, users, start, end):
        """Count what became of the files of ``users`` from ``start`` until ``end``."""
        # figures of all files of the person, whoever may read them; no file is shown
        Dispute = self.env["iso10003.dispute"].sudo()
        # of the register, how often the files were reopened
        Register = self.env["iso10003.register"].sudo()
        mine = [("user_id", "in", users.ids)]
        reopened = Register.search_fetch(
            [
                ("dispute_id", "any", mine),
                ("event", "=", "transition"),
                ("at", ">=", start),
                ("at", "<", end),
            ],
            ["data"],
        ).filtered(lambda row: row.data.get("step") == "reopen")
        met, due = self._count_deadlines(users, start, end)
        return {
            "closed": Dispute.search_count(
                [*mine, ("closed_date", ">=", start), ("closed_date", "<", end)]
            ),
            "reopened": len(reopened),
            "deadlines_met": met,
            "deadlines": due,
        }

    def _count_deadlines(self, users, start, end):
        """Return how many of our deadlines in their files were met, and how many fell.

        A deadline belongs to the period on whose days it fell due.
        """
        # only counts come out
        deadlines = self.env["iso10003.deadline"].sudo()
        rows = deadlines._read_group(
            [
                ("user_id", "in", users.ids),
                ("actor", "=", "organization"),
                ("state", "in", ["met", "met_late", "lapsed"]),
                ("due_date", ">=", start),
                ("due_date", "<", end),
            ],
            ["state"],
            ["__count"],
        )
        counts = dict(rows)
        return counts.get("met", 0), sum(counts.values())

    @api.depends("measured")
    @api.depends_context("lang")
    def _compute_measured_text(self):
        for row in self:
            row.measured_text = row._write_measured() if row.measured else False

    def _write_measured(self):
        lines = []
        days = format_people_number(self.env, self.measured["days"])
        for period, label in (
            ("before", self.env._("%(days)s days before", days=days)),
            ("after", self.env._("%(days)s days after", days=days)),
        ):
            figures = self.measured[period]
            lines.append(
                self.env._(
                    "%(period)s: %(closed)s files closed, %(reopened)s reopened, "
                    "%(met)s of %(due)s limits kept",
                    period=label,
                    closed=format_people_number(self.env, figures["closed"]),
                    reopened=format_people_number(self.env, figures["reopened"]),
                    met=format_people_number(self.env, figures["deadlines_met"]),
                    due=format_people_number(self.env, figures["deadlines"]),
                )
            )
        return "\n".join(lines)
