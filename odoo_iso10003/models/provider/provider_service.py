# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ProviderService(models.Model):
    """A method that a provider offers: at which fee, by which version of its rules."""

    _name = "iso10003.provider.service"
    _description = "Method of a provider"
    _inherit = [
        "iso10003.guarded",
        "iso10003.cached",
        "iso10003.registered.part",
    ]
    _order = "provider_id, sequence, id"
    _part_event = "provider"
    _part_path = "provider_id"
    _rec_name = "method_id"

    provider_id = fields.Many2one(
        "iso10003.provider", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(related="provider_id.company_id")
    sequence = fields.Integer(default=10)
    method_id = fields.Many2one(
        "iso10003.method",
        required=True,
        index=True,
        ondelete="restrict",
        sealed=True,
        domain="[('own_ids', 'not any', [('company_id', '=', company_id)])]",
    )
    currency_id = fields.Many2one(related="provider_id.currency_id")
    fee = fields.Monetary("Fee to us", sealed=True)
    complainant_fee = fields.Monetary("Fee to the complainant", sealed=True)
    rules_version = fields.Char(
        "Rules",
        sealed="digest",
        help="Title and version of the rules by which it works (4.14).",
    )
    rules_url = fields.Char("Where they are", sealed="digest")
    valid_from = fields.Date("Offered from", sealed=True)
    valid_to = fields.Date("Offered until", sealed=True)

    _valid_in_order = models.Constraint(
        "CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from)",
        "What a provider offers cannot end before it begins.",
    )
    _fees_not_negative = models.Constraint(
        "CHECK (fee >= 0 AND complainant_fee >= 0)", "A fee cannot be negative."
    )

    def _filter_valid(self, day):
        """Return those that are offered on a day."""
        return self.filtered(
            lambda row: (
                not (row.valid_from and row.valid_from > day)
                and not (row.valid_to and row.valid_to < day)
            )
        )

    def _prepare_part_data(self):
        return {"method": self.method_id.id}
