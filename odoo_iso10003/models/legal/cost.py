# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class ReferralCost(models.Model):
    """What a referral costs, line by line, in whatever currency it was paid."""

    _name = "iso10003.referral.cost"
    _description = "Cost of a referral"
    _inherit = [
        "iso10003.file.currency",
        "iso10003.guarded",
        "iso10003.withheld",
        "iso10003.registered.part",
    ]
    _order = "date desc, id desc"
    _part_event = "cost"
    _money_of = "referral_id"

    referral_id = fields.Many2one(
        "iso10003.referral", required=True, index=True, ondelete="restrict"
    )
    root_id = fields.Many2one(related="referral_id.root_id", store=True, index=True)
    authority_id = fields.Many2one(related="referral_id.authority_id", store=True)
    company_id = fields.Many2one(
        related="referral_id.company_id", store=True, index=True
    )
    date = fields.Date(
        required=True, default=fields.Date.context_today, sealed=True, deed=True
    )
    kind = fields.Selection(
        [
            ("court", "Court or filing fee"),
            ("lawyer", "Lawyer"),
            ("expert", "Expert"),
            ("translation", "Translation"),
            ("travel", "Travel"),
            ("enforcement", "Enforcement"),
            ("other_side", "Costs of the other side"),
            ("refund", "Refunded to us"),
            ("other", "Other"),
        ],
        required=True,
        default="court",
        sealed=True,
    )
    name = fields.Char("What for", required=True, sealed="digest")
    partner_id = fields.Many2one(
        "res.partner", "Paid to", ondelete="restrict", sealed=True
    )
    amount = fields.Monetary(
        required=True, help="What was refunded is negative.", sealed=True
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self._default_currency(),
        sealed=True,
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of the company"
    )
    company_amount = fields.Monetary(
        "In the company's currency",
        compute="_compute_company_amount",
        store=True,
        currency_field="company_currency_id",
        help="At the rate of the day of the cost.",
    )

    _refunds_are_negative = models.Constraint(
        "CHECK ((kind = 'refund' AND amount < 0) OR (kind <> 'refund' AND amount > 0))",
        "A cost is above zero; what was refunded to us is below zero.",
    )

    @api.model
    def _get_money(self, holder_id):
        # as in what this overrides
        referral = self.env["iso10003.referral"].browse(holder_id or ()).sudo()
        return referral.company_id.currency_id

    @api.depends("amount", "currency_id", "date", "company_id.currency_id")
    def _compute_company_amount(self):
        for cost in self:
            company = cost.company_id or self.env.company
            cost.company_amount = (
                cost.currency_id._convert(
                    cost.amount,
                    company.currency_id,
                    company,
                    cost.date or fields.Date.context_today(cost),
                )
                if cost.currency_id
                else 0
            )

    def _prepare_part_data(self):
        return {"cost": self.id, "kind": self.kind, "amount": self._seal_amount()}

    def _seal_amount(self):
        return (
            f"{self.amount:.{self.currency_id.decimal_places}f} {self.currency_id.name}"
        )
