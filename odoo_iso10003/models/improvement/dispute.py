# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class Dispute(models.Model):
    """What is learned from it, so that its cause does not recur (8.2, 8.5)."""

    _name = "iso10003.dispute"
    # before what the file is made of: they answer, too, what that asks
    _inherit = ["iso10003.improved", "iso10003.compared", "iso10003.dispute"]
