# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...core import docket
from ..mixin.people_date import format_people_date

# what reminds of which day
ACTIVITIES = {
    "limit": "odoo_iso10003.activity_legal_limit",
    "review": "odoo_iso10003.activity_legal_review",
}


class ReferralReminding(models.Model):
    """Whom limits and reviews of a referral concern, and in which words.

    Counsel and managers are reminded of a limit before it, and past it each week until
    somebody files, decides or notes the lapse; the reviewer of a review, and managers
    of one that stays undone.
    """

    _inherit = "iso10003.referral"

    @api.model
    def _get_ladders(self):
        return {"limit": docket.LIMIT, "review": docket.REVIEW}

    def _get_reminder_days(self):
        return {"limit": self.limit_date, "review": self.review_due_date}

    @api.model
    def _get_reminder_activity(self, ladder):
        return ACTIVITIES[ladder]

    def _find_reminded(self, ladder):
        if ladder == "limit":
            return self._find_limit_watchers()
        return self._find_review_watchers()

    def _describe_reminder(self, reminder, day):
        if reminder == "limit":
            return self._describe_limit(day)
        return self.env._("Review the referral")

    def _note_reminded(self, due, people):
        self.env["iso10003.register"]._append(
            [
                (
                    referral,
                    "reminder",
                    {
                        reminder: day.isoformat(),
                        "days": (day - referral._get_today()).days,
                    },
                    None,
                )
                for (referral, reminder), day in due.items()
                if people[referral, reminder]
            ]
        )

    # ------------------------------------------------------------
    # Of limits
    # ------------------------------------------------------------

    def _describe_limit(self, limit):
        day = format_people_date(self.env, limit)
        over = limit < self._get_today()
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
        """Return ``{referral: whom its limit concerns}``: counsel, and a manager.

        Whom the policy tells of the same limit today is left out: its escalations were
        approved, so they go first; the reminders of the docket see to it that nobody
        else is left in the dark.
        """
        told, nobody = self._find_told_by_policy(), self.env["res.users"]
        managers = self._find_responsible_managers()
        return {
            referral: (referral.counsel_id | managers[referral])
            - told.get(referral, nobody)
            for referral in self
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

    def _end_limit_reminders(self, step):
        """What was asked about the limit is done or moot, once somebody goes on."""
        if step != "approve":
            self.activity_unlink(["odoo_iso10003.activity_legal_limit"])

    # ------------------------------------------------------------
    # Of reviews
    # ------------------------------------------------------------

    def _find_review_watchers(self):
        """Return ``{referral: whom to remind}``: reviewers, and managers when late."""
        late = self.filtered(
            lambda referral: (
                not referral.reviewer_id
                or (referral._get_today() - referral.review_due_date).days
                >= docket.REPEAT
            )
        )
        managers, nobody = late._find_responsible_managers(), self.env["res.users"]
        return {
            referral: referral.reviewer_id | managers.get(referral, nobody)
            for referral in self
        }

    # ------------------------------------------------------------
    # Whom
    # ------------------------------------------------------------

    def _get_responsible_managers(self):
        """Return the manager who approved; else the policy's approver; else all."""
        self.ensure_one()
        return self._find_responsible_managers()[self]

    def _find_responsible_managers(self):
        """Return ``{referral: managers}``, see :meth:`_get_responsible_managers`."""
        found = self._find_responsible_approvers()
        rest = self.filtered(lambda referral: referral not in found)
        for company, referrals in rest.grouped("company_id").items():
            found.update(dict.fromkeys(referrals, company._get_managers()))
        return found

    def _find_responsible_approvers(self):
        """Return ``{referral: manager}`` where who approved may still be asked."""
        users, found = self.env["res.users"], {}
        for approver_of in (
            lambda referral: referral.approver_id,
            lambda referral: referral.policy_id.sudo().approver_id,  # a name
        ):
            rest = self.filtered(lambda referral: referral not in found)
            for user, referrals in rest.grouped(approver_of).items():
                if user.active and self._is_manager(user):
                    for referral in referrals._filter_readable_by(user):
                        found[referral] = users.browse(user.id)
        return found

    def _get_stand_in(self):
        return self._get_responsible_managers()[:1] or super()._get_stand_in()


class RemindingAlarm(models.Model):
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
