# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ProviderCredential(models.Model):
    """What lets us use a provider, and until when: by whom, under which number."""

    _name = "iso10003.provider.credential"
    _description = "Accreditation or agreement of a provider"
    _inherit = [
        "iso10003.guarded",
        "iso10003.cached",
        "iso10003.registered.part",
    ]
    _order = "valid_from desc, id desc"
    _part_event = "provider"
    _part_path = "provider_id"

    provider_id = fields.Many2one(
        "iso10003.provider", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(related="provider_id.company_id")
    kind = fields.Selection(
        [
            ("accreditation", "Accreditation"),
            ("agreement", "Agreement with us"),
            ("membership", "Our membership"),
            ("law", "Competent by law"),
        ],
        required=True,
        default="agreement",
        sealed=True,
    )
    name = fields.Char("Number or title", required=True, sealed="digest")
    issuer_id = fields.Many2one(
        "res.partner", "Given by", ondelete="restrict", sealed=True
    )
    valid_from = fields.Date("Valid from", required=True, sealed=True)
    valid_to = fields.Date(
        "Valid until", sealed=True, help="The last day. Empty: without end."
    )

    _valid_in_order = models.Constraint(
        "CHECK (valid_to IS NULL OR valid_to >= valid_from)",
        "An accreditation or agreement cannot end before it begins.",
    )

    def _filter_valid(self, day):
        """Return those that are valid on a day."""
        return self.filtered(
            lambda row: (
                row.valid_from <= day and not (row.valid_to and row.valid_to < day)
            )
        )

    def _prepare_part_data(self):
        return {"kind": self.kind}
