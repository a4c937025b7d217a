# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo.tools import SQL

from . import controllers
from . import models
from . import report
from . import wizard
from .models.policy.res_company import LAST_NUMBERS


def post_init_hook(env):
    """Give the other companies a policy too, now that it is in all languages."""
    env["res.company"].search([])._prepare_for_disputes()  # pylint: disable=no-search-all
    _start_behind(env)


def uninstall_hook(env):
    """Remove what no data file knows: series of numbers, links, and functions."""
    _keep_last_numbers(env)
    env["ir.sequence"].search(
        [("code", "in", ["iso10003.dispute", "iso10003.referral"])]
    ).unlink()
    # the exports of the register, which were stored elsewhere
    env["ir.attachment"].search([("res_model", "=", "iso10003.job")]).unlink()
    _let_go_of_skills(env)
    for function in ("iso10003_register_refuse", "iso10003_register_note_refuse"):
        env.cr.execute(SQL("DROP FUNCTION %s() CASCADE", SQL.identifier(function)))


def _find_series(env):
    """Return ``{company and code: series}`` of what is numbered here."""
    series = env["ir.sequence"].search([("code", "=like", "iso10003.%")])
    return {f"{one.company_id.id or 0},{one.code}": one for one in series}


def _keep_last_numbers(env):
    """Note the last number of each series: files that were printed have them."""
    kept = json.loads(env["ir.config_parameter"].get_param(LAST_NUMBERS) or "{}")
    for name, series in _find_series(env).items():
        nexts = [series.number_next_actual]
        nexts += series.date_range_ids.mapped("number_next_actual")
        kept[name] = max(kept.get(name, 0), max(nexts) - 1)
    env["ir.config_parameter"].set_param(LAST_NUMBERS, json.dumps(kept))


def _start_behind(env):
    """Let no number be given twice where the addon was installed before."""
    kept = json.loads(env["ir.config_parameter"].get_param(LAST_NUMBERS) or "{}")
    for name, series in _find_series(env).items():
        if series.number_next_actual <= kept.get(name, 0):
            series.number_next_actual = kept[name] + 1


def _let_go_of_skills(env):
    """Let the skills go that came with the addon: what refers to them goes too."""
    env["iso10003.role.requirement"].search([]).unlink()  # pylint: disable=no-search-all
    certifications = env["iso10003.contact.certification"]
    certifications.search([]).unlink()  # pylint: disable=no-search-all
    courses = env["iso10003.course"].with_context(active_test=False)
    courses.search([]).write({"skill_id": False})  # pylint: disable=no-search-all
