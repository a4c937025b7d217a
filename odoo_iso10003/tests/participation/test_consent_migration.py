# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ..common import ADDON, DisputeCase
from ..migration_common import run_migration

NUMBERS = ("009", "010", "011", "012")


class TestConsentMigration(DisputeCase):
    """Of files from before consents nothing is invented, and nothing is asked."""

    def _migrate(self):
        run_migration(self.env, "19.0.1.7.0/post-consents", "19.0.1.6.0")

    def test_questions_that_nobody_changed_are_answered_from_records(self):
        questions = [self.env.ref(f"{ADDON}.requirement_{one}") for one in NUMBERS]
        questions = self.env["iso10003.requirement"].union(*questions)
        present = [(one.check_model, one.check) for one in questions]
        self.env.flush_all()
        self.env.cr.execute(
            """UPDATE iso10003_requirement
                  SET "check" = NULL, check_model = NULL, awaited = TRUE,
                      way = 'awaited'
                WHERE id = ANY(%s)""",
            [questions.ids],
        )
        self.env.cr.execute(
            "UPDATE iso10003_requirement SET awaited = FALSE WHERE id = %s",
            [questions[-1].id],
        )
        self._migrate()
        answered = [(one.check_model, one.check) for one in questions]
        self.assertEqual(answered[:-1], present[:-1])
        self.assertEqual(answered[-1], (False, False), "somebody had decided")

    def test_a_file_under_a_former_version_is_not_asked(self):
        dispute = self._open_dispute()
        version = dispute.sudo().policy_id
        self.env.flush_all()
        self.env.cr.execute(
            """DELETE FROM iso10003_policy_gate WHERE policy_id = %s AND gate_id IN
                      (SELECT id FROM iso10003_gate WHERE code IN
                              ('consent_given', 'sheet_approved', 'consent_stands'))""",
            [version.id],
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        self._migrate()
        self._lead_to(dispute, "notice")
        self._give(dispute, {**self._wanted("notice"), "consent": False})
        dispute.action_advance()
        self.assertEqual(dispute.state, "evaluation")
        self.assertFalse(dispute.consent_ids)
        self.assertFalse(dispute.consent_date)
        rule = (
            self.env["iso10003.dispute"]
            .sudo()
            ._audit_taken_part_willingly(self.company)
        )
        self.assertNotIn(dispute, dispute.sudo().search(rule.population))
