# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models

from ...core import docket


class ReferralReviews(models.Model):
    """An open referral is reviewed regularly, by somebody who does not handle it.

    The first review is due one interval of the policy after approval or filing, the
    following ones when the review before says.
    """

    _inherit = "iso10003.referral"

    review_due_date = fields.Date(
        "Reviewed again on",
        readonly=True,
        copy=False,
        tracking=True,
        help="By when somebody who does not handle the referral reviews it.",
        guarded=True,
    )
    review_alarm_date = fields.Date(
        "Next reminder of the review",
        readonly=True,
        copy=False,
        help="On this day reviewer and managers are reminded of the review.",
        guarded=True,
    )
    review_overdue = fields.Boolean(
        compute="_compute_review_overdue", search="_search_review_overdue"
    )

    _review_due = models.Index(
        "(review_alarm_date) WHERE review_alarm_date IS NOT NULL"
    )

    @api.depends("review_due_date")
    def _compute_review_overdue(self):
        today = fields.Date.context_today(self)
        for referral in self:
            due = referral.review_due_date
            referral.review_overdue = bool(due) and due < today

    def _search_review_overdue(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        overdue = fields.Domain("review_due_date", "<", fields.Date.context_today(self))
        wanted = (operator == "in") == (True in value)
        return overdue if wanted else ~overdue

    def _prepare_transition_vals(self, step, to_state):
        vals = super()._prepare_transition_vals(step, to_state)
        if to_state in docket.ENDS or to_state == "draft":
            vals.update(review_due_date=False, review_alarm_date=False)
        elif not self.review_due_date:
            due = fields.Date.context_today(self) + timedelta(
                days=self.policy_id.legal_review_days
            )
            vals.update(review_due_date=due, review_alarm_date=due)
        return vals

    def action_review(self):
        """Return the sheet on which this referral is reviewed."""
        self.ensure_one()
        self._check_reviewable()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Review of %(number)s", number=self.name),
            "res_model": "iso10003.referral.review",
            "view_mode": "form",
            "views": [
                (
                    self.env.ref("odoo_iso10003.review_view_form_dialog").id,
                    "form",
                )
            ],
            "target": "new",
            "context": {"default_referral_id": self.id},
        }

    def _check_reviewable(self):
        self.check_access("write")
        if self.state in docket.ENDS or self.state == "draft":
            raise self._refusal(
                self.env._("only an approved referral that has not ended is reviewed.")
            )
        untold = self._find_untold(("reviewer",), self.env.user)
        self._refuse_strict(untold)

    def _note_review(self, review):
        """Take over what a review decides."""
        self._guarded_write(
            {
                "review_due_date": review.next_date,
                "review_alarm_date": review.next_date,
            }
        )
        self._freeze_estimate("review")
        self._register_event(
            "legal_review",
            {
                "decision": review.decision,
                "due": review.due_date and review.due_date.isoformat() or None,
                "next": review.next_date.isoformat(),
            },
            review.reasons,
        )
        self.activity_unlink(["odoo_iso10003.activity_legal_review"])
        self._ask_to_carry_out(review)

    def _ask_to_carry_out(self, review):
        """Let counsel settle or withdraw, or managers decide, as reviewed."""
        if review.decision == "continue":
            return
        escalated = review.decision == "escalate"
        asked = self._get_responsible_managers() if escalated else self.counsel_id
        self._remind(
            "odoo_iso10003.activity_legal_review",
            {self: asked},
            {self: fields.Date.context_today(self)},
            lambda referral: review.with_env(referral.env)._describe_decision(),
        )

    # ------------------------------------------------------------
    # Reminding
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
