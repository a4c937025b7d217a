# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from . import controllers
from . import models
from . import report
from . import wizard


def post_init_hook(env):
    """Give the other companies a policy too, now that it is in all languages."""
    env["res.company"].search([])._prepare_for_disputes()  # pylint: disable=no-search-all


def uninstall_hook(env):
    """Remove what no data file knows: series of numbers, links, and functions."""
    env["ir.sequence"].search(
        [("code", "in", ["iso10003.dispute", "iso10003.referral"])]
    ).unlink()
    _let_go_of_skills(env)
    for function in ("iso10003_register_refuse", "iso10003_register_note_refuse"):
        env.cr.execute(SQL("DROP FUNCTION %s() CASCADE", SQL.identifier(function)))


def _let_go_of_skills(env):
    """Let the skills go that came with the addon: what refers to them goes too."""
    env["iso10003.role.requirement"].search([]).unlink()  # pylint: disable=no-search-all
    certifications = env["iso10003.contact.certification"]
    certifications.search([]).unlink()  # pylint: disable=no-search-all
    courses = env["iso10003.course"].with_context(active_test=False)
    courses.search([]).write({"skill_id": False})  # pylint: disable=no-search-all
