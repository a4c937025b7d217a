# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class RegisterHead(models.Model):
    """Where each file's chain ends.

    It numbers the rows without gaps, is the lock of the file's writers, and
    betrays rows that were cut off at the end.
    """

    _name = "iso10003.register.head"
    _description = "End of a file in the register"
    _log_access = False
    _rec_name = "file"

    file = fields.Char(required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="restrict"
    )
    sequence = fields.Integer(required=True, readonly=True)
    hash = fields.Char(required=True, readonly=True)
    # keeps short texts from being guessed from the digests in the file's rows; it
    # is made with the file, or with its first row after an update
    salt = fields.Char(readonly=True, groups=fields.NO_ACCESS)

    _file_unique = models.UniqueIndex("(file)", "A file of the register has one head.")
