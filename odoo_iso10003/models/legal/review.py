# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..mixin.people_date import format_people_number


class ReferralReview(models.Model):
    """One periodic review of a referral: who looked, what was decided, and why.

    Whoever records it has done it: the reviewer is the user, and cannot be somebody
    who handles the matter. A review does not change afterwards.
    """

    _name = "iso10003.referral.review"
    _description = "Review of a referral"
    _inherit = ["iso10003.guarded"]
    _order = "referral_id, date desc, id desc"

    referral_id = fields.Many2one(
        "iso10003.referral", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(
        related="referral_id.company_id", store=True, index=True
    )
    reviewer_id = fields.Many2one(
        "res.users",
        "Reviewed by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index=True,
        guarded=True,
    )
    date = fields.Date("Reviewed on", readonly=True, copy=False, guarded=True)
    due_date = fields.Date(
        "Was due on", readonly=True, copy=False, index=True, guarded=True
    )
    on_time = fields.Boolean(
        compute="_compute_on_time",
        store=True,
        help="Reviewed on or before the day on which it was due.",
    )
    state_reviewed = fields.Selection(
        lambda self: (
            self.env["iso10003.referral"]
            ._fields["state"]
            ._description_selection(self.env)
        ),
        "State at the review",
        readonly=True,
        copy=False,
        guarded=True,
    )
    decision = fields.Selection(
        [
            ("continue", "Continue"),
            ("settle", "Settle"),
            ("withdraw", "Withdraw"),
            ("escalate", "Take to the managers"),
        ],
        required=True,
        default="continue",
        fixed=True,
    )
    reasons = fields.Text(
        required=True,
        fixed=True,
        help="Prospects, costs against the amount, what has changed since.",
    )
    next_date = fields.Date(
        "Reviewed again on",
        required=True,
        default=lambda self: self._default_next_date(),
        fixed=True,
    )

    @api.model
    def _default_next_date(self):
        referral = self.env["iso10003.referral"].browse(
            self.env.context.get("default_referral_id") or ()
        )
        days = referral.policy_id.legal_review_days or 30
        return fields.Date.context_today(self) + timedelta(days=days)

    @api.depends("referral_id", "date")
    def _compute_display_name(self):
        for review in self:
            review.display_name = " · ".join(
                part
                for part in (review.referral_id.name, str(review.date or ""))
                if part
            )

    @api.depends("date", "due_date")
    def _compute_on_time(self):
        for review in self:
            review.on_time = not review.due_date or (
                bool(review.date) and review.date <= review.due_date
            )

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        today = fields.Date.context_today(self)
        referrals = self.env["iso10003.referral"].browse(
            vals.get("referral_id") for vals in vals_list
        )
        return [
            {
                "reviewer_id": self.env.uid,
                "date": today,
                "due_date": referral.review_due_date,
                "state_reviewed": referral.state,
            }
            for referral in referrals
        ]

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [
            {**self.default_get(["referral_id"]), **vals} for vals in vals_list
        ]
        for vals in vals_list:
            referral = self.env["iso10003.referral"].browse(vals.get("referral_id"))
            referral._check_reviewable()
            referral._pass_door(
                "action_review", vals.get("reasons"), user=self.env.user
            )
        reviews = super().create(vals_list)
        for review in reviews:
            review.referral_id._note_review(review)
        return reviews

    @api.constrains("reasons", "next_date")
    def _check_decision(self):
        for review in self:
            if not (review.reasons or "").strip():
                raise ValidationError(
                    self.env._(
                        "Review of %(number)s: give the reasons of the decision.",
                        number=review.referral_id.name,
                    )
                )
            interval = review.referral_id.policy_id.legal_review_days
            last = review.date + timedelta(days=interval)
            if not review.date < review.next_date <= last:
                raise ValidationError(
                    self.env._(
                        "Review of %(number)s: the next review is after today and at "
                        "most %(days)s days from today, as the policy wants.",
                        number=review.referral_id.name,
                        days=format_people_number(self.env, interval),
                    )
                )

    def copy_data(self, default=None):
        raise UserError(self.env._("A review is done, not duplicated."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for review in self:
            raise UserError(
                self.env._(
                    "The review of %(number)s stays on record.",
                    number=review.referral_id.name,
                )
            )

    # ------------------------------------------------------------
    # Words
    # ------------------------------------------------------------

    def _describe_decision(self):
        self.ensure_one()
        decisions = dict(self._fields["decision"]._description_selection(self.env))
        return self.env._("Reviewed: %(decision)s", decision=decisions[self.decision])

    def _describe_fact(self):
        """Return ``(date, what, detail)`` for the timeline."""
        return self.date, self._describe_decision(), self.reviewer_id.name
