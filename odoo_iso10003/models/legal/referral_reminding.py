# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from odoo import api, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import split_every

_logger = logging.getLogger(__name__)

# referrals that are reminded of together, between two commits
BATCH = 100
# how often somebody else may have been faster before the scheduled action fails, to be
# tried again by its scheduler
PATIENCE = 5


class ReferralReminding(models.Model):
    """How people are reminded of what is due: in batches, each once, and in words."""

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
