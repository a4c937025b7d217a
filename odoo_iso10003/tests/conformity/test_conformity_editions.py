# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Editions side by side: which applies on which day, and what is only a draft."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import ValidationError

from ..common import ADDON
from .conformity_common import ConformityCase


class TestEditions(ConformityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.former = cls.env.ref(f"{ADDON}.requirement_set_9001_2015")
        cls.draft = cls.env.ref(f"{ADDON}.requirement_set_9001_2026")

    def _present(self):
        sets = self.env["iso10003.requirement.set"]
        return sets.with_user(self.lead).with_company(self.shop)._get_present()

    def test_that_of_iso_10003_comes_first(self):
        self.assertEqual(self._present(), self.questions)

    def test_a_draft_says_so_and_is_never_chosen_by_itself(self):
        self.assertIn("from a draft", self.draft.display_name)
        self.assertNotIn("from a draft", self.former.display_name)
        self.assertTrue(self.draft.basis)
        self.draft.sequence = 1
        self.assertEqual(self._present(), self.questions)
        # somebody may choose it, and the print says what it is
        assessment = self._new_assessment(set_id=self.draft.id)
        self.assertEqual(assessment.set_id, self.draft)
        assessment.action_check()
        self.assertEqual(len(assessment.line_ids), 16)

    def test_the_date_of_change(self):
        """Until a day the former one, from it on the new one: dates, and no code."""
        (self.former | self.draft).write({"sequence": 1})
        self.former.applies_to = date(2027, 8, 31)
        self.draft.write({"applies_from": date(2027, 9, 1), "is_draft": False})
        self.former.sequence = 0  # whichever comes first in the list
        for day, expected in (
            ("2027-08-31", self.former),
            ("2027-09-01", self.draft),
            ("2030-01-01", self.draft),
        ):
            with self.subTest(day), freeze_time(f"{day} 12:00:00"):
                self.assertEqual(self._present(), expected)

    def test_each_clause_of_the_new_edition_says_what_changes(self):
        clauses = self.env["iso10003.clause"].search(
            [("standard", "=", "ISO 9001"), ("edition", "=", "2026")]
        )
        self.assertEqual(len(clauses), 12)
        for clause in clauses:
            with self.subTest(clause.number):
                self.assertEqual(clause.former_id.edition, "2015")
                self.assertTrue(clause.change)
        # all clauses that questions of the former one are about are followed up
        self.assertLessEqual(
            self.former.requirement_ids.clause_id, clauses.mapped("former_id")
        )
        self.assertLessEqual(self.draft.requirement_ids.clause_id, clauses)
        # risks and opportunities are apart, and awareness has ethics
        self.assertEqual(
            clauses.filtered(lambda clause: clause.former_id.number == "6.1").mapped(
                "number"
            ),
            ["6.1.2", "6.1.3"],
        )
        asked = self.draft.requirement_ids - self.draft.requirement_ids.filtered(
            lambda question: question.code in self.former.requirement_ids.mapped("code")
        )
        self.assertEqual(asked.clause_id.mapped("number"), ["5.1.1", "6.1.3", "7.3"])

    def test_a_clause_follows_one_of_its_own_standard(self):
        clause = self.env.ref(f"{ADDON}.clause_9001_2026_7_3")
        with self.assertRaisesRegex(ValidationError, "same standard"):
            clause.former_id = self.env.ref(f"{ADDON}.clause_10003_4_10")
        with self.assertRaisesRegex(ValidationError, "another edition"):
            clause.former_id = self.env.ref(f"{ADDON}.clause_9001_2026_7_2")

    def test_every_annex_is_a_reference(self):
        annexes = self.env["iso10003.clause"].search(
            [
                ("standard", "=", "ISO 10003"),
                ("edition", "=", "2018"),
                ("number", "=like", "_"),
            ]
        )
        letters = [one.number for one in annexes if one.number.isalpha()]
        self.assertEqual(letters, list("ABCDEFGHIJKLM"))

    def test_who_has_small_files_answers_few_questions(self):
        self.assertEqual(len(self.former.requirement_ids), 13)
        self.assertEqual(
            self.former.requirement_ids.clause_id.mapped("edition"), ["2015"] * 11
        )
