# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class LegalCompany(models.Model):
    """Each company numbers its own referrals."""

    _inherit = "res.company"

    def _prepare_for_disputes(self):
        result = super()._prepare_for_disputes()
        self._ensure_referral_sequence()
        return result

    def _ensure_referral_sequence(self):
        for company in self:
            company._get_referral_sequence()

    def _next_referral_number(self):
        self.ensure_one()
        return self._get_referral_sequence().next_by_id()

    def _get_referral_sequence(self):
        """Return the company's own series, made again if it was deleted."""
        # numbers are given to whoever opens a referral, without rights on sequences
        sequences = self.env["ir.sequence"].sudo()
        sequence = sequences.search(
            [("code", "=", "iso10003.referral"), ("company_id", "=", self.id)], limit=1
        )
        return sequence or sequences.create(self._prepare_referral_sequence_vals())

    def _prepare_referral_sequence_vals(self):
        return {
            "name": self.env._("Legal referrals of %(company)s", company=self.name),
            "code": "iso10003.referral",
            "company_id": self.id,
            "implementation": "standard",
            "prefix": "LGR/%(year)s/",
            "padding": 5,
            "number_next": self._find_free_number("iso10003.referral"),
        }
