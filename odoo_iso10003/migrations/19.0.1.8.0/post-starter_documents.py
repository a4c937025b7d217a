# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Bring the texts to begin with up to date, and offer them to installed pages."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["iso10003.starter.document"]._bring_up_to_date()
