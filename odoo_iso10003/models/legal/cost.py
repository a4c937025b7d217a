# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class ReferralCost(models.Model):
    """What a referral costs, line by line, in whatever currency it was paid."""

    _name = "iso10003.referral.cost"
    _description = "Cost of a referral"
    _inherit = ["iso10003.withheld"]
    _order = "date desc, id desc"

    referral_id = fields.Many2one(
        "iso10003.referral", required=True, index=True, ondelete="restrict"
    )
    root_id = fields.Many2one(related="referral_id.root_id", store=True, index=True)
    authority_id = fields.Many2one(related="referral_id.authority_id", store=True)
    company_id = fields.Many2one(
        related="referral_id.company_id", store=True, index=True
    )
    date = fields.Date(required=True, default=fields.Date.context_today, deed=True)
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
    )
    name = fields.Char("What for", required=True)
    partner_id = fields.Many2one("res.partner", "Paid to", ondelete="restrict")
    amount = fields.Monetary(required=True, help="What was refunded is negative.")
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self._default_currency()
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

    def _default_currency(self):
        return self.env.company.currency_id

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

    # ------------------------------------------------------------
    # Each change leaves its row in the register
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        costs = super().create(vals_list)
        costs._note_change("noted")
        return costs

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"amount", "currency_id", "kind", "date", "referral_id"}:
            self._note_change("changed")
        return result

    def unlink(self):
        self._note_change("deleted")
        return super().unlink()

    def _note_change(self, change):
        self.env["iso10003.register"]._append(
            [
                (
                    cost.referral_id,
                    "cost",
                    {
                        "change": change,
                        "cost": cost.id,
                        "kind": cost.kind,
                        "amount": cost._seal_amount(),
                    },
                    None,
                )
                for cost in self
            ]
        )

    def _seal_amount(self):
        return (
            f"{self.amount:.{self.currency_id.decimal_places}f} {self.currency_id.name}"
        )
