# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api
from odoo.tools import split_every

BATCH = 1000


def migrate(cr, version):
    """Let the files that ``pre-file.py`` made carry what their cases say."""
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    for kind in env["iso10003.file"]._get_kinds():
        for ids in split_every(BATCH, env[kind].search([]).ids):
            for case in env[kind].browse(ids):
                case.file_ids.write(
                    {
                        "privileged": case._privileged,
                        **case._prepare_file_vals(case._get_file_copies()),
                    }
                )
            env.flush_all()
            env.invalidate_all()
