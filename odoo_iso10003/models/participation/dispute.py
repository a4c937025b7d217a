# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class Dispute(models.Model):
    """Who takes part in it does so informed, willing and impartial (4.6, 4.9)."""

    _name = "iso10003.dispute"
    # before what the file is made of: they answer, too, what that asks
    _inherit = [
        "iso10003.invited",
        "iso10003.answered",
        "iso10003.consented",
        "iso10003.declared",
        "iso10003.dispute",
    ]
