# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class Invited(models.AbstractModel):
    """Both sides are invited, and answer whether they take part (7.2)."""

    _name = "iso10003.invited"
    _description = "File with invitations"
