# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ...core import segregation
from ..common import ADDON, DisputeCase
from ..migration_common import run_migration

RULES = {
    "authorizer_interested",
    "evaluator_interested",
    "owner_interested",
    "resolver_interested",
}


class TestDeclaredMigration(DisputeCase):
    """Files, versions and questions from before declarations of interests."""

    def _migrate(self):
        run_migration(self.env, "19.0.1.7.0/post-declarations", "19.0.1.6.0")
        self.env.registry.clear_cache()

    def _forget(self, policies):
        """Let versions be as they were before."""
        self.env.flush_all()
        ids = tuple(policies.ids)
        self.env.cr.execute(
            "DELETE FROM iso10003_policy_gate "
            "WHERE code LIKE '%%_declared' AND policy_id IN %s",
            [ids],
        )
        self.env.cr.execute(
            "DELETE FROM iso10003_segregation WHERE code IN %s AND policy_id IN %s",
            [tuple(RULES), ids],
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()

    def test_versions_of_before_ask_nothing_and_their_files_go_on(self):
        dispute = self._open_dispute()
        policy = dispute.policy_id
        self._forget(policy)
        rows = len(policy.segregation_ids)
        self._migrate()
        self.assertEqual(len(policy.segregation_ids), rows)
        self.assertEqual({policy._get_strengths()[code] for code in RULES}, {"off"})
        self.assertFalse(dispute._asks_declarations())
        self._lead_to(dispute, "closed")
        self.assertFalse(dispute.sudo().confirmation_ids, "nothing is made up")

    def test_drafts_and_new_versions_ask(self):
        policy = self._open_dispute().policy_id.with_user(self.chief)
        draft = policy.browse(policy.action_new_version()["res_id"])
        tuned = draft.segregation_ids.filtered(lambda r: r.code == "owner_complaint")
        tuned.strength = "strict"
        self._forget(policy | draft)
        self._migrate()
        self._migrate()  # once is enough
        small = segregation.strengths(segregation.SMALL)
        for version in (
            draft,
            policy.browse(policy.action_new_version()["res_id"]),
        ):
            strengths = version._get_strengths()
            self.assertEqual(
                {code: strengths[code] for code in RULES},
                {code: small[code] for code in RULES},
            )
            self.assertIn("people_declared", version.gate_ids.mapped("code"))
        self.assertEqual(draft._get_strengths()["owner_complaint"], "strict")

    def test_the_question_is_answered_from_records_unless_changed(self):
        question = self.env.ref(f"{ADDON}.requirement_018")
        self.env.flush_all()
        for awaited, check in ((True, "resolvers_declared"), (False, None)):
            self.env.cr.execute(
                'UPDATE iso10003_requirement SET "check" = NULL, '
                "check_model = NULL, awaited = %s WHERE id = %s",
                [awaited, question.id],
            )
            self.env.invalidate_all()
            self._migrate()
            self.assertEqual(question.check or None, check)
