# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from .role import ROLES


class ResCompany(models.Model):
    _inherit = "res.company"

    def _prepare_for_disputes(self):
        result = super()._prepare_for_disputes()
        self._ensure_roles()
        return result

    def _ensure_roles(self):
        """Give these companies each role of dispute resolution; none needs anything."""
        # a new company has roles, whoever makes the company
        Role = self.env["iso10003.role"].sudo()
        there = {
            (role.company_id.id, role.code)
            for role in Role.search_fetch(
                [("company_id", "in", self.ids)], ["company_id", "code"]
            )
        }
        roles = Role.create(
            [
                {"company_id": company.id, "code": code, "sequence": 10 * place}
                for company in self
                for place, (code, _label) in enumerate(ROLES, 1)
                if (company.id, code) not in there
            ]
        )
        roles._propose_requirements()
