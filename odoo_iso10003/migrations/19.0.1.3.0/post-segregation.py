# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

from odoo.addons.odoo_iso10003.core import segregation


def migrate(cr, version):
    """Let versions of before say the rules of separate duties that held for them.

    An approved version gets those that were enforced until now, and its register says
    so; a draft begins as a small organization, as the next one of anybody does.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    policies = env["iso10003.policy"].search([("segregation_ids", "=", False)])
    approved = policies.filtered(lambda policy: policy.state != "draft")
    _fill(cr, approved, segregation.strengths("before"))
    _fill(cr, policies - approved, segregation.strengths(segregation.SMALL))
    env.invalidate_all()
    env.registry.clear_cache()
    env["iso10003.register"]._append(
        [
            (policy, "segregation", {"rules": policy._get_strengths()}, None)
            for policy in approved
        ]
    )


def _fill(cr, policies, strengths):
    """Write past the lock of approved versions: what they say does not change."""
    if not policies:
        return
    rows = SQL(", ").join(
        SQL("(%s, %s, %s)", sequence, code, strength)
        for sequence, (code, strength) in enumerate(strengths.items(), 1)
    )
    cr.execute(
        SQL(
            """INSERT INTO iso10003_segregation
                      (policy_id, sequence, code, strength,
                       create_uid, create_date, write_uid, write_date)
               SELECT policy.id, rule.sequence, rule.code, rule.strength,
                      %(user)s, now() AT TIME ZONE 'UTC',
                      %(user)s, now() AT TIME ZONE 'UTC'
                 FROM iso10003_policy policy,
                      (VALUES %(rows)s) AS rule(sequence, code, strength)
                WHERE policy.id = ANY(%(policies)s)""",
            user=SUPERUSER_ID,
            rows=rows,
            policies=policies.ids,
        )
    )
