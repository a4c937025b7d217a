# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LegalPolicy(models.Model):
    """What the policy says about referrals to authorities."""

    _inherit = "iso10003.policy"

    counsel_limit = fields.Monetary(
        "Counsel approves up to",
        help="Above this amount in dispute a dispute manager approves that a matter "
        "is filed with an authority. Zero: no limit.",
    )
    legal_review_days = fields.Integer(
        "Days between legal reviews",
        default=30,
        help="An open referral is reviewed at least so often, by somebody who does "
        "not handle it.",
        least=0,
        most=3650,
    )

    _counsel_limit_not_negative = models.Constraint(
        "CHECK (counsel_limit >= 0)", "Counsel's limit cannot be negative."
    )
    _legal_review_days_positive = models.Constraint(
        "CHECK (legal_review_days > 0)",
        "Give the days between legal reviews: one or more.",
    )

    @property
    def _frozen_fields(self):
        return super()._frozen_fields | {"counsel_limit", "legal_review_days"}
