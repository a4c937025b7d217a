# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import float_repr


class PolicyTier(models.Model):
    """Up to which amount one level of the organization gives in (5.3.1, 5.4).

    It is about what we pay, concede or give up, not about what is claimed. A policy
    version has one for each level, frozen with it.
    """

    _name = "iso10003.policy.tier"
    _description = "Tier of authority"
    _inherit = ["iso10003.guarded", "iso10003.policy.part"]
    _order = "policy_id, sequence, id"
    _rec_name = "level"

    policy_id = fields.Many2one(
        "iso10003.policy",
        "Policy version",
        required=True,
        index=True,
        ondelete="cascade",
        fixed=True,
    )
    company_id = fields.Many2one(related="policy_id.company_id")
    sequence = fields.Integer(compute="_compute_sequence", store=True)
    level = fields.Selection(
        [
            ("handler", "Handler"),
            ("manager", "Dispute manager"),
            ("sponsor", "Top management"),
        ],
        "Who decides",
        required=True,
        fixed=True,
    )
    unlimited = fields.Boolean(
        "No limit", default=True, help="Decides about every amount."
    )
    amount = fields.Monetary(
        "Up to", help="The highest amount; with zero this level gives nothing."
    )
    currency_id = fields.Many2one(related="policy_id.currency_id")

    _level_once = models.UniqueIndex(
        "(policy_id, level)", "A policy version has one tier for each level."
    )
    _amount_not_negative = models.Constraint(
        "CHECK (amount >= 0)", "The limit of a tier cannot be negative."
    )

    @api.depends("level")
    def _compute_sequence(self):
        levels = [code for code, _label in self._fields["level"].selection]
        for tier in self:
            tier.sequence = levels.index(tier.level) if tier.level else 0

    @api.onchange("amount")
    def _onchange_amount(self):
        """Let an amount that is typed in be meant."""
        if self.amount:
            self.unlimited = False

    def _get_limit(self):
        """Return the limit in the currency of the policy, ``None`` for none."""
        self.ensure_one()
        return None if self.unlimited else self.amount

    def _prepare_sealed(self):
        """Return who decides up to which amount, ``None`` for no limit."""
        return {
            tier.level: None
            if tier.unlimited
            else float_repr(tier.amount, tier.currency_id.decimal_places or 2)
            for tier in self
        }
