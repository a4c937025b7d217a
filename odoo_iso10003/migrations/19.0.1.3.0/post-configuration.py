# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

RULES = {
    "rule_deadline_rule_company": "['|', ('policy_id.company_id', 'in', company_ids), "
    "'&', ('pack_id', '!=', False), "
    "('pack_id.company_id', 'in', company_ids + [False])]",
    "rule_escalation_company": "['|', ('rule_id.policy_id.company_id', 'in', "
    "company_ids), '&', ('rule_id.pack_id', '!=', False), "
    "('rule_id.pack_id.company_id', 'in', company_ids + [False])]",
}


def migrate(cr, version):
    """Let configuration belong to a company or to nobody.

    Rows that people made were of all companies. Where there is one company they
    become its own; where there are several, they stay with nobody and administrators
    give them to whom they belong.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name, domain in RULES.items():
        env.ref(f"odoo_iso10003.{name}").domain_force = domain
    companies = env["res.company"].with_context(active_test=False).search([])
    if len(companies) == 1:
        for model in env.registry.models.values():
            if model._auto and "replaces_id" in model._fields:
                _give(cr, model, companies)
        env.registry.clear_cache()


def _give(cr, model, company):
    cr.execute(
        SQL(
            """UPDATE %(table)s AS row SET company_id = %(company)s
                WHERE company_id IS NULL
                  AND NOT EXISTS (SELECT 1 FROM ir_model_data
                                   WHERE model = %(model)s AND res_id = row.id
                                     AND module = 'odoo_iso10003')""",
            table=SQL.identifier(model._table),
            company=company.id,
            model=model._name,
        )
    )
