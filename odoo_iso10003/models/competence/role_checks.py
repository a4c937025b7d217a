# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..mixin.checks import Answer
from .role import PROPOSED


class RoleChecks(models.Model):
    """What assessments ask of the roles (4.10, annex G)."""

    _inherit = "iso10003.role"

    def _audit_needs_laid_down(self, company):
        """23: does each role say which certifications it takes?

        The lists that ship say nothing until the company requires one or changes one.
        """
        roles = self.search([("company_id", "=", company.id)])
        if roles and all(role._is_as_shipped() for role in roles):
            return Answer(0, missing="shipped")
        silent = roles.filtered(lambda role: not role.requirement_ids)
        return Answer(len(roles), silent, holding=roles - silent)

    def _is_as_shipped(self):
        """Whether nobody has required, changed or added to what was proposed."""
        if self.enforced:
            return False
        names = [f"odoo_iso10003.{name}" for name in PROPOSED.get(self.code, ())]
        proposed = [self.env.ref(name, raise_if_not_found=False) for name in names]
        wanted = {tuple(record.id for record in proposed)} if all(proposed) else set()
        needs = {(need.skill_id.id, need.level_id.id) for need in self.requirement_ids}
        return needs == (wanted - {()})
