# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import html2plaintext

from ...core import scoring
from ..mixin.checks import Answer
from .mgmtsystem_audit import SEEN_BY

# top management reads what it reviewed
REVIEWED_BY = f"{SEEN_BY},odoo_iso10003.group_sponsor"
INTERVAL_MONTHS = 12
# decisions are followed for so long
FOLLOWED_MONTHS = 36
# what a review looks at (8.4.2; ISO 9001:2015, 9.3.2)
INPUTS = (
    "input_former",
    "input_changes",
    "input_performance",
    "input_satisfaction",
    "input_audits",
    "input_providers",
    "input_resources",
    "input_risks",
    "input_improvement",
)


class MgmtsystemReview(models.Model):
    """A management review of dispute resolution: what it looks at (8.4).

    Reviews of other systems stay as they are, and answer no question of ours.
    """

    _name = "mgmtsystem.review"
    _inherit = ["iso10003.guarded", "mgmtsystem.review"]

    dispute_review = fields.Boolean(
        "Review of dispute resolution",
        groups=REVIEWED_BY,
        help="It counts for readiness, and has the inputs that 8.4.2 wants.",
    )
    input_former = fields.Text("Actions of former reviews", groups=REVIEWED_BY)
    input_changes = fields.Text(
        "Changes within and outside: law, products, customers", groups=REVIEWED_BY
    )
    input_performance = fields.Text(
        "Figures of the process: number, time, results, cost", groups=REVIEWED_BY
    )
    input_satisfaction = fields.Text(
        "Satisfaction of complainants with the process", groups=REVIEWED_BY
    )
    input_audits = fields.Text("Audits, findings and their actions", groups=REVIEWED_BY)
    input_providers = fields.Text("Performance of providers", groups=REVIEWED_BY)
    input_resources = fields.Text("People and means", groups=REVIEWED_BY)
    input_risks = fields.Text("Risks and opportunities", groups=REVIEWED_BY)
    input_improvement = fields.Text("Ideas for improvement", groups=REVIEWED_BY)

    # ------------------------------------------------------------
    # Closed means closed
    # ------------------------------------------------------------

    def write(self, vals):
        """A closed review of disputes stays as it was held, and stays one."""
        frozen = self.filtered(lambda review: review._is_frozen())
        frozen = frozen.filtered(
            lambda review: any(review._would_alter(name, vals[name]) for name in vals)
        )
        frozen._refuse_change()
        return super().write(vals)

    def _would_alter(self, name, value):
        if name.startswith(("message_", "activity_")) or name == "line_ids":
            return False  # decisions look to themselves
        return self._would_change(name, value)

    def _is_frozen(self):
        # that it is closed is no secret to who may try to change it
        review = self.sudo()
        return review.dispute_review and review.state == "done"

    def _refuse_change(self):
        for review in self:
            raise UserError(
                self.env._(
                    "Review “%(review)s” is closed and does not change any more.",
                    review=review.name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self.filtered(lambda review: review._is_frozen())._refuse_change()

    @api.model
    def _get_assessed(self, company, months):
        """Return the closed reviews of dispute resolution of so many months."""
        now = fields.Datetime.now()
        return self.search(
            Domain("company_id", "=", company.id)
            & Domain("dispute_review", "=", True)
            & Domain("state", "=", "done")
            & Domain("date", ">=", now - relativedelta(months=months))
            & Domain("date", "<=", now),
            order="date desc, id desc",
        )

    def _has_top_management(self):
        """Whether somebody of the top management took part."""
        company = self.company_id
        top = company._get_members("odoo_iso10003.group_sponsor")
        # who that is, is a duty of the company and no secret
        sponsor = company.sudo().dispute_sponsor_id
        return bool(self.user_ids & (top | sponsor))

    def _list_silent_inputs(self):
        """Return the inputs of which nothing is said."""
        return [name for name in INPUTS if not scoring.says_something(self[name])]

    def _audit_review_held(self, company):
        """91: did top management review the process within the last twelve months?

        A review of disputes that is closed, and in which it took part.
        """
        reviews = self.search(
            [("company_id", "=", company.id), ("dispute_review", "=", True)],
            order="date desc, id desc",
        )
        recent = self._get_assessed(company, INTERVAL_MONTHS)
        held = recent.filtered(lambda review: review._has_top_management())
        # one review is asked for: where none was held, the newest falls short
        return Answer(
            min(1, len(reviews)), self if held else reviews[:1], holding=held[:1]
        )

    def _audit_review_concluded(self, company):
        """92: did each review look at all it has to, and say what it concluded?"""
        reviews = self._get_assessed(company, FOLLOWED_MONTHS)
        silent = reviews.filtered(
            lambda review: (
                review._list_silent_inputs()
                or not scoring.says_something(html2plaintext(review.conclusion or ""))
            )
        )
        return Answer(len(reviews), silent, holding=reviews - silent)


class MgmtsystemReviewLine(models.Model):
    _inherit = "mgmtsystem.review.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_review_open()
        return lines

    def write(self, vals):
        """What is done about a decision follows later; what was decided stays."""
        if vals.keys() - {"action_id", "nonconformity_id"}:
            self._check_review_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        self._check_review_open()

    def _check_review_open(self):
        reviews = self.review_id
        reviews.filtered(lambda review: review._is_frozen())._refuse_change()

    def _audit_outputs_followed(self, company):
        """93: has each decision an action with day and owner, and is it in time?"""
        reviews = self.env["mgmtsystem.review"]._get_assessed(company, FOLLOWED_MONTHS)
        outputs = reviews.line_ids.sorted("id")
        today = fields.Date.context_today(self)
        idle = outputs.filtered(lambda output: not output._is_followed(today))
        return Answer(len(outputs), idle, holding=outputs - idle)

    def _is_followed(self, today):
        """Whether an action, or one of its nonconformity, is owned and in time."""
        found = self.nonconformity_id
        actions = self.action_id | found.action_ids | found.immediate_action_id
        return bool(actions) and all(
            self._is_in_hand(action, today) for action in actions
        )

    @api.model
    def _is_in_hand(self, action, today):
        owner = action.user_id
        owned = owner.active and not owner.share and owner.id != SUPERUSER_ID
        in_time = action.stage_id.is_ending or (
            action.date_deadline and action.date_deadline >= today
        )
        return bool(owned and action.date_deadline and in_time)
