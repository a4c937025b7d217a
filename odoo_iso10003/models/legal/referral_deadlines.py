# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...core import docket

# what happens to a referral, and the field that says when
EVENTS = {
    "claim_arose": "claim_date",
    "referral_approved": "approved_date",
    "referral_filed": "filed_date",
    "claim_served": "served_date",
    "referral_decided": "decision_date",
    "decision_served": "decision_served_date",
    "appeal_decided": "appeal_decided_date",
    "referral_settled": "settled_date",
    "decision_enforced": "enforced_date",
    "duty_done": "duty_done_date",
}


class ReferralDeadlines(models.Model):
    """The limits that run on a referral, by the rules of the policy."""

    _inherit = "iso10003.referral"

    _lead_field = "counsel_id"
    _lead_role = "counsel"

    # whom deadlines and escalations call the owner of a file
    user_id = fields.Many2one(related="counsel_id", string="Owner")

    # ------------------------------------------------------------
    # Answers of a file with limits
    # ------------------------------------------------------------

    @api.model
    def _get_file_copies(self):
        return {
            **super()._get_file_copies(),
            "user_id": "counsel_id",
            "parent_id": "dispute_id.file_ids",
        }

    @api.model
    def _get_deadline_events(self):
        return EVENTS

    @api.model
    def _get_event_labels(self):
        """Return what can happen to a referral, in words of their own."""
        labels = {
            "claim_arose": self.env._("Referral: claim arose"),
            "referral_approved": self.env._("Referral: approved"),
            "referral_filed": self.env._("Referral: filed"),
            "claim_served": self.env._("Referral: claim served"),
            "referral_decided": self.env._("Referral: decided"),
            "decision_served": self.env._("Referral: decision served"),
            "appeal_decided": self.env._("Referral: right of appeal decided"),
            "referral_settled": self.env._("Referral: settled"),
            "decision_enforced": self.env._("Referral: enforced"),
            "duty_done": self.env._("Referral: done what it obliges to"),
        }
        return list(labels.items())

    def _event_date(self, event):
        # a decision that is final starts no limit to appeal
        if event == "decision_served" and self.appealable != "yes":
            return False
        return super()._event_date(event)

    @api.model
    def _get_watched_events(self, vals):
        watched = super()._get_watched_events(vals)
        if "appealable" in vals and "decision_served" not in watched:
            watched.append("decision_served")
        return watched

    def _is_frozen(self):
        return self.state in docket.ENDS

    def _get_actor_partner(self, actor):
        if actor == "complainant" and self.opponent_id:
            return self.opponent_id
        if actor == "authority" and self.authority_id.partner_id:
            return self.authority_id.partner_id
        return super()._get_actor_partner(actor)

    def _get_actor_zone(self, actor):
        authority = self.authority_id.sudo()  # when and where it works is no secret
        if actor == "authority" and authority:
            return authority.tz
        return super()._get_actor_zone(actor)

    def _get_actor_calendar(self, actor):
        authority = self.authority_id.sudo()  # when it works is no secret
        if actor == "authority" and authority.calendar_id:
            return authority.calendar_id
        return super()._get_actor_calendar(actor)

    def _get_named_people(self):
        case = self.sudo()  # who takes part in it, whoever writes to them
        authority = case.authority_id.partner_id
        return super()._get_named_people() | authority | case.party_ids.partner_id

    # ------------------------------------------------------------
    # Who lives abroad
    # ------------------------------------------------------------

    def write(self, vals):
        result = super().write(vals)
        if "residence" in vals:
            self._recount_residence()
        return result

    def _recount_residence(self):
        """Who lives abroad has longer: count anew what still runs."""
        for referral in self.sudo():  # counted by the system
            referral._recount_abroad(referral.residence == "abroad")

    def _recount_abroad(self, abroad):
        running = self.deadline_ids.filtered(
            lambda deadline: deadline.state in deadline.RUNNING
        )
        for deadline in running:
            before = {"start": deadline.start, "due": deadline.due}
            deadline._guarded_write({"abroad": abroad})
            deadline._recount()
            deadline._follow_due()
            deadline._note_in_register(
                "correction", {"before": deadline._seal_dates(before)}
            )


class ReferralDeadline(models.Model):
    """Who is abroad, the referral itself says."""

    _inherit = "iso10003.deadline"

    def _prepare_start_vals(self, record, rule, present, given):
        vals = super()._prepare_start_vals(record, rule, present, given)
        if record._name == "iso10003.referral" and "abroad" in vals:
            vals["abroad"] = record.residence == "abroad"
        return vals


class ReferralDeadlineRule(models.Model):
    """Rules may count from what happens to a referral, before some authorities."""

    _inherit = "iso10003.deadline.rule"

    authority_ids = fields.Many2many(
        "iso10003.authority",
        "iso10003_deadline_rule_authority_rel",
        "rule_id",
        "authority_id",
        "Authorities",
        help="Only for referrals to one of these; empty: to all.",
        ondelete="restrict",
    )

    @api.model
    def _get_events(self):
        *events, given = super()._get_events()
        return [*events, *self.env["iso10003.referral"]._get_event_labels(), given]

    @api.model
    def _get_criteria(self):
        return (*super()._get_criteria(), "authority_id")

    def _allows_authority_id(self, record):
        return not self.authority_ids or record.authority_id in self.authority_ids
