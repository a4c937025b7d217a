# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from .competence import EXPIRING_DAYS
from .competence_plan import DAYS_BEFORE_END


class StarterDocument(models.Model):
    """The times by which certifications are renewed, for the procedure of training."""

    _inherit = "iso10003.starter.document"

    def _get_words(self, policy):
        return {
            **super()._get_words(policy),
            "expiring": self._say_time(EXPIRING_DAYS, "day"),
            "renewal": self._say_time(DAYS_BEFORE_END, "day"),
        }
