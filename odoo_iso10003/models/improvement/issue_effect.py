# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from ...core import recurrence
from ...core.ladder import Ladder
from ..mixin.people_date import format_people_number

# on the day when the effect is asked, and each two weeks until somebody says it
LADDER = Ladder((0,), 14)


class IssueEffect(models.Model):
    """Whether the action against the cause of an issue worked (8.5).

    By a figure: how many files a month there were before the day of the action, and
    after it. It is asked so many days after the action as the policy in force says,
    and somebody says, with a reason, whether it worked; if not, the issue is open
    again, and another action is wanted.
    """

    _inherit = "iso10003.issue"

    action_done = fields.Text(
        "What was done",
        readonly=True,
        copy=False,
        guarded=True,
    )
    action_date = fields.Date(
        "Done on", readonly=True, copy=False, guarded=True, deed=True
    )
    effect_date = fields.Date(
        "Effect asked on",
        readonly=True,
        copy=False,
        guarded=True,
        help="So many days after the action as the policy in force says.",
    )
    effect = fields.Selection(
        [("effective", "It worked"), ("not_effective", "It did not work")],
        readonly=True,
        copy=False,
        tracking=True,
        guarded=True,
    )
    effect_reason = fields.Text("Why", readonly=True, copy=False, guarded=True)
    effect_user_id = fields.Many2one(
        "res.users",
        "Said by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
    )
    effect_said_date = fields.Date(
        "Said on", readonly=True, copy=False, guarded=True, deed=True
    )
    rate_before = fields.Float(
        "Files a month before", compute="_compute_rates", digits=(16, 2)
    )
    rate_after = fields.Float(
        "Files a month since", compute="_compute_rates", digits=(16, 2)
    )
    rates = fields.Char("Recurrence", compute="_compute_rates")

    @api.depends("action_date", "cause_id", "dispute_ids.opened_date")
    @api.depends_context("uid", "lang")
    def _compute_rates(self):
        """Count the files that the reader may read, and no others."""
        for issue in self:
            before, after = issue._compare_rates()
            issue.rate_before, issue.rate_after = before, after
            issue.rates = issue.action_date and self.env._(
                "%(before)s files a month before the action, %(after)s since",
                before=format_people_number(self.env, round(before, 2)),
                after=format_people_number(self.env, round(after, 2)),
            )

    def _compare_rates(self):
        if not self.action_date:
            return 0, 0
        files = self.env["iso10003.dispute"].search_fetch(
            self._get_recurring_domain(), ["opened_date"]
        )
        days = [
            fields.Datetime.context_timestamp(self, file.opened_date).date()
            for file in files
            if file.opened_date
        ]
        return recurrence.compare(days, self.action_date, self._get_today())

    def _get_recurring_domain(self):
        """Return which files are the same again: its own, and those of its cause."""
        own = Domain("issue_id", "=", self.id)
        if self.cause_id:
            own |= Domain("cause_id", "=", self.cause_id.id)
        return own & Domain("company_id", "=", self.company_id.id)

    def action_view_recurrence(self):
        """Open the picture: files by the month in which they were opened."""
        action = self._view_files(list(self._get_recurring_domain()))
        return {
            **action,
            "views": [
                (self.env.ref("odoo_iso10003.issue_view_graph_recurrence").id, "graph"),
                (False, "list"),
                (False, "form"),
            ],
        }

    # ------------------------------------------------------------
    # Said of it
    # ------------------------------------------------------------

    def action_note_action(self, done, day=None):
        """Note what was done against the cause, and when.

        :param done: in words
        :param day: on which day; today if not given
        """
        self._check_alive()
        if self.state == "proposed":
            raise self._refusal(self.env._("decide first whether it is an issue."))
        self._check_given("action_date", day)
        day = fields.Date.to_date(day) or self._get_today()
        if not self._is_said(done):
            raise self._refusal(self.env._("say what was done against the cause."))
        # the version in force says when, whoever notes it
        policies = self.env["iso10003.policy"].sudo()
        days = policies._in_force(self.company_id, self._get_today()).effect_days
        self._guarded_write(
            {
                "state": "acted",
                "action_done": done,
                "action_date": day,
                "effect_date": fields.Date.add(day, days=days),
                "effect": False,
                "effect_reason": False,
                "effect_user_id": False,
                "effect_said_date": False,
            }
        )
        self._register_event("issue_action", {"date": day.isoformat()}, done)
        return True

    def action_say_effect(self, effect, reason):
        """Say whether the action worked, and why one thinks so.

        :param effect: a choice of the field
        """
        self._check_alive()
        self._need_reason(reason)
        if self.state != "acted":
            raise self._refusal(
                self.env._("note first what was done against the cause.")
            )
        if effect not in dict(self._fields["effect"].selection):
            raise self._refusal(self.env._("say whether it worked, or did not."))
        before, after = self._compare_rates()
        today = self._get_today()
        self._guarded_write(
            {
                "state": "ended" if effect == "effective" else "open",
                "effect": effect,
                "effect_reason": reason,
                "effect_user_id": self.env.uid,
                "effect_said_date": today,
            }
        )
        self._register_event(
            "issue_effect",
            {"effect": effect, "before": f"{before:.2f}", "after": f"{after:.2f}"},
            reason,
        )
        self._take_back(self._get_reminder_activity("effect"))
        # whoever says it may not read what it became in the management system
        raised = self.sudo().nonconformity_id
        raised._note_effect(before, after, today)
        return True

    # ------------------------------------------------------------
    # Asked again
    # ------------------------------------------------------------

    @api.model
    def _get_ladders(self):
        return {"effect": LADDER}

    def _get_reminder_days(self):
        return {"effect": self.state == "acted" and self.effect_date}

    def _find_reminded(self, ladder):
        return {issue: issue._get_leader() for issue in self}

    def _describe_reminder(self, reminder, day):
        return self.env._("Did it help? Say whether the action worked")
