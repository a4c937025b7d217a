# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class RegisterNote(models.Model):
    """The free text of a register row, kept apart because it may name people.

    The row seals a salted digest of it, so the text proves itself while it is
    here and can be erased without breaking the chain.
    """

    _name = "iso10003.register.note"
    _description = "Text of a register row"
    _log_access = False
    _rec_name = "text"

    register_id = fields.Many2one(
        "iso10003.register", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="register_id.company_id")
    salt = fields.Char(required=True, readonly=True)
    text = fields.Text(required=True, readonly=True)

    _register_unique = models.UniqueIndex(
        "(register_id)", "A register row has one text."
    )
