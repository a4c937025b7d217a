# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.fields import Domain

from ..mixin.checks import Rule, compare

# within so many days, what a withdrawal of consent wants is done
RESPECTED_DAYS = 7


class Dispute(models.Model):
    """Who takes part in it does so informed, willing and impartial (4.6, 4.9)."""

    _name = "iso10003.dispute"
    # before what the file is made of: they answer, too, what that asks
    _inherit = [
        "iso10003.invited",
        "iso10003.consented",
        "iso10003.answered",
        "iso10003.declared",
        "iso10003.dispute",
    ]

    def _audit_taken_part_willingly(self, company):
        """9: did all agree, and know on what, before the evaluation began?

        Of files under versions from before there were consents, nobody asks.
        """
        unknowing = Domain("counts", "=", True) & Domain("flaws", "like", "no_sheet")
        return Rule(
            self._beyond("notice") & self._under(Domain("code", "=", "consent_given")),
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
