# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """End the limits to do what a later instance replaced before they ended with it."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    replaced = env["iso10003.referral"].search([("duty_replaced_by_id", "!=", False)])
    env["iso10003.deadline"]._end_moot(replaced, "duty_done")
