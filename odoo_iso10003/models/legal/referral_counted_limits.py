# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...core import docket

# the day of each limit, and where its rule is told in words
COUNTED = {"limitation_date": "limitation_rule", "appeal_until": "appeal_rule"}
# what may change what the rules count
COUNTED_FROM = {
    "authority_id",
    "claim_date",
    "decision_served_date",
    "appealable",
    "residence",
    *COUNTED.keys(),
    *COUNTED.values(),
}


class ReferralCountedLimits(models.Model):
    """The limits of ``referral_limits.py``, as far as rules of the policy count them.

    Where the policy version has a rule, the rule gives the day, and the reader can
    open it: for the limitation one that counts from the day on which the claim arose
    until the filing, for the right of appeal one that ends with the decision about
    it. Where there is none, day and rule are given in words.
    """

    _inherit = "iso10003.referral"

    claim_date = fields.Date(
        "Claim arose on",
        tracking=True,
        help="From this day on the limitation counts, such as delivery or the day on "
        "which a payment was due. If the policy has a rule that counts from it, the "
        "last day to file is counted by that rule.",
        sealed=True,
        deed=True,
    )
    limitation_rule_id = fields.Many2one(
        "iso10003.deadline.rule",
        "Limitation counted by",
        compute="_compute_counting_rules",
        help="The rule of the policy version that gives the last day to file.",
    )
    appeal_rule_id = fields.Many2one(
        "iso10003.deadline.rule",
        "Appeal limit counted by",
        compute="_compute_counting_rules",
        help="The rule of the policy version that gives the last day to appeal.",
    )

    @api.depends("file_ids.deadline_ids.state", "file_ids.deadline_ids.due_date")
    def _compute_counting_rules(self):
        for referral in self:
            limitation = referral._find_counting_deadline("limitation_date")
            appeal = referral._find_counting_deadline("appeal_until")
            referral.limitation_rule_id = limitation.rule_id
            referral.appeal_rule_id = appeal.rule_id

    def _find_counting_deadline(self, name):
        """Return the deadline that counts a limit: the first that ends, or none.

        :param name: one of ``COUNTED``
        """
        counts = {
            "limitation_date": self._counts_limitation,
            "appeal_until": self._counts_appeal,
        }[name]
        # the rule is in the policy, whoever may read deadlines
        found = self.sudo().deadline_ids.filtered(
            lambda deadline: (
                deadline.state != "cancelled" and deadline.due_date and counts(deadline)
            )
        )
        return found.sorted("due_date")[:1]

    def _counts_limitation(self, deadline):
        return (
            deadline.rule_id.end_event == "referral_filed"
            and "claim_arose" in deadline._get_start_events()
        )

    def _counts_appeal(self, deadline):
        return deadline.rule_id.end_event == "appeal_decided"

    @api.model_create_multi
    def create(self, vals_list):
        referrals = super().create(vals_list)
        referrals._take_counted_limits()
        return referrals

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & COUNTED_FROM:
            self._take_counted_limits()
            self._check_appeal_limit()
        return result

    def _take_counted_limits(self):
        """Let the last days be what the rules of the policy count."""
        for referral in self:
            for name in COUNTED:
                deadline = referral._find_counting_deadline(name)
                if deadline.state in (*deadline.RUNNING, "lapsed"):
                    referral._take_counted_limit(name, deadline)

    def _take_counted_limit(self, name, deadline):
        rule = deadline.rule_id
        taken = {
            name: deadline.due_date,
            COUNTED[name]: " · ".join(filter(None, [rule.name, rule.legal_basis])),
        }
        if any(self._would_change(field, value) for field, value in taken.items()):
            self.write(taken)

    # ------------------------------------------------------------
    # Reminding
    # ------------------------------------------------------------

    def _find_limit_watchers(self):
        """Leave out whom the policy tells of the same limit today.

        The escalations of the policy were approved, so they go first; the reminders
        of the docket see to it that nobody else is left in the dark.
        """
        told, nobody = self._find_told_by_policy(), self.env["res.users"]
        return {
            referral: watchers - told.get(referral, nobody)
            for referral, watchers in super()._find_limit_watchers().items()
        }

    def _find_told_by_policy(self):
        """Return ``{referral: whom an escalation of its limit tells today}``."""
        counted = {}
        for referral in self:
            before_filing = referral.state in docket.BEFORE_FILING
            deadline = referral._find_counting_deadline(
                "limitation_date" if before_filing else "appeal_until"
            )
            if deadline:
                counted[deadline] = referral
        # who is told is decided by the policy, whoever may read its alarms
        alarms = self.env["iso10003.alarm"].sudo()
        levels = alarms.search(
            [
                ("deadline_id", "in", [deadline.id for deadline in counted]),
                ("escalation_id.role", "!=", False),
            ]
        )
        told = {}
        for level in levels:
            referral = counted[level.deadline_id]
            told.setdefault(referral, self.env["res.users"])
            told[referral] |= level._find_told_today()
        return told


class CountedAlarm(models.Model):
    _inherit = "iso10003.alarm"

    def _find_told_today(self):
        """Return who hears of this level today: it came today, or is still to come."""
        if self.state not in ("pending", "fired"):
            return self.user_id.browse()
        user = self.user_id or self.escalation_id._get_person(self._get_file())
        here = self.with_context(tz=user.tz)
        today, day = (
            fields.Datetime.context_timestamp(here, instant).date()
            for instant in (fields.Datetime.now(), self.fired_date or self.at)
        )
        # what was missed comes with the next sweep
        comes = day <= today if self.state == "pending" else day == today
        return user if comes else user.browse()


class CountedDeadline(models.Model):
    _inherit = "iso10003.deadline"

    def _follow_due(self):
        """A clock that stood still or was extended moves the day on the referral."""
        result = super()._follow_due()
        files = self.sudo().file_id  # whose day it is, whoever moves it
        for file in files.filtered(lambda file: file.model == "iso10003.referral"):
            referral = file._get_case()
            if not referral._is_frozen():
                referral._take_counted_limits()
        return result
