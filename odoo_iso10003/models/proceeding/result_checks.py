# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...core import result as rules
from ..dispute.dispute_checks import ASSESSED_MONTHS
from ..mixin.checks import Rule, compare

# a gate that versions have which were approved after there were results
REVIEWS = "review_decided"


class ResultChecks(models.Model):
    """What assessments ask of results, of those of a year.

    What files had before there were results says neither text nor answers: it is left
    out, and how many that are is told.
    """

    _inherit = "iso10003.result"

    @api.model
    def _get_assessed_results(self, *kinds):
        since = fields.Date.today() - relativedelta(months=ASSESSED_MONTHS)
        return (
            Domain("date", ">=", since)
            & Domain("kind", "in", kinds)
            & Domain("origin", "!=", "before")
        )

    @api.model
    def _get_left_out_results(self, *kinds):
        return Domain("kind", "in", kinds) & Domain("origin", "=", "before")

    def _audit_settlements_written(self, company):
        """74: was each settlement that holds put in writing?"""
        return Rule(
            self._get_assessed_results(rules.SETTLEMENT)
            & Domain("effect", "in", rules.HOLDING),
            Domain("text", "in", [False, ""]) & Domain("document_sha256", "=", False),
            self._get_left_out_results(rules.SETTLEMENT),
        )

    def _audit_recommendations_answered(self, company):
        """75: did we decide on each, and tell the complainant and the body?"""
        kinds = (rules.RECOMMENDATION, rules.VIEW)
        told = [
            ("side", "=", rules.OURS),
            ("state", "=", "given"),
            ("told_complainant", "=", True),
            ("told_body", "=", True),
        ]
        refused = [("side", "=", rules.THEIRS), ("state", "=", "given")]
        waits = Domain("effect", "=", rules.OPEN) | (
            # where the complainant had refused it first, nothing was ours to decide
            Domain("effect", "=", rules.WITHOUT)
            & Domain("answer_ids", "any", [*refused, ("answer", "=", "rejected")])
            & Domain("answer_ids", "not any", [("side", "=", rules.OURS)])
        )
        return Rule(
            self._get_assessed_results(*kinds)
            & Domain("effect", "not in", (rules.REPLACED, rules.SET_ASIDE))
            & ~waits,
            Domain("answer_ids", "not any", told),
            self._get_left_out_results(*kinds),
        )

    def _audit_reviews_considered(self, company):
        """77: was it decided on a review before the time to ask for one was over?

        Of files under versions from before results, and of what is only noted from
        before, nobody asks.
        """
        since = fields.Date.today() - relativedelta(months=ASSESSED_MONTHS)
        versions = self.env["iso10003.policy"]._find_asking(company, REVIEWS)
        open_window = Domain("review_decision", "=", False) & (
            Domain("review_until", "=", False)
            | Domain("review_until", ">=", company._get_company_day())
            # nobody reviews what has no effect
            | Domain("effect", "not in", rules.HOLDING)
        )
        over = Domain("date", ">=", since) & Domain("review_route", "!=", "none")
        known = Domain("dispute_id.policy_id", "in", versions.ids)
        return Rule(
            over & known & ~open_window,
            Domain("review_decision", "=", False)
            | compare("review_date", ">", "review_until"),
            left_out=(over & ~known & ~open_window)
            | self._get_left_out_results(rules.DECISION),
        )

    def _audit_binding_written(self, company):
        """78: does each decision that holds say whom it binds, and from when?"""
        return Rule(
            self._get_assessed_results(rules.DECISION)
            & Domain("effect", "in", rules.HOLDING),
            Domain("binding", "=", False) | Domain("effective_date", "=", False),
            self._get_left_out_results(rules.DECISION),
        )


class ResultAnswerChecks(models.Model):
    """What assessments ask of answers to results."""

    _inherit = "iso10003.result.answer"

    def _audit_rejections_approved(self, company):
        """76: was each refusal of ours reasoned, and by somebody above handlers?"""
        since = fields.Date.today() - relativedelta(months=ASSESSED_MONTHS)
        return Rule(
            Domain("date", ">=", since)
            & Domain("side", "=", rules.OURS)
            & Domain("answer", "=", "rejected")
            & Domain("state", "=", "given"),
            Domain("reasons", "in", [False, ""]) | Domain("above_handlers", "=", False),
        )
