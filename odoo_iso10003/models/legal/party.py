# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ReferralParty(models.Model):
    """Somebody who takes part in an instance. The next instance takes them over."""

    _name = "iso10003.referral.party"
    _description = "Party of a referral"
    _inherit = [
        "iso10003.referral.authored",
        "iso10003.guarded",
        "iso10003.withheld",
        "iso10003.registered.part",
    ]
    _order = "referral_id, sequence, id"
    _part_event = "party"

    referral_id = fields.Many2one(
        "iso10003.referral", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(related="referral_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    partner_id = fields.Many2one(
        "res.partner",
        "Person",
        required=True,
        ondelete="restrict",
        sealed=True,
    )
    role = fields.Selection(
        [
            ("claimant", "Claimant"),
            ("defendant", "Defendant"),
            ("third_party", "Third party"),
            ("lawyer", "Lawyer of the other party"),
            ("own_lawyer", "Our lawyer"),
            ("expert", "Expert"),
            ("witness", "Witness"),
        ],
        required=True,
        default="defendant",
        sealed=True,
    )
    note = fields.Char(sealed="digest")

    _once_per_role = models.UniqueIndex(
        "(referral_id, partner_id, role)", "A party has each role once."
    )

    def _prepare_inherited_vals(self):
        """Return what the next instance takes over."""
        self.ensure_one()
        return {
            "sequence": self.sequence,
            "partner_id": self.partner_id.id,
            "role": self.role,
            "note": self.note,
        }
