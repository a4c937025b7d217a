# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class Positioned(models.AbstractModel):
    """A file in which we state our position, claim by claim (7.4.2)."""

    _name = "iso10003.positioned"
    _description = "File with our position"
