# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError


class RegisterNote(models.Model):
    """The free text of a register row, kept apart because it may name people.

    The row seals a salted digest of it, so the text proves itself while it is
    here and can be erased without breaking the chain. PostgreSQL lets a text go only
    once a later row of the file says that it was erased: see ``register_erasure.py``.
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

    def init(self):
        """Let PostgreSQL refuse what leaves no trace, to the table's owner too."""
        self.env["iso10003.register.guard"]._put_up(self._table)

    # pylint: disable=method-required-super,no-raise-unlink

    def write(self, vals):
        self.check_access("write")
        raise UserError(self.env._("A text of the register is as it was written."))

    def unlink(self):
        self.check_access("unlink")
        raise UserError(
            self.env._(
                "A text of the register is erased with a reason: a dispute manager "
                "does that in the register, with “Erase texts”."
            )
        )
