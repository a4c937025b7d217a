# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class Evaluated(models.AbstractModel):
    """A file whose merits are evaluated on a sheet (7.4.1)."""

    _name = "iso10003.evaluated"
    _description = "File with evaluation"
