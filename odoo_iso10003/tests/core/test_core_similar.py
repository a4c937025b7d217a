# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests.common import BaseCase

from ...core import recurrence, similar

WORDS = ["drum", "cracked", "delivery", "kettle", "leaks", "refund", "visit", "broken"]
TEXTS = st.dictionaries(
    st.integers(1, 40),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12),
    max_size=12,
)


class TestSimilar(BaseCase):
    def test_a_word_is_one_however_it_is_written(self):
        for one, other in (
            ("CRACKED", "cracked"),
            ("ماشين لباسشويي", "ماشین لباسشویی"),
            ("نمی‌کند", "نمیکند"),
            ("كتاب‌ها", "کتابها"),
        ):
            self.assertEqual(similar.list_stems(one), similar.list_stems(other), one)
        self.assertEqual(similar.list_stems("XXXX paid 12,000 on the 3rd"), ["paid"])
        self.assertEqual(similar.list_stems(None), [])

    def test_endings_make_no_difference(self):
        self.assertEqual(
            similar.list_stems("modification modified"),
            similar.list_stems("modifies modifier"),
        )
        self.assertEqual(
            similar.name_stems("Modified, modification")["modifi"], "Modified"
        )

    def test_the_rarest_words_are_looked_for(self):
        counts = {"drum": 900, "cracks": 40, "leaks": 4, "mine": 1}
        found = similar.choose_telling([*counts, "newest"], counts, 1000)
        # what all have says nothing, what nobody else has finds nothing
        self.assertEqual(found, ["leaks", "cracks", "newest"])

    def test_more_is_shared_by_what_tells_of_the_same(self):
        own = similar.list_stems("The drum cracked on the fifth day of washing")
        texts = {
            1: similar.list_stems("After five days of washing the drum had cracked"),
            2: similar.list_stems("The delivery came late and nobody called washing"),
            3: similar.list_stems("My kettle leaks, and I want a refund"),
        }
        counts = similar.count_stems([own, *texts.values()])
        found = similar.compare(own, texts, similar.Weights(counts, 4))
        self.assertEqual([match.key for match in found], [1])
        self.assertEqual(set(found[0].stems), {"drum", "cracke", "washin"})

    @given(TEXTS, st.integers(2, 4))
    def test_groups_are_apart_and_large_enough(self, texts, size):
        groups = similar.group(texts, size)
        seen = [key for one in groups for key in (one.leader, *dict(one.members))]
        self.assertEqual(len(seen), len(set(seen)))
        self.assertLessEqual(set(seen), set(texts))
        for one in groups:
            self.assertGreaterEqual(len(one.members) + 1, size)
            for key, score in one.members:
                self.assertGreaterEqual(score, similar.LEAST)
                shared = set(texts[one.leader]) & set(texts[key])
                self.assertGreaterEqual(len(shared), similar.SHARED)

    @given(TEXTS)
    def test_the_most_alike_come_first(self, texts):
        scores = [
            sum(score for _key, score in one.members) / len(one.members)
            for one in similar.group(texts, 2)
        ]
        for one, other in pairwise(scores):
            self.assertGreater(one, other - 1e-5)

    @given(TEXTS)
    def test_the_order_of_texts_changes_no_group(self, texts):
        turned = dict(reversed(texts.items()))
        self.assertEqual(similar.group(texts, 2), similar.group(turned, 2))

    @given(TEXTS)
    def test_what_is_of_another_kind_is_in_no_group(self, texts):
        kinds = {key: key % 2 for key in texts}
        for one in similar.group(texts, 2, kinds):
            for key, _score in one.members:
                self.assertEqual(kinds[key], kinds[one.leader])

    @given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=12), TEXTS)
    def test_similarity_is_mutual_and_a_share(self, own, texts):
        weights = similar.Weights(similar.count_stems([own, *texts.values()]), 20)
        for key, theirs in texts.items():
            there = similar.compare(own, {key: theirs}, weights)
            back = similar.compare(theirs, {key: own}, weights)
            self.assertEqual(len(there), len(back))
            for one, other in zip(there, back, strict=True):
                self.assertAlmostEqual(one.score, other.score)
                self.assertLessEqual(one.score, 1 + 1e-9)


class TestRecurrence(BaseCase):
    def test_before_and_after(self):
        action = date(2026, 7, 1)
        days = [action - timedelta(days=30 * n) for n in range(1, 7)]
        before, after = recurrence.compare(days, action, action + timedelta(days=60))
        self.assertAlmostEqual(before, 6 / (180 / recurrence.MONTH))
        self.assertEqual(after, 0)

    def test_a_few_days_are_no_month(self):
        action = date(2026, 7, 1)
        _before, after = recurrence.compare([action], action, action)
        self.assertEqual(after, 1)

    def test_what_is_long_ago_does_not_count(self):
        action = date(2026, 7, 1)
        old = [action - timedelta(days=800)] * 50
        before, _after = recurrence.compare(old, action, action)
        self.assertEqual(before, 0)

    @given(
        st.lists(st.dates(date(2024, 1, 1), date(2027, 1, 1)), max_size=30),
        st.dates(date(2025, 1, 1), date(2026, 1, 1)),
        st.integers(0, 400),
    )
    def test_no_file_counts_on_both_sides(self, days, action, more):
        today = action + timedelta(days=more)
        before, after = recurrence.compare(days, action, today)
        self.assertLessEqual(before, sum(day < action for day in days))
        self.assertLessEqual(after, sum(action <= day <= today for day in days))
