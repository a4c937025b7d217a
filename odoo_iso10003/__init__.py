# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import controllers
from . import models
from . import report
from . import wizard


def post_init_hook(env):
    """Give the other companies a policy too, now that it is in all languages."""
    env["res.company"].search([])._prepare_for_disputes()  # pylint: disable=no-search-all


def uninstall_hook(env):
    """Remove the companies' series of numbers, which no data file knows."""
    env["ir.sequence"].search(
        [("code", "in", ["iso10003.dispute", "iso10003.referral"])]
    ).unlink()
