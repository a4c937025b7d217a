# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import is_html_empty

from ..mixin.checks import Answer, Rule

INTERVAL_MONTHS = 12


class MgmtsystemReview(models.Model):
    """What assessments ask of management reviews (8.4; ISO 9001:2015, 9.3)."""

    _inherit = "mgmtsystem.review"

    def _audit_review_held(self, company):
        """91: was a review closed within the last twelve months?"""
        reviews = self.search([("company_id", "=", company.id)], order="date desc")
        since = fields.Datetime.now() - relativedelta(months=INTERVAL_MONTHS)
        now = fields.Datetime.now()
        held = reviews.filtered(
            lambda review: review.state == "done" and since <= review.date <= now
        )
        # one review is asked for: where none was held, the newest falls short
        return Answer(min(1, len(reviews)), self if held else reviews[:1])

    def _audit_review_concluded(self, company):
        """92: does each closed review say what it looked at and concluded?"""
        reviews = self.search([("company_id", "=", company.id), ("state", "=", "done")])
        silent = reviews.filtered(
            lambda review: is_html_empty(review.conclusion) or not review.line_ids
        )
        return Answer(len(reviews), silent)


class MgmtsystemReviewLine(models.Model):
    _inherit = "mgmtsystem.review.line"

    def _audit_outputs_followed(self, company):
        """93: is each output of a closed review an action or a nonconformity?"""
        return Rule(
            Domain("review_id.state", "=", "done"),
            Domain("action_id", "=", False) & Domain("nonconformity_id", "=", False)
            | Domain(
                "action_id",
                "any",
                [
                    ("date_deadline", "<", fields.Date.context_today(self)),
                    ("stage_id.is_ending", "=", False),
                ],
            ),
        )
