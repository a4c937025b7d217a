# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

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
# why clocks of a dispute stand still
WHY = "authority"


class ReferralDeadlines(models.Model):
    """What runs on a referral: limits by the rules of the policy, and rights.

    Two rights must not pass in silence, to file and to appeal. Where the policy
    version has a rule, the rule gives the day, and the reader can open it: for the
    limitation one that counts from the day on which the claim arose until the filing,
    for the right of appeal one that ends with the decision about it. Where there is
    none, day and rule are given in words. Each referral knows the next day on which to
    remind of its limits (``referral_reminding.py``).

    While an authority has the matter, clocks of the dispute may stand still. Which
    may, their rules say; that they shall, the referral does, until a day named from
    the beginning. They go on when the last such referral ends.
    """

    _inherit = "iso10003.referral"

    _lead_field = "counsel_id"
    _lead_role = "counsel"

    # whom deadlines and escalations call the owner of a file
    user_id = fields.Many2one(related="counsel_id", string="Owner")
    # until when we must act: to file, and to appeal
    claim_date = fields.Date(
        "Claim arose on",
        tracking=True,
        help="From this day on the limitation counts, such as delivery or the day on "
        "which a payment was due. If the policy has a rule that counts from it, the "
        "last day to file is counted by that rule.",
        sealed=True,
        deed=True,
    )
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
    # the clocks of the dispute
    stops_clocks = fields.Boolean(
        "Clocks of the dispute stand still",
        tracking=True,
        help="From the filing until the end of the referral, as far as their rules "
        "let clocks be stopped.",
        sealed=True,
    )
    clocks_until = fields.Date(
        "At most until",
        tracking=True,
        help="Then they go on by themselves.",
        sealed=True,
    )

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

    def _is_moot(self, event):
        """What a later instance replaced is not to be done any more."""
        replaced = event == "duty_done" and self.duty_replaced_by_id
        return bool(replaced) or super()._is_moot(event)

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

    def _follow_residence(self, vals):
        """Who lives abroad has longer: count anew what still runs."""
        if "residence" not in vals:
            return
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

    # ------------------------------------------------------------
    # Limits that must not pass in silence
    # ------------------------------------------------------------

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

    def _read_former_limits(self, vals):
        """Return ``[(referral, field, day)]`` of the limits that these values move."""
        names = {"limitation_date", "appeal_until"} & vals.keys()
        return [
            (referral, name, referral[name])
            for name in sorted(names)
            for referral in self
            if referral._would_change(name, vals[name])
        ]

    def _follow_limits(self, moved):
        """The register keeps both dates of a limit that moved."""
        for referral, name, former in moved:
            referral._register_event(
                "limit",
                {
                    "field": name,
                    "from": former.isoformat() if former else None,
                    "to": referral[name].isoformat() if referral[name] else None,
                },
            )

    # ------------------------------------------------------------
    # Limits that rules of the policy count
    # ------------------------------------------------------------

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

    def _follow_counted(self, vals):
        if vals.keys() & COUNTED_FROM:
            self._take_counted_limits()
            self._check_appeal_limit()

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
    # Clocks of the dispute
    # ------------------------------------------------------------

    def _move_clocks(self):
        """Let the dispute's clocks stand still from the filing on, until the end."""
        if self.state == "filed":
            self._stop_clocks()
        elif self.state in docket.ENDS:
            self._release_clocks()

    def _stop_clocks(self):
        """Stop what may stand still, with a message on the dispute as its proof."""
        # counsel acts on a dispute that they read and others lead
        dispute = self.dispute_id.sudo()
        if not self.stops_clocks or not dispute or dispute._is_frozen():
            return
        deadlines = dispute.deadline_ids.filtered(
            lambda deadline: deadline.state == "running" and deadline.may_suspend
        )
        if not deadlines:
            return
        message = dispute.message_post(
            body=self.with_context(lang=dispute._get_leader().lang).env._(
                "An authority has the matter (%(number)s): clocks stand still.",
                number=self.name,
            ),
            subtype_xmlid="mail.mt_note",
        )
        deadlines.action_suspend(
            WHY,
            self._get_clocks_end(),
            message_id=message.id,
        )

    def _get_clocks_end(self):
        """Return the instant at which the last day ends where the dispute is led."""
        rules = self.env["iso10003.deadline.rule"]
        zone = ZoneInfo(rules._get_company_zone(self.company_id))
        end = datetime.combine(self.clocks_until, time(23, 59, 59), zone)
        return end.astimezone(UTC).replace(tzinfo=None)

    def _release_clocks(self):
        """Let go on what stands still because of this, unless another one holds it."""
        # what a referral stopped goes on with it, whoever leads the dispute
        dispute = self.dispute_id.sudo()
        holding = dispute.referral_ids.filtered(
            lambda other: other.stops_clocks and other.state in docket.WITH_AUTHORITY
        )
        if not self.stops_clocks or not dispute or holding or dispute._is_frozen():
            return
        now = fields.Datetime.now()
        dispute.deadline_ids.filtered(
            lambda deadline: (
                deadline.state == "suspended"
                and deadline._get_present_stop(now).reason == WHY
            )
        ).action_resume()


class ReferralDeadline(models.Model):
    """Who is abroad, the referral itself says, and its days follow what it counts."""

    _inherit = "iso10003.deadline"

    def _prepare_start_vals(self, record, rule, present, given):
        vals = super()._prepare_start_vals(record, rule, present, given)
        if record._name == "iso10003.referral" and "abroad" in vals:
            vals["abroad"] = record.residence == "abroad"
        return vals

    def _follow_due(self):
        """A clock that stood still or was extended moves the day on the referral."""
        result = super()._follow_due()
        files = self.sudo().file_id  # whose day it is, whoever moves it
        for file in files.filtered(lambda file: file.model == "iso10003.referral"):
            referral = file._get_case()
            if not referral._is_frozen():
                referral._take_counted_limits()
        return result


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
    def _get_criteria(self):
        return (*super()._get_criteria(), "authority_id")

    def _allows_authority_id(self, record):
        return not self.authority_ids or record.authority_id in self.authority_ids
