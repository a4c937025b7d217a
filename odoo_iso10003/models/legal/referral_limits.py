# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...core import docket
from ..mixin.people_date import format_people_date


class ReferralLimits(models.Model):
    """Limits that must not pass in silence: limitation, and the right of appeal.

    Each referral knows the next day on which to remind of its limits, so the sweep
    finds by index what is due and nothing else. A missed run loses nothing: what
    became due meanwhile is reminded of once.
    """

    _inherit = "iso10003.referral"

    limitation_date = fields.Date(
        "Last day to file",
        index="btree_not_null",
        tracking=True,
        help="The last day on which the claim may be filed.",
    )
    limitation_rule = fields.Char(
        "Rule of the limitation",
        help="The law or rule that gives this date.",
        sealed="digest",
    )
    limit_date = fields.Date(
        "Next limit",
        compute="_compute_limit_date",
        store=True,
        index="btree_not_null",
        help="The last day on which we must act: to file, or to appeal.",
    )
    next_date = fields.Date(
        "Next date",
        compute="_compute_next_date",
        store=True,
        index="btree_not_null",
        help="The next hearing or limit.",
    )
    reminded_date = fields.Date(
        "Reminded up to",
        readonly=True,
        copy=False,
        help="Up to this day all reminders of the present limit are out.",
        guarded=True,
    )
    alarm_date = fields.Date(
        "Next reminder",
        compute="_compute_alarm_date",
        store=True,
        help="The next day on which counsel and managers are reminded of the limit.",
    )

    _alarm_due = models.Index("(alarm_date) WHERE alarm_date IS NOT NULL")

    @api.depends(
        "state", "limitation_date", "appealable", "appeal_until", "appeal_decision"
    )
    def _compute_limit_date(self):
        for referral in self:
            referral.limit_date = referral._find_limit()

    def _find_limit(self):
        """Return the last day of the right that nobody has used or waived yet."""
        if self.state in docket.BEFORE_FILING:
            return self.limitation_date
        undecided = self.appealable == "yes" and not self.appeal_decision
        return self.appeal_until if self.state == "decided" and undecided else False

    @api.depends(
        "limit_date",
        "state",
        "authority_id.tz",
        "hearing_ids.start",
        "hearing_ids.state",
        "file_ids.deadline_ids.due_date",
        "file_ids.deadline_ids.state",
        "file_ids.deadline_ids.late_reason",
    )
    def _compute_next_date(self):
        for referral in self:
            dates = [referral.limit_date] if referral.limit_date else []
            if referral.state in docket.OPEN_STATES:
                planned = referral.hearing_ids.filtered(
                    lambda hearing: hearing.state == "planned"
                )
                dates += [hearing._get_day() for hearing in planned]
                pressing = referral.deadline_ids._filter_pressing()
                dates += filter(None, pressing.mapped("due_date"))
            referral.next_date = min(dates, default=False)

    @api.depends("limit_date", "reminded_date")
    def _compute_alarm_date(self):
        for referral in self:
            referral.alarm_date = docket.next_alarm(
                referral.limit_date or None, referral.reminded_date or None
            )

    def write(self, vals):
        """A new limit is reminded of anew, and the register keeps both dates."""
        names = {"limitation_date", "appeal_until"} & vals.keys()
        moved = [
            (referral, name, referral[name])
            for name in sorted(names)
            for referral in self
            if referral._would_change(name, vals[name])
        ]
        result = super().write(vals)
        for referral, name, former in moved:
            referral._guarded_write({"reminded_date": False})
            referral._register_event(
                "limit",
                {
                    "field": name,
                    "from": former.isoformat() if former else None,
                    "to": referral[name].isoformat() if referral[name] else None,
                },
            )
        return result

    # ------------------------------------------------------------
    # Reminding
    # ------------------------------------------------------------

    @api.model
    def _cron_remind_of_limits(self):
        """Remind counsel and managers of limits, 10, 5 and 2 days before and after.

        Past the limit each week, until somebody files, decides or notes the lapse.
        """
        today = fields.Date.today()
        self._sweep([("alarm_date", "<=", today)], "_remind_of_limits")

    def _remind_of_limits(self):
        today = fields.Date.today()
        watchers = self._find_limit_watchers()
        self._remind(
            "odoo_iso10003.activity_legal_limit",
            watchers,
            {referral: max(referral.limit_date, today) for referral in self},
            lambda referral: referral._describe_limit(today),
        )
        self.env["iso10003.register"]._append(
            [
                (
                    referral,
                    "reminder",
                    {
                        "limit": referral.limit_date.isoformat(),
                        "days": (referral.limit_date - today).days,
                    },
                    None,
                )
                for referral in self
                if watchers[referral]
            ]
        )
        self._guarded_write({"reminded_date": today})

    def _describe_limit(self, today):
        day = format_people_date(self.env, self.limit_date)
        over = self.limit_date < today
        if self.state in docket.BEFORE_FILING:
            if over:
                return self.env._("The claim may be barred since %(day)s", day=day)
            return self.env._("File by %(day)s", day=day)
        if over:
            return self.env._(
                "The right of appeal lapsed undecided on %(day)s", day=day
            )
        return self.env._("Appeal or waive it by %(day)s", day=day)

    def _find_limit_watchers(self):
        """Return ``{referral: whom its limit concerns}``: counsel, and a manager."""
        managers = self._find_responsible_managers()
        return {referral: referral.counsel_id | managers[referral] for referral in self}

    def _prepare_transition_vals(self, step, to_state):
        vals = super()._prepare_transition_vals(step, to_state)
        if step != "approve":  # what was asked about the limit is done or moot
            self.activity_unlink(["odoo_iso10003.activity_legal_limit"])
        return vals
