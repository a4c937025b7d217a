# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..dispute.dispute_checks import ASSESSED_MONTHS
from ..mixin.checks import Rule, compare
from .consent import PROVEN

# within so many days, what a withdrawal wants is done
RESPECTED_DAYS = 7


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


class ConsentedChecks(models.AbstractModel):
    """What assessments ask of how files came to their consents."""

    _inherit = "iso10003.consented"

    def _audit_taken_part_willingly(self, company):
        """9: did all agree, and know on what, before the evaluation began?

        Of files under versions from before there were consents, nobody asks.
        """
        unknowing = Domain("counts", "=", True) & Domain("flaws", "like", "no_sheet")
        return Rule(
            self._beyond("notice")
            & Domain("policy_id.gate_ids", "any", [("code", "=", "consent_given")]),
            self._empty("consent_date")
            | Domain("consent_ids", "not any", [("state", "!=", "mistake")])
            | Domain("consent_ids", "any", unknowing),
        )

    def _audit_withdrawal_respected(self, company):
        """12: did each file of which somebody withdrew end soon, or they agree anew?"""
        latest = fields.Date.context_today(self) - relativedelta(days=RESPECTED_DAYS)
        withdrawn = Domain("consent_ids", "any", [("state", "=", "withdrawn")])
        return Rule(
            self._get_assessed_domain() & withdrawn,
            Domain("closed_date", "=", False)
            & Domain("consent_withdrawn_date", "<", latest)
            | compare(
                "closed_date", ">", "consent_withdrawn_date", days=RESPECTED_DAYS + 1
            ),
        )
