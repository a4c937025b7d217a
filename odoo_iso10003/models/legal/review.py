# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...core import docket
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
    review_overdue = fields.Boolean(
        compute="_compute_review_overdue", search="_search_review_overdue"
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

    def _prepare_review_vals(self, to_state):
        """Return when the review is due in the state to which a step leads."""
        if to_state in docket.ENDS or to_state == "draft":
            return {"review_due_date": False}
        if self.review_due_date:
            return {}
        due = fields.Date.context_today(self) + timedelta(
            days=self.policy_id.legal_review_days
        )
        return {"review_due_date": due}

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
        self._guarded_write({"review_due_date": review.next_date})
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
        self._ask(
            "odoo_iso10003.activity_legal_review",
            {self: asked},
            {self: fields.Date.context_today(self)},
            lambda referral: review.with_env(referral.env)._describe_decision(),
        )
