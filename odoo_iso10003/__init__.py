# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import controllers
from . import models
from . import report
from . import wizard


def uninstall_hook(env):
    """Remove the companies' series of numbers, which no data file knows."""
    env["ir.sequence"].search([("code", "=", "iso10003.dispute")]).unlink()
