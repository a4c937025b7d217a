# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Bring the texts to begin with up to date, and offer them to installed pages.

    What an update offered before, and nobody has taken up, is known as such.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    documents = env["iso10003.starter.document"]
    documents._know_offers()
    documents._bring_up_to_date()
