# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class Consented(models.AbstractModel):
    """A file in which the complainant takes part by an informed consent (4.6)."""

    _name = "iso10003.consented"
    _description = "File with consent"
