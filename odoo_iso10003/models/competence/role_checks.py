# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.fields import Domain

from ..mixin.checks import Rule


class RoleChecks(models.Model):
    """What assessments ask of the roles (4.10, annex G)."""

    _inherit = "iso10003.role"

    def _audit_needs_laid_down(self, company):
        """23: does each role say which certifications it takes?"""
        return Rule(Domain.TRUE, Domain("requirement_ids", "=", False))
