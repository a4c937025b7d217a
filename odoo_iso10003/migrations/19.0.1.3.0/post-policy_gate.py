# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Freeze the gates of this day with the policy versions that there are.

    Files were asked the gates of all companies, so all versions get the same ones,
    and the register of each says which.
    """
    # by SQL, since approved versions take no new parts
    cr.execute(
        """INSERT INTO iso10003_policy_gate (
               policy_id, gate_id, code, state, state_order, asked, clause, sequence,
               severity, small_severity, serious_severity,
               create_uid, write_uid, create_date, write_date)
           SELECT policy.id, gate.id, gate.code, gate.state, gate.state_order,
                  gate.asked, gate.clause, gate.sequence,
                  gate.severity, gate.severity, gate.severity, 1, 1,
                  now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
             FROM iso10003_policy AS policy
       CROSS JOIN iso10003_gate_before AS gate
               ON CONFLICT DO NOTHING"""
    )
    cr.execute("DROP TABLE iso10003_gate_before")
    env = api.Environment(cr, SUPERUSER_ID, {})
    env.registry.clear_cache()
    approved = env["iso10003.policy"].search([("state", "!=", "draft")])
    env["iso10003.register"]._append(
        [
            (policy, "gates_frozen", {"gates": policy.gate_ids._prepare_sealed()}, None)
            for policy in approved
        ]
    )
