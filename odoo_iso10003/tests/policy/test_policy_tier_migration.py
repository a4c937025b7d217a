# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from ..common import ADDON
from ..migration_common import run_migration
from .policy_common import PolicyCase


class TestPolicyTierMigration(PolicyCase):
    """The one limit of before becomes the tier of handlers, whoever approved it."""

    def test_the_limit_of_handlers_becomes_their_tier(self):
        limited, draft = self._new_approved(), self._new_draft()
        unlimited = self.present
        self.env.flush_all()
        policies = limited | draft | unlimited
        for statement in (
            "DELETE FROM iso10003_policy_tier",
            "DELETE FROM iso10003_segregation WHERE code = 'concession_asker'",
            "ALTER TABLE iso10003_policy ADD COLUMN handler_limit NUMERIC",
        ):
            self.env.cr.execute(statement)
        self.env.cr.execute(
            SQL(
                "UPDATE iso10003_policy SET handler_limit = 250 WHERE id IN %s",
                (limited | draft)._ids,
            )
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        gate = self.env.ref(f"{ADDON}.gate_resolution_decided_within_authority")
        now = gate.advice
        gate.advice = (
            "Ask a dispute manager to go on; the limit is in the policy version of "
            "this file."
        )
        run_migration(self.env, "19.0.1.4.0/post-tier", "19.0.1.3.0")
        above = {"manager": None, "sponsor": None}
        for policy, handler in ((limited, 250), (draft, 250), (unlimited, None)):
            self.assertEqual(policy._get_limits(), {"handler": handler, **above})
            self.assertEqual(policy.tier_ids.mapped("sequence"), [0, 1, 2])
            self.assertEqual(policy.segregation_profile, "small")
        self.assertEqual(gate.advice, now)
        row = self.env["iso10003.register"].search(
            [("file", "=", limited._register_file())]
        )[-1]
        self.assertEqual(row.event, "tiers")
        self.assertEqual(row.data, {"tiers": {"handler": "250.00", **above}})
        self.assertIn("250.00", row.summary)
        self.assertNotIn("tiers", self._events(draft))
        self.assertFalse(
            self.env["iso10003.register"].sudo().verify_chain(), "the chain is whole"
        )
        before = policies.tier_ids
        run_migration(self.env, "19.0.1.4.0/post-tier", "19.0.1.3.0")
        self.assertEqual(policies.tier_ids, before, "once is enough")

    def test_without_the_limit_there_is_nothing_to_do(self):
        before = self.present._get_limits()
        run_migration(self.env, "19.0.1.4.0/post-tier", "19.0.1.3.0")
        self.assertEqual(self.present._get_limits(), before)
