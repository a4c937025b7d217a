# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class DeadlineRuleScope(models.Model):
    """What a rule applies to; what is empty applies to all."""

    _inherit = "iso10003.deadline.rule"

    state = fields.Selection(
        lambda self: self._get_states(),
        "Only in state",
        help="The file stands there when the deadline starts.",
    )
    category_ids = fields.Many2many(
        "iso10003.dispute.category",
        "iso10003_deadline_rule_category_rel",
        "rule_id",
        "category_id",
        "Categories",
        ondelete="restrict",
    )
    complainant_type = fields.Selection(
        lambda self: self._get_selection("complainant_type"), "Kind of complainant"
    )
    nature = fields.Selection(lambda self: self._get_selection("nature"))
    method = fields.Selection(lambda self: self._get_selection("method"))
    provider_ids = fields.Many2many(
        "res.partner",
        "iso10003_deadline_rule_provider_rel",
        "rule_id",
        "partner_id",
        "Providers",
        ondelete="restrict",
    )
    currency_id = fields.Many2one(related="policy_id.currency_id")
    amount_from = fields.Monetary("Amount claimed from")
    amount_to = fields.Monetary("up to", help="Zero: no upper limit.")

    _amounts_in_order = models.Constraint(
        "CHECK (amount_from >= 0 AND (amount_to = 0 OR amount_to >= amount_from))",
        "The amounts claimed go from the smaller to the larger.",
    )

    def _applies_to(self, record):
        """Return whether this rule is meant for ``record``: empty means all."""
        self.ensure_one()
        return self._allows_state(record) and self._applies_to_past(record)

    @api.model
    def _get_criteria(self):
        """Return the fields of a file that decide whether a rule applies."""
        return (
            "category_id",
            "complainant_type",
            "nature",
            "method",
            "provider_id",
            "amount_claimed",
        )

    @api.model
    def _get_weighed_fields(self):
        """Return the fields of a file whose change makes its rules think again."""
        return {*self._get_criteria(), "currency_id"}

    def _applies_to_past(self, record):
        """Return whether it would have applied, wherever the file stands by now."""
        return all(
            getattr(self, f"_allows_{name}")(record)
            for name in self._get_criteria()
            if name in record._fields
        )

    def _allows_state(self, record):
        return not self.state or (
            "state" in record._fields and self.state == record.state
        )

    def _allows_category_id(self, record):
        # below a category all that is under it is meant
        return not self.category_ids or any(
            record.category_id._is_below(category) for category in self.category_ids
        )

    def _allows_complainant_type(self, record):
        return self.complainant_type in (False, record.complainant_type)

    def _allows_nature(self, record):
        return self.nature in (False, record.nature)

    def _allows_method(self, record):
        return self.method in (False, record.method)

    def _allows_provider_id(self, record):
        return not self.provider_ids or record.provider_id in self.provider_ids

    def _allows_amount_claimed(self, record):
        if not self.amount_from and not self.amount_to:
            return True
        claimed = record.currency_id._convert(
            record.amount_claimed,
            self.currency_id,
            record.company_id,
            record.opened_date.date(),
        )
        return self.amount_from <= claimed and (
            not self.amount_to or claimed <= self.amount_to
        )
