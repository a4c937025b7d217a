# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api
from odoo.tools.sql import column_exists

from odoo.addons.odoo_iso10003.core import segregation

RULE = "concession_asker"


def migrate(cr, version):
    """Let the limit of handlers be their tier; managers had none, nor who is above.

    A limit of zero was none. The register of each approved version says what it was
    given.
    """
    if not column_exists(cr, "iso10003_policy", "handler_limit"):
        return
    # by SQL, since approved versions take no new parts
    cr.execute(
        """INSERT INTO iso10003_policy_tier (
               policy_id, level, sequence, unlimited, amount, create_uid, write_uid,
               create_date, write_date)
           SELECT policy.id, tier.level, tier.sequence,
                  tier.level <> 'handler' OR COALESCE(policy.handler_limit, 0) = 0,
                  CASE WHEN tier.level = 'handler'
                       THEN COALESCE(policy.handler_limit, 0) ELSE 0 END,
                  1, 1, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
             FROM iso10003_policy AS policy
       CROSS JOIN (VALUES ('handler', 0), ('manager', 1), ('sponsor', 2))
               AS tier (level, sequence)
               ON CONFLICT DO NOTHING
        RETURNING policy_id"""
    )
    given = sorted({policy_id for (policy_id,) in cr.fetchall()})
    cr.execute(
        """INSERT INTO iso10003_segregation (
               policy_id, sequence, code, strength, create_uid, write_uid,
               create_date, write_date)
           SELECT id, %s, %s, 'strict', 1, 1,
                  now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
             FROM iso10003_policy
               ON CONFLICT DO NOTHING""",
        [list(segregation.RULES).index(RULE) + 1, RULE],
    )
    env = api.Environment(cr, SUPERUSER_ID, {})
    env.invalidate_all()
    env.registry.clear_cache()
    approved = (
        env["iso10003.policy"]
        .browse(given)
        .filtered(lambda policy: policy.state != "draft")
    )
    env["iso10003.register"]._append(
        [
            (policy, "tiers", {"tiers": policy.tier_ids._prepare_sealed()}, None)
            for policy in approved
        ]
    )
