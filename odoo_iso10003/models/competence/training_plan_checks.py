# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.fields import Domain

from ..mixin.checks import Rule

# sessions planned for longer ago are history, and not looked at any more
ASSESSED_MONTHS = 12


class TrainingPlanChecks(models.Model):
    """What assessments ask of the sessions that were planned (6.4)."""

    _inherit = "iso10003.training"

    def _audit_plan_kept(self, company):
        """57: was each session held that was planned for a day of the past year?

        One that was moved in time was held; one that was called off was not.
        """
        now = fields.Datetime.now()
        since = now - relativedelta(months=ASSESSED_MONTHS)
        return Rule(
            Domain("date_end", "<=", now) & Domain("date_end", ">=", since),
            Domain("state", "!=", "held"),
        )
