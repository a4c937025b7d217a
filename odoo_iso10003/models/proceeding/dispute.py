# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class Dispute(models.Model):
    """What becomes of it outside: proceedings, results, obligations (7.5 to 7.7)."""

    _name = "iso10003.dispute"
    # before what the file is made of: they answer, too, what that asks
    _inherit = [
        "iso10003.obliged",
        "iso10003.costed",
        "iso10003.concluded",
        "iso10003.daily",
        "iso10003.obliged.checks",
        "iso10003.mailed",
        "iso10003.offered",
        "iso10003.settled",
        "iso10003.resulted",
        "iso10003.proceeded",
        "iso10003.checklisted",
        "iso10003.recorded",
        "iso10003.disposed",
        "iso10003.disposing",
        "iso10003.dispute",
    ]
