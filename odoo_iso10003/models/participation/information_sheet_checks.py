# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..mixin.checks import Answer


class InformationSheetChecks(models.Model):
    """What assessments ask of what complainants are told (4.13, annex I)."""

    _inherit = "iso10003.information.sheet"

    def _audit_terms_public(self, company):
        """30: are the terms there to be told, with a sheet on each method offered?"""
        answer = self.env["iso10003.policy"]._ask_terms(company)
        if answer.failing or not answer.population or not self._find_untold(company):
            return answer
        return Answer(1, answer.holding, missing="sheets")

    def _find_untold(self, company):
        """Return the methods that providers offer and no approved sheet tells of."""
        services = self.env["iso10003.provider.service"].search(
            [("company_id", "=", company.id), ("provider_id.active", "=", True)]
        )
        offered = services._filter_valid(company._get_company_day()).method_id
        sheets = self.search(
            [("company_id", "=", company.id), ("state", "=", "approved")]
        )
        told = sheets.method_id
        # a company's own method is told by what was written of the shipped one, too
        return offered.filtered(lambda one: not (one | one.replaces_id) & told)
