# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class Declared(models.AbstractModel):
    """A file whose people declare that they are impartial (4.9)."""

    _name = "iso10003.declared"
    _description = "File with declarations"
