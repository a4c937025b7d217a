# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api

# questions that records answer from now on: {number: (model, check)}
QUESTIONS = {
    "016": ("iso10003.dispute", "method_by_criteria"),
    "019": ("iso10003.provider", "independent"),
    "051": ("iso10003.method", "methods_defined"),
    "052": ("iso10003.provider", "chosen_among_several"),
    "053": ("iso10003.provider", "accredited"),
    "054": ("iso10003.provider", "looked_at_again"),
}


def migrate(cr, version):
    """Keep each contact that a file or a rule names as a provider, “from before”.

    It stays usable as it was, and is said not to be evaluated. Questions that nobody
    changed are answered from records.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    _keep_providers(env)
    _answer_questions(cr)
    env.invalidate_all()


def _keep_providers(env):
    env.cr.execute(
        """SELECT company_id, provider_id FROM iso10003_dispute
            WHERE provider_id IS NOT NULL
            UNION
           SELECT policy.company_id, named.partner_id
             FROM iso10003_deadline_rule_provider_rel AS named
             JOIN iso10003_deadline_rule AS rule ON rule.id = named.rule_id
             JOIN iso10003_policy AS policy ON policy.id = rule.policy_id
           EXCEPT
           SELECT company_id, partner_id FROM iso10003_provider"""
    )
    providers = env["iso10003.provider"].with_context(tracking_disable=True)
    companies, partners = env["res.company"], env["res.partner"]
    made = providers.create(
        [
            {"company_id": company_id, "partner_id": partner_id}
            for company_id, partner_id in sorted(env.cr.fetchall())
            # that we are none ourselves is not made true by having been written
            if not providers._is_of_group(
                partners.browse(partner_id), companies.browse(company_id)
            )
        ]
    )
    made._guarded_write({"from_before": True})


def _answer_questions(cr):
    for number, (model, check) in QUESTIONS.items():
        cr.execute(
            """UPDATE iso10003_requirement AS question
                  SET "check" = %s, check_model = %s, awaited = FALSE, way = 'automatic'
                 FROM ir_model_data AS known
                WHERE known.module = 'odoo_iso10003'
                  AND known.name = %s AND known.model = 'iso10003.requirement'
                  AND known.res_id = question.id
                  AND question.check IS NULL AND question.awaited""",
            [check, model, f"requirement_{number}"],
        )
