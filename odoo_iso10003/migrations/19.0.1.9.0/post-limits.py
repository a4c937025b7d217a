# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api
from odoo.tools import split_every

BATCH = 1000
# what each kind of file shows of its limits
NEXT = {
    "iso10003.dispute": "next_due_date",
    "iso10003.proceeding": "next_due_date",
    "iso10003.referral": "next_date",
}


def migrate(cr, version):
    """Show what was met late, blocks its file, and nobody has explained."""
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    deadlines = env["iso10003.deadline"].search(
        [
            ("state", "=", "met_late"),
            ("late_reason", "=", False),
            ("rule_id.on_lapse", "=", "block"),
        ]
    )
    for model, files in deadlines.file_id.grouped("model").items():
        for ids in split_every(BATCH, files.mapped("res_id")):
            cases = env[model].browse(ids)
            env.add_to_compute(cases._fields[NEXT[model]], cases)
            env.flush_all()
            env.invalidate_all()
