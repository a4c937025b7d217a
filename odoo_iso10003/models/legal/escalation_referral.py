# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...core import docket
from ..mixin.people_date import format_people_date


def _get_dispute(file):
    """Return the dispute that is referred: of its proceedings, that one."""
    return file.dispute_id if file._name == "iso10003.proceeding" else file


class ReferralEscalation(models.Model):
    """Escalations that propose or open a legal referral, and that reach counsel."""

    _inherit = "iso10003.escalation"

    kind = fields.Selection(
        selection_add=[
            ("propose_referral", "Propose a legal referral"),
            ("referral", "Open the draft of a legal referral"),
        ],
        ondelete={"propose_referral": "cascade", "referral": "cascade"},
    )
    role = fields.Selection(
        selection_add=[("counsel", "Counsel in charge")],
        ondelete={"counsel": "cascade"},
    )

    # ------------------------------------------------------------
    # Who
    # ------------------------------------------------------------

    def _get_counsel(self, file):
        if file._name == "iso10003.referral":
            return file.counsel_id
        open_ones = _get_dispute(file).referral_ids.filtered(
            lambda referral: referral.state in docket.OPEN_STATES
        )
        return open_ones.counsel_id[:1]

    # ------------------------------------------------------------
    # What
    # ------------------------------------------------------------

    @api.model
    def _fire_propose_referral(self, alarms):
        """Ask each person to consider a referral, once for a dispute."""
        for alarm in alarms._without_referral():
            reader = alarm.with_context(lang=alarm.user_id.lang)
            _get_dispute(alarm._get_file()).with_context(
                mail_activity_quick_update=True
            ).activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=alarm.deadline_id.due_date,
                user_id=alarm.user_id.id,
                summary=reader.env._(
                    "Refer it to an authority? (%(deadline)s)",
                    deadline=reader.deadline_id.display_name,
                ),
            )

    @api.model
    def _fire_referral(self, alarms):
        """Open a draft for each dispute without a referral; counsel completes it."""
        for alarm in alarms._without_referral():
            referral = self.env["iso10003.referral"].create(
                alarm._prepare_referral_vals()
            )
            referral._ask_counsel()


class ReferralAlarm(models.Model):
    _inherit = "iso10003.alarm"

    def _without_referral(self):
        """Return the alarms of disputes that have no open referral, one for each."""
        seen, found = set(), self.browse()
        for alarm in self:
            file = _get_dispute(alarm._get_file())
            if file._name != "iso10003.dispute" or file in seen:
                continue
            seen.add(file)
            if file.legal_state != "open":
                found |= alarm
        return found

    def _prepare_referral_vals(self):
        deadline = self.deadline_id
        user = self.user_id
        return {
            "dispute_id": _get_dispute(deadline._get_file()).id,
            "counsel_id": user.id
            if user.has_group("odoo_iso10003.group_counsel")
            else False,
            "reason": self.env._(
                "Opened because of the limit “%(deadline)s” of %(day)s.",
                deadline=deadline.display_name,
                day=format_people_date(self.env, deadline.due_date),
            ),
        }
