# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.fields import Domain

from ..mixin.checks import Rule

# letters sent longer ago are history, and not looked at any more
ASSESSED_MONTHS = 12


class LetterChecks(models.Model):
    """What assessments ask of the letters to parties, of those of a year."""

    _inherit = "iso10003.letter"

    def _audit_texts_approved(self, company):
        """6: did what complainants got to read begin with a text that was approved?

        What was written by hand rests on no text of ours, and is for people to read.
        """
        since = fields.Date.context_today(self) - relativedelta(months=ASSESSED_MONTHS)
        return Rule(
            Domain("state", "=", "sent")
            & Domain("sent_date", ">=", since)
            & Domain("audience", "in", ("public", "parties"))
            & Domain("template_id", "!=", False),
            Domain("unapproved", "=", True),
        )
