# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import fields, models

from ..mixin.checks import Answer
from .provider import LOOKED_AT_MONTHS


class ProviderChecks(models.Model):
    """What assessments ask of the providers that a company uses."""

    _inherit = "iso10003.provider"

    def _ask_all(self, company, holds):
        """Return the answer over all providers of a company that are in use."""
        providers = self._find_in_use(company)
        return Answer(len(providers), providers.filtered(lambda one: not holds(one)))

    def _find_in_use(self, company):
        """Return the providers that are offered; rooms above add who has a case."""
        return self.search([("company_id", "=", company.id)])

    def _audit_independent(self, company):
        """19: was it looked at within a year whether each one is independent of us?"""
        since = fields.Date.context_today(self) - relativedelta(months=LOOKED_AT_MONTHS)
        return self._ask_all(
            company,
            lambda provider: (
                provider.independence == "independent"
                and provider.independence_date
                and provider.independence_date >= since
            ),
        )

    def _audit_chosen_among_several(self, company):
        """52: was each one chosen by criteria, among several?"""
        return self._ask_all(
            company,
            lambda provider: any(
                (row.compared or "").strip() for row in provider.evaluation_ids
            ),
        )

    def _audit_accredited(self, company):
        """53: has each one a valid accreditation, membership or agreement?"""
        today = fields.Date.context_today(self)
        return self._ask_all(
            company,
            lambda provider: provider.credential_ids._filter_valid(today),
        )

    def _audit_controlled(self, company):
        """102: was each one evaluated for reasons, within a year, and is allowed?"""
        today = fields.Date.context_today(self)
        return self._ask_all(
            company,
            lambda provider: (
                provider._is_evaluated(today)
                and provider.credential_ids._filter_valid(today)
                and any((row.reasons or "").strip() for row in provider.evaluation_ids)
            ),
        )

    def _audit_looked_at_again(self, company):
        """54: was each one evaluated within a year?"""
        today = fields.Date.context_today(self)
        return self._ask_all(company, lambda provider: provider._is_evaluated(today))
