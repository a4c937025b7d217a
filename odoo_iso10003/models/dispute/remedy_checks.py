# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..mixin.checks import Answer

# so many kinds of remedy, so that not all is money
WANTED = 5


class RemedyChecks(models.Model):
    """What assessments ask of the catalogue of remedies (annex E)."""

    _inherit = "iso10003.remedy"

    def _audit_catalogue_wide(self, company):
        """17: is the catalogue wider than money?"""
        kinds = self.search_count([])
        return Answer(kinds, value=float(kinds), threshold=float(WANTED))
