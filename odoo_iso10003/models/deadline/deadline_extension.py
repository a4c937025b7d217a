# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class DeadlineExtension(models.Model):
    """One extension of a deadline: how much, why, who allowed it, who was told."""

    _name = "iso10003.deadline.extension"
    _description = "Extension of a deadline"
    _order = "id"

    deadline_id = fields.Many2one(
        "iso10003.deadline",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    company_id = fields.Many2one(related="deadline_id.company_id")
    quantity = fields.Integer(
        "Longer by", required=True, readonly=True, least=1, most=36500
    )
    unit = fields.Selection(
        lambda self: self.env["iso10003.deadline.rule"]._units(),
        required=True,
        readonly=True,
    )
    reason = fields.Char(required=True, readonly=True)
    approver_id = fields.Many2one(
        "res.users", "Allowed by", required=True, readonly=True, ondelete="restrict"
    )
    notice_date = fields.Date("Complainant told on", readonly=True, deed=True)

    _deadline_idx = models.Index("(deadline_id)")
    _longer = models.Constraint(
        "CHECK (quantity > 0)", "An extension makes a deadline longer."
    )
