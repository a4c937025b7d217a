# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ..common import DisputeCase
from ..migration_common import run_migration


class TestPositionMigration(DisputeCase):
    """Findings of before stay what they are; nothing is made up."""

    def _migrate(self):
        run_migration(self.env, "19.0.1.7.0/post-position", "19.0.1.6.0")

    def test_files_of_before_stay(self):
        self._ask_in_new_version("gate_evaluation_evaluation_submitted", "off")
        self._ask_in_new_version("gate_position_position_approved", "off")
        dispute = self._lead_to(self._open_dispute(), "evaluation")
        dispute.write({"evaluator_id": self.evaluator.id, "severity": "1"})
        dispute.with_user(self.evaluator).findings = "<p>As it was.</p>"
        self._migrate()
        self.assertEqual(dispute.findings, "<p>As it was.</p>")
        self.assertFalse(dispute.evaluation_ids)
        self.assertFalse(dispute.position_ids)
        dispute.action_advance()
        self._give(dispute, self._wanted("position"))
        dispute.action_advance()
        self.assertEqual(dispute.state, "resolution")

    def test_a_question_that_nobody_changed_is_answered_from_records(self):
        question = self.env.ref("odoo_iso10003.requirement_069")
        for changed in (False, True):
            with self.subTest(changed=changed), self.env.cr.savepoint() as savepoint:
                self.env.flush_all()
                self.env.cr.execute(
                    """UPDATE iso10003_requirement SET "check" = NULL,
                              check_model = NULL, awaited = %s, way = 'manual'
                        WHERE id = %s""",
                    [not changed, question.id],
                )
                self.env.invalidate_all()
                self._migrate()
                answered = (question.check, question.awaited)
                expected = (
                    (False, False) if changed else ("representative_settles", False)
                )
                self.assertEqual(answered, expected)
                savepoint.rollback()
            self.env.invalidate_all()
