# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api
from odoo.api import SUPERUSER_ID


def migrate(cr, version):
    """Let files that stand in 7.5 or 7.6 have the way that they name as a proceeding.

    Method, body, days and reference are those of the file. Closed files stay as they
    are; one that is reopened names its way still.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    disputes = env["iso10003.dispute"].search(
        [("state", "in", ("resolution", "implementation"))], order="id"
    )
    disputes._note_way_from_before()
