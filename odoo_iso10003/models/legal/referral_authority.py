# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class ReferralAuthority(models.Model):
    """What the chosen authority means for a referral: its fee, its amounts."""

    _inherit = "iso10003.referral"

    expected_fee = fields.Monetary(
        "Expected filing fee",
        compute="_compute_expected_fee",
        help="By the fees noted on the authority.",
    )
    outside_band = fields.Boolean(
        compute="_compute_expected_fee",
        help="The authority is not noted as competent for this amount.",
    )

    @api.depends(
        "amount",
        "currency_id",
        "authority_id.fee_fixed",
        "authority_id.fee_percent",
        "authority_id.amount_min",
        "authority_id.amount_max",
    )
    def _compute_expected_fee(self):
        today = fields.Date.context_today(self)
        for referral in self:
            authority, currency = referral.authority_id, referral.currency_id
            known = bool(authority and currency and referral.amount)
            referral.expected_fee = known and authority._expect_fee(
                referral.amount, currency, referral.company_id, today
            )
            referral.outside_band = known and not authority._takes(
                referral.amount, currency, today
            )
