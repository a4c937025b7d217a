# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..dispute.dispute_checks import ASSESSED_MONTHS
from ..mixin.checks import Rule
from .consent import PROVEN


class ConsentChecks(models.Model):
    """What assessments ask of consents, of those of a year."""

    _inherit = "iso10003.consent"

    @api.model
    def _get_assessed_consents(self):
        since = fields.Datetime.today() - relativedelta(months=ASSESSED_MONTHS)
        return Domain("date", ">=", since) & Domain("state", "!=", "mistake")

    def _audit_told_beforehand(self, company):
        """10: was each one told by an approved sheet, which has all five blocks?

        Where the application is the consent, the body told them.
        """
        return Rule(
            self._get_assessed_consents()
            & Domain("channel", "not in", list(dict(PROVEN))),
            Domain("sheet_approved", "!=", True),
        )

    def _audit_never_before_dispute(self, company):
        """11: did no consumer agree before there was a dispute?"""
        return Rule(
            self._get_assessed_consents()
            & Domain("dispute_id.complainant_type", "=", "consumer"),
            Domain("flaws", "like", "before_dispute"),
        )
