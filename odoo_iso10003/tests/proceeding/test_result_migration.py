# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ..common import DisputeCase
from ..migration_common import run_migration


class TestResultMigration(DisputeCase):
    """What a file had as a word, a day and an amount is a result, and nothing more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dispute = cls._open_dispute()
        cls._lead_to(cls.dispute, "resolution")
        cls.dispute.method = "advisory"

    def _migrate(self):
        self.env.flush_all()
        self.env.cr.execute("UPDATE iso10003_obligation SET result_id = NULL")
        self.env.cr.execute("DELETE FROM iso10003_result_answer")
        self.env.cr.execute("DELETE FROM iso10003_result_line")
        self.env.cr.execute("DELETE FROM iso10003_result")
        run_migration(self.env, "19.0.1.8.0/post-results", "19.0.1.7.0")

    def test_a_file_keeps_what_it_had(self):
        self.dispute.action_note_result(
            "recommendation_accepted", "Both agreed.", amount=70
        )
        before = self.dispute.register_ids
        self._migrate()
        result = self.dispute.result_ids
        self.assertEqual((result.kind, result.origin), ("recommendation", "before"))
        self.assertEqual((result.effect, result.amount), ("effective", 70))
        self.assertEqual(result.date, self.dispute.outcome_date)
        self.assertFalse(result.text or result.answer_ids or result.line_ids)
        self.assertEqual(self.dispute.outcome, "recommendation_accepted")
        rows = self.dispute.register_ids - before
        self.assertEqual(set(rows.mapped("event")), {"result"})
        self.dispute._follow_results()
        self.assertEqual(self.dispute.outcome, "recommendation_accepted")

    def test_what_has_no_result_gets_none_and_twice_is_once(self):
        self.dispute.action_note_result(
            "recommendation_rejected_by_complainant", "They said no."
        )
        other = self._open_dispute(self._new_ticket())
        self._migrate()
        run_migration(self.env, "19.0.1.8.0/post-results", "19.0.1.7.0")
        self.assertEqual(self.dispute.result_ids.mapped("effect"), ["without"])
        self.assertFalse(other.result_ids)
