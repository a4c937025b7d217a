# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.modules.db import FunctionStatus
from odoo.tools import SQL

from ...core import similar
from .improvement_common import LATE, ImprovementCase


class TestSimilarFiles(ImprovementCase):
    def _find(self, file):
        return dict(file._find_similar())

    def test_files_that_tell_of_the_same_are_shown_with_the_words(self):
        file, other = (
            self._new_file(),
            self._new_file(
                "<p>Water on the floor: the drum cracked in our washing machine</p>"
            ),
        )
        late = self._new_file(LATE)
        self.env["iso10003.word"]._recount()
        found = self._find(file)
        self.assertIn(other, found)
        self.assertNotIn(late, found)
        self.assertNotIn(file, found)
        (why,) = found[other]
        self.assertIn("drum", why)
        self.assertIn("cracked", why)
        shown = file.similar
        self.assertIn(other.id, [row["id"] for row in shown])

    def test_before_words_were_ever_counted(self):
        self.env.cr.execute("DELETE FROM iso10003_word")
        file, other = self._new_file(), self._new_file()
        self.assertIn(other, self._find(file))

    def test_persian_is_found_however_it_is_typed(self):
        file = self._new_file("<p>درام ماشين لباسشويي شکست و آشپزخانه خیس شد</p>")
        other = self._new_file("<p>آشپزخانه خیس شد؛ درام ماشین لباسشویی شکست</p>")
        self.env["iso10003.word"]._recount()
        self.assertIn(other, self._find(file))

    def test_cause_product_and_complainant_are_reasons_of_their_own(self):
        cause = self._new_cause()
        like = self._new_cause(name="Pump leaks")
        file = self._new_file(cause_id=cause.id)
        same = self._new_file(LATE, cause_id=cause.id)
        product = self._new_file(LATE, cause_id=like.id)
        person = self._new_file(LATE, partner=file.partner_id)
        found = self._find(file)
        self.assertIn("Same cause: Drum cracks", found[same])
        self.assertIn("Same product: W-17", found[product])
        self.assertEqual(found[person], ["Same complainant"])
        self.assertEqual(list(found)[0], same, "the same cause is the best reason")

    def test_a_file_that_one_may_not_read_is_not_found(self):
        cause = self._new_cause()
        file = self._new_file(cause_id=cause.id)
        secret = self._new_file(cause_id=cause.id, user=self.stranger)
        self.env["iso10003.word"]._recount()
        self.assertNotIn(secret.id, [other.id for other in self._find(file)])
        self.assertIn(secret, self._find(file.with_user(self.manager)))

    def test_nothing_but_the_complaint_is_compared(self):
        file = self._new_file()
        file.write({"findings": "<p>Zarathustra</p>", "cause": "Zarathustra"})
        file.action_hold("Zarathustra")
        self.assertNotIn("zarath", file.stems)

    def test_the_index_serves_the_search(self):
        self.assertTrue(self.env.registry.has_trigram)
        stem = similar.list_stems("washing")[0]
        query = self.env["iso10003.dispute"]._search([("stems", "ilike", f" {stem} ")])
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        plan = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
        self.assertIn("stems", str(plan))
        self.assertIn("Bitmap Index Scan", str(plan))

    def test_where_the_extension_may_not_be_made_nothing_breaks(self):
        registry = self.env.registry
        # it is there already, which the database refuses as it does who may not
        with patch.object(registry, "has_trigram", False):
            self.env["iso10003.word"].init()
            self.assertFalse(registry.has_trigram)
        self.env["iso10003.word"]._recount()  # the transaction goes on

    def test_health_says_where_there_is_no_index(self):
        health = self.env["iso10003.health"]
        self.assertEqual(health._look_at_similar().verdict, "well")
        for name, label in (
            ("stems", "Words of the complaint"),
            ("subject", "Subject"),
        ):
            self.env.cr.execute(
                SQL("DROP INDEX %s", SQL.identifier(f"iso10003_dispute__{name}_index"))
            )
            sign = health._look_at_similar()
            self.assertEqual(sign.verdict, "missing")
            self.assertIn("pg_trgm", sign.told)
            self.assertIn(f"Dispute: {label}", sign.told)

    def test_health_says_where_the_index_is_of_what_is_not_compared(self):
        health = self.env["iso10003.health"]
        other = (
            FunctionStatus.MISSING
            if self.env.registry.has_unaccent == FunctionStatus.INDEXABLE
            else FunctionStatus.INDEXABLE
        )
        with patch.object(self.env.registry, "has_unaccent", other):
            self.assertEqual(health._look_at_similar().verdict, "missing")
