# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ..migration_common import run_migration
from .policy_common import PolicyCase


class TestPolicyTrackMigration(PolicyCase):
    """Versions from before have one track, and ask of all files what they asked."""

    def _migrate(self):
        run_migration(self.env, "19.0.1.6.0/pre-tracks", "19.0.1.5.0")
        run_migration(self.env, "19.0.1.6.0/post-tracks", "19.0.1.5.0")

    def test_versions_from_before_have_one_track(self):
        approved, draft = self._new_approved(), self._new_draft()
        dispute = self._open_dispute()
        self.env.flush_all()
        for statement in (
            "DELETE FROM iso10003_policy_track",
            "DELETE FROM iso10003_segregation WHERE code = 'track_owner'",
            "ALTER TABLE iso10003_dispute ALTER COLUMN track DROP NOT NULL",
            "UPDATE iso10003_dispute SET track = NULL",
        ):
            self.env.cr.execute(statement)
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        self._migrate()
        for policy in (self.present, approved, draft):
            self.assertEqual(policy.track_ids.mapped("level"), ["standard"])
            self.assertEqual(policy._get_strengths()["track_owner"], "strict")
            self.assertEqual(policy.segregation_profile, "small")
            self.assertTrue(policy._has_whole_tracks())
        self.assertEqual(dispute.track, "standard")
        row = self.env["iso10003.register"].search(
            [("file", "=", approved._register_file())]
        )[-1]
        self.assertEqual(row.event, "tracks")
        self.assertEqual(row.summary, "Standard")
        self.assertNotIn("tracks", self._events(draft))
        self.assertFalse(
            self.env["iso10003.register"].sudo().verify_chain(), "the chain is whole"
        )
        # nothing moves and nothing is wanted that was not
        dispute.write({"severity": "3", "amount_claimed": 10**6})
        self.assertEqual(dispute.track, "standard")
        self.assertEqual(dispute._get_track().people, 1)
        for gate in self.present.gate_ids:
            self.assertEqual(gate._get_severity(dispute.track), gate.severity)
        before = self.env["iso10003.policy.track"].search([])
        self._migrate()
        self.assertEqual(self.env["iso10003.policy.track"].search([]), before)
