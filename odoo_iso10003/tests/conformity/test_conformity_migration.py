# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Assessments and questions of an older version."""

from psycopg2.extras import Json

from ..migration_common import run_migration
from .conformity_common import ConformityCase

VERSION = "19.0.1.6.0"
NEW = {
    "iso10003_assessment_line": ("departure",),
    "iso10003_assessment_clause": (
        "hard_open",
        "answered_weight",
        "applicable_weight",
        "excluded_count",
    ),
    "iso10003_assessment": ("hard_open_count", "departure_count", "frozen_at"),
}


class TestConformityMigration(ConformityCase):
    def test_frozen_scores_stay_and_what_they_hid_is_told(self):
        self._new_file(lessons=None)
        gap = self._new_assessment()
        gap.action_check()
        self._answer(gap, 82).write(
            {"verdict": "yes", "reason": "Written down on paper"}
        )
        self._answer(gap, 9).write(
            {"verdict": "na", "reason": "Nobody has agreed to anything"}
        )
        gap.action_freeze()
        frozen_at = gap.frozen_at
        # as it was counted before
        self._set_columns(gap, score=41.0, coverage=36.0)
        clause = self._answer(gap, 18).clause_result_id
        self._set_columns(clause, score=100.0, capped=False)
        self.env.flush_all()
        for table, columns in NEW.items():
            for column in columns:
                self.env.cr.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        run_migration(self.env, "19.0.1.7.0/pre-conform", VERSION)
        self.assertEqual((gap.score, gap.coverage), (41.0, 36.0))
        self.assertEqual(clause.score, 100.0)
        self.assertTrue(clause.hard_open)
        self.assertEqual(self._answer(gap, 82).departure, "raised")
        self.assertEqual(self._answer(gap, 9).departure, "excluded")
        self.assertEqual(gap.departure_count, 2)
        self.assertEqual(gap.frozen_at.replace(microsecond=0), frozen_at)
        weights = sum(clause.line_ids.filtered("counts").mapped("weight"))
        self.assertEqual(clause.applicable_weight, weights)
        run_migration(self.env, "19.0.1.7.0/pre-conform", VERSION)
        self.assertEqual(gap.score, 41.0)

    def test_versions_get_the_rule_and_questions_their_words(self):
        self.env.flush_all()
        self.env.cr.execute(
            "DELETE FROM iso10003_segregation WHERE code = 'confirmer_answerer'"
        )
        question = self._question(9)
        self._set_columns(question, looks_at=None)
        name = question.name
        run_migration(self.env, "19.0.1.7.0/post-conform", VERSION)
        self.assertTrue(question.looks_at)
        self.assertEqual(question.name, name)
        self.assertIn("confirmer_answerer", self.policy.segregation_ids.mapped("code"))
        run_migration(self.env, "19.0.1.7.0/post-conform", VERSION)
        codes = self.policy.segregation_ids.mapped("code")
        self.assertEqual(codes.count("confirmer_answerer"), 1)

    def test_questions_say_what_they_look_at_by_now(self):
        script = "19.0.1.9.0/post-checks"
        file = self._new_file()
        self.env["iso10003.register"]._append(
            [(file, "transition", {"step": "forward", "to": "resolution"}, None)]
        )
        cost, promise, entered = map(self._question, (87, 107, 63))
        words = {question: question.looks_at for question in (cost, entered)}
        self._set_columns(
            cost,
            check=None,
            check_model=None,
            awaited=True,
            way="awaited",
            looks_at=Json(
                {
                    "en_US": "Costs of five closed files: fees, time, what was paid.",
                    "fa_IR": "x",
                }
            ),
        )
        self._set_columns(promise, check=None, check_model=None, awaited=False)
        self._set_columns(
            entered,
            looks_at=Json({"en_US": "Direct notices: days from notice to entry."}),
        )
        self._set_columns(self._question(64), looks_at=Json({"en_US": "Ours"}))
        for _time in range(2):
            run_migration(self.env, script, "19.0.1.8.0")
            self.assertEqual((cost.check, cost.way), ("cost_known", "automatic"))
            self.assertEqual(cost.looks_at, words[cost])
            self.assertEqual(cost.with_context(lang="fa_IR").looks_at, words[cost])
            self.assertEqual(entered.looks_at, words[entered])
            # what somebody changed stays
            self.assertFalse(promise.check)
            self.assertEqual(self._question(64).looks_at, "Ours")
            self.assertTrue(file.resolution_date)
