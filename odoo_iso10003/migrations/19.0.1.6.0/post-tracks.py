# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api

from odoo.addons.odoo_iso10003.core import segregation

RULE = "track_owner"


def migrate(cr, version):
    """Give each policy version one track, that asks of all files what it asked.

    The register of each approved version says so. Who lets less be asked of a file
    does not own it, which no version loosens.
    """
    given = _give_track(cr)
    _give_rule(cr)
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
            (policy, "tracks", {"tracks": policy.track_ids._prepare_sealed()}, None)
            for policy in approved
        ]
    )


def _give_track(cr):
    """Return the versions that got a track, past their lock: what they say stays."""
    cr.execute(
        """INSERT INTO iso10003_policy_track (
               policy_id, level, sequence, people, merges, create_uid, write_uid,
               create_date, write_date)
           SELECT policy.id, 'standard', 1, 1, FALSE, 1, 1,
                  now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
             FROM iso10003_policy AS policy
            WHERE NOT EXISTS (SELECT FROM iso10003_policy_track AS track
                               WHERE track.policy_id = policy.id)
        RETURNING policy_id"""
    )
    return sorted(policy_id for (policy_id,) in cr.fetchall())


def _give_rule(cr):
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
