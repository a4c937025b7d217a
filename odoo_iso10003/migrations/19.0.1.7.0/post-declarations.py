# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api

from odoo.addons.odoo_iso10003.core import segregation

# the question that records answer from now on: (number, model, check)
QUESTION = ("requirement_018", "iso10003.dispute", "resolvers_declared")


def migrate(cr, version):
    """Let drafts ask for declarations of interests, and versions of before not.

    Nobody has declared anything before, and nothing is made up. Versions that are
    approved ask as they did; a new one made of them begins with these rules.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    drafts = env["iso10003.policy"].search([("state", "=", "draft")])
    for draft in drafts:
        chosen = {row.code: row.strength for row in draft.segregation_ids}
        draft._set_segregation(segregation.strengths(segregation.SMALL) | chosen)
    drafts._take_gates()
    env.flush_all()
    _answer_question(cr)
    env.invalidate_all()


def _answer_question(cr):
    """Let the question be answered from records, unless somebody changed it."""
    number, model, check = QUESTION
    cr.execute(
        """UPDATE iso10003_requirement AS question
              SET "check" = %s, check_model = %s, awaited = FALSE, way = 'automatic'
             FROM ir_model_data AS known
            WHERE known.module = 'odoo_iso10003'
              AND known.name = %s AND known.model = 'iso10003.requirement'
              AND known.res_id = question.id
              AND question.check IS NULL AND question.awaited""",
        [check, model, number],
    )
