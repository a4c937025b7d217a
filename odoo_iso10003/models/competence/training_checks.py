# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.fields import Domain

from ..mixin.checks import Rule


class TrainingChecks(models.Model):
    """What assessments ask of trainings (4.10; ISO 9001:2015, 7.2)."""

    _inherit = "iso10003.training.attendance"

    def _check_effect_evaluated(self, company):
        """25: was each training that is due for it looked at for its effect?"""
        return Rule(
            Domain("evaluation_due", "<=", fields.Date.context_today(self)),
            Domain("effectiveness", "=", False),
        )
