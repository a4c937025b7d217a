# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import split_every

from ...core import docket
from ..mixin.people_date import format_people_date

_logger = logging.getLogger(__name__)

# referrals that are reminded of together, between two commits
BATCH = 100
# how often somebody else may have been faster before the scheduled action fails, to be
# tried again by its scheduler
PATIENCE = 5


class ReferralReminding(models.Model):
    """How people are reminded of limits and reviews: in batches, once, and in words.

    The sweep finds by index what is due and nothing else. A missed run loses nothing:
    what became due meanwhile is reminded of once.
    """

    _inherit = "iso10003.referral"

    # ------------------------------------------------------------
    # The sweep
    # ------------------------------------------------------------

    @api.model
    def _sweep(self, domain, method):
        """Call ``method`` on the referrals that are due, and go on after a failure.

        Takes ids first, so that a record that fails is met once and not again.

        :param domain: what is due; what ``method`` does takes a referral out of it
        """
        due = self.search(domain, order="id").ids
        self.env["ir.cron"]._commit_progress(remaining=len(due))
        for ids in split_every(BATCH, due):
            if not self._sweep_batch(ids, domain, method):
                break

    @api.model
    def _sweep_batch(self, ids, domain, method):
        """Do one batch and commit; return whether there is time for another."""
        losses = 0
        while True:
            try:
                # who holds one of them changes it now; it is met at the next run
                taken = self.browse(ids).try_lock_for_update(allow_referencing=True)
                taken.filtered_domain(domain)._do_isolated(method)
                return self.env["ir.cron"]._commit_progress(len(ids))
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                losses += 1
                if losses == PATIENCE:
                    raise
                self._look_again()

    def _note_failure(self, method, error):
        _logger.error("%s failed on %s", method, self, exc_info=error)

    # ------------------------------------------------------------
    # Of limits
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

    @api.model
    def _cron_remind_of_reviews(self):
        """Remind the reviewer of what is due, and managers of what stays undone."""
        today = fields.Date.today()
        self._sweep([("review_alarm_date", "<=", today)], "_remind_of_reviews")

    def _remind_of_reviews(self):
        today = fields.Date.today()
        self._remind(
            "odoo_iso10003.activity_legal_review",
            self._find_review_watchers(today),
            {referral: referral.review_due_date for referral in self},
            lambda referral: referral.env._("Review the referral"),
        )
        self.env["iso10003.register"]._append(
            [
                (
                    referral,
                    "reminder",
                    {
                        "review": referral.review_due_date.isoformat(),
                        "days": (referral.review_due_date - today).days,
                    },
                    None,
                )
                for referral in self
            ]
        )
        self._guarded_write(
            {"review_alarm_date": today + timedelta(days=docket.REPEAT)}
        )

    def _find_review_watchers(self, today):
        """Return ``{referral: whom to remind}``: reviewers, and managers when late."""
        late = self.filtered(
            lambda referral: (
                not referral.reviewer_id
                or (today - referral.review_due_date).days >= docket.REPEAT
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

    # ------------------------------------------------------------
    # In which words
    # ------------------------------------------------------------

    def _remind(self, kind, users, days, describe):
        """Ask people in their language, in the place of what they were asked before.

        :param kind: the external id of the type of activity
        :param users: ``{referral: whom to ask}``
        :param days: ``{referral: until when}``
        :param describe: is given a referral and returns what is asked
        """
        self.activity_unlink([kind])
        activity_type = self.env.ref(kind)
        model = self.env["ir.model"]._get_id(self._name)
        # no e-mail for each: who has many would get as many
        activities = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        activities.create(
            [
                {
                    "activity_type_id": activity_type.id,
                    "automated": True,
                    "res_model_id": model,
                    "res_id": referral.id,
                    "user_id": user.id,
                    "date_deadline": days[referral],
                    "summary": describe(referral.with_context(lang=user.lang)),
                    "note": activity_type.default_note,
                }
                for referral in self
                for user in users[referral]
            ]
        )


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
