# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .common import DisputeCase
from .competence.competence_common import CompetencePeople
from .migration_common import run_migration


class TestMigrations(CompetencePeople, DisputeCase):
    """What an update does to the data of an older version."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_competence()

    def _migrate(self, script):
        run_migration(self.env, script, "19.0.1.1.0")

    def test_files_learn_from_the_register_who_was_competent(self):
        before = self._open_dispute()  # nobody was asked
        self._require("handler")
        self._require("evaluator", self.judging)
        self._certify(self.employees[self.handler])
        self._certify(self.employees[self.evaluator], self.judging)
        dispute = self._open_dispute(self._new_ticket())
        dispute.evaluator_id = self.evaluator
        seen = {"user_id": self.handler.id, "evaluator_id": self.evaluator.id}
        self.assertEqual(dispute.competence_seen, seen)
        self.env.flush_all()
        self.env.cr.execute("UPDATE iso10003_dispute SET competence_seen = NULL")
        self._migrate("19.0.1.2.0/post-competence_seen")
        self.assertEqual(dispute.competence_seen, seen)
        self.assertFalse(before.competence_seen)

    def test_who_has_the_role_now_is_another_than_was_asked(self):
        dispute = self._open_dispute()
        self._require("evaluator", self.judging)
        self._certify(self.employees[self.evaluator], self.judging)
        dispute.evaluator_id = self.evaluator
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE iso10003_dispute SET competence_seen = NULL, evaluator_id = %s",
            [self.agent.id],
        )
        self._migrate("19.0.1.2.0/post-competence_seen")
        self.assertFalse(dispute.competence_seen)
