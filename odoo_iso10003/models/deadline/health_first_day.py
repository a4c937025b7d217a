# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from .health import Sign


class HealthFirstDay(models.Model):
    """What an organization has to settle itself before anything can be late."""

    _inherit = "iso10003.health"

    def _look_at_limits(self):
        """Return whether the policies in force have time limits."""
        told = []
        policies = self.env["iso10003.policy"]
        for company in self.env.companies:
            today = company._get_company_day()
            present = policies.search(policies._get_in_force_domain(company, today))
            if not present.rule_ids:
                told.append(
                    self.env._(
                        "The policy of %(company)s has no time limit, so nothing is "
                        "ever late: write a version with limits (Example rules has "
                        "some), and let a second person approve it.",
                        company=company.name,
                    )
                )
        return self._judge_missing(told)

    def _look_at_duties(self):
        """Return which duties and roles nobody has."""
        told = []
        for company in self.env.companies:
            vacant = company._find_vacant_duties() + company._find_vacant_roles()
            if vacant:
                told.append(
                    self.env._(
                        "In %(company)s nobody is: %(duties)s. An administrator names "
                        "them under Settings ▸ Helpdesk and Settings ▸ Users.",
                        company=company.name,
                        duties=", ".join(dict.fromkeys(vacant)),
                    )
                )
        return self._judge_missing(told)

    def _judge_missing(self, told):
        return Sign("missing" if told else "well", told="\n".join(told))
