# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Samples and scores, without a database."""

import random
import subprocess
import sys
from math import ceil, sqrt
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...core import sampling, scoring
from ..core import hypothesis_profile  # noqa: F401

keys = st.lists(st.text(min_size=1), unique=True, min_size=1, max_size=200)
seeds = st.text(min_size=1)


@st.composite
def frames(draw):
    return [
        sampling.File(key, draw(st.sampled_from("abc")), draw(st.booleans()))
        for key in draw(keys)
    ]


verdicts = st.sampled_from(["yes", "partly", "no", "na", "unchecked"])
answers = st.lists(st.tuples(verdicts, st.floats(0.1, 10), st.booleans()))


class TestSampling(BaseCase):
    @given(frames(), seeds, st.randoms())
    def test_the_same_seed_draws_the_same_whatever_the_order(self, frame, seed, dice):
        shuffled = list(frame)
        dice.shuffle(shuffled)
        self.assertEqual(sampling.draw(frame, seed), sampling.draw(shuffled, seed))

    @given(frames(), seeds)
    def test_all_major_files_and_the_root_of_all(self, frame, seed):
        drawn = sampling.draw(frame, seed)
        major = {file for file in frame if file.major}
        wanted = min(len(frame), max(5, ceil(sqrt(len(frame)))))
        self.assertLessEqual(major, set(drawn))
        self.assertEqual(len(set(drawn)), len(drawn))
        self.assertLessEqual(set(drawn), set(frame))
        self.assertEqual(len(drawn), max(wanted, len(major)))

    @given(frames(), seeds)
    def test_strata_are_drawn_by_their_size(self, frame, seed):
        others = [file for file in frame if not file.major]
        drawn = [file for file in sampling.draw(frame, seed) if not file.major]
        assume(others)
        for stratum in "abc":
            size = sum(file.stratum == stratum for file in others)
            fair = len(drawn) * size / len(others)
            found = sum(file.stratum == stratum for file in drawn)
            self.assertLess(abs(found - fair), 1)

    def test_another_seed_draws_others(self):
        frame = [sampling.File(f"DSP/{number}") for number in range(1000)]
        draws = {tuple(sampling.draw(frame, f"seed {n}")) for n in range(50)}
        self.assertEqual(len(draws), 50)

    def test_each_file_has_the_same_chance(self):
        frame = [sampling.File(f"DSP/{number}") for number in range(100)]
        counts = dict.fromkeys((file.key for file in frame), 0)
        for number in range(1000):
            for file in sampling.draw(frame, str(number)):
                counts[file.key] += 1
        # ten of a hundred, a thousand times: 100 each, with a spread of about 9.5
        self.assertGreater(min(counts.values()), 60)
        self.assertLess(max(counts.values()), 140)

    def test_the_draw_is_the_one_of_any_machine(self):
        """Written down once: whoever changes the lots changes this."""
        frame = [
            sampling.File(f"DSP/2026/{number:05d}", "ab"[number % 2], number == 7)
            for number in range(1, 31)
        ]
        drawn = [file.key[-2:] for file in sampling.draw(frame, "10003")]
        self.assertEqual(drawn, ["23", "24", "16", "05", "22", "07"])

    def test_another_process_with_another_hash_seed_draws_the_same(self):
        code = (
            "import sys; sys.path.insert(0, sys.argv[1]); import sampling as s; "
            "print([f.key for f in s.draw("
            "{s.File(str(n), 'abc'[n % 3]) for n in range(300)}, 'seed')])"
        )
        folder = str(Path(sampling.__file__).parent)
        outputs = {
            subprocess.run(
                [sys.executable, "-S", "-c", code, folder],
                env={"PYTHONHASHSEED": seed},
                capture_output=True,
                check=True,
                text=True,
            ).stdout
            for seed in ("0", "1", "4711")
        }
        self.assertEqual(len(outputs), 1)

    def test_refuses_what_cannot_be_drawn(self):
        file = sampling.File("1")
        for files, seed in (([], "seed"), ([file], ""), ([file, file], "seed")):
            with self.assertRaises(ValueError):
                sampling.draw(files, seed)


class TestScoring(BaseCase):
    @given(answers)
    def test_a_score_is_a_percentage_or_nothing(self, given_answers):
        score = scoring.score(given_answers)
        self.assertTrue(0 <= score.coverage <= 100)
        answered = [one for one in given_answers if one[0] in scoring.POINTS]
        if answered:
            self.assertTrue(0 <= score.score <= 100.0001)
        else:
            self.assertIsNone(score.score)

    @given(answers)
    def test_order_does_not_matter_nor_do_questions_that_do_not_apply(self, some):
        shuffled = [*some, ("na", 1.0, True)]
        random.Random(1).shuffle(shuffled)
        mine, other = scoring.score(some), scoring.score(shuffled)
        self.assertEqual(mine.capped, other.capped)
        self.assertAlmostEqual(mine.coverage, other.coverage)
        self.assertAlmostEqual(mine.score or 0, other.score or 0)

    @given(answers, st.floats(0.1, 10))
    def test_a_failed_hard_question_caps(self, some, weight):
        score = scoring.score([*some, ("no", weight, True)])
        self.assertTrue(score.capped)
        self.assertLessEqual(score.score, scoring.CAP)

    def test_examples(self):
        score = scoring.score([("yes", 1, False), ("partly", 1, False)])
        self.assertEqual((score.score, score.coverage), (75.0, 100.0))
        score = scoring.score([("yes", 3, False), ("no", 1, False)])
        self.assertEqual(score.score, 75.0)
        score = scoring.score([("yes", 1, True), ("unchecked", 1, True)])
        self.assertEqual((score.score, score.coverage), (50.0, 50.0))
        self.assertTrue(score.capped and score.hard_open)
        # a question weighs in the coverage what it weighs in the score
        score = scoring.score([("yes", 1, False), ("unchecked", 3, False)])
        self.assertEqual((score.score, score.coverage), (100.0, 25.0))
        # all of it left out is not the same as not checked
        score = scoring.score([("na", 1, True)])
        self.assertEqual((score.score, score.applicable), (None, 0))
        self.assertFalse(score.hard_open)
        self.assertEqual(scoring.score([("unchecked", 2, True)]).applicable, 2)

    @given(st.lists(answers, max_size=6))
    def test_the_whole_counts_each_question_alike(self, clauses):
        """A question weighs the same in a clause of one as in a clause of many."""
        scores = [scoring.score(clause) for clause in clauses]
        whole = scoring.whole(
            [(s.score or 0, s.answered, s.applicable) for s in scores]
        )
        answered = sum(score.answered for score in scores)
        if not answered:
            self.assertIsNone(whole.score)
            return
        plain = sum((s.score or 0) * s.answered for s in scores) / answered
        self.assertAlmostEqual(whole.score, plain)
        if not any(score.capped for score in scores):
            every = [answer for clause in clauses for answer in clause]
            free = [(verdict, weight, False) for verdict, weight, _hard in every]
            self.assertAlmostEqual(whole.score, scoring.score(free).score, places=5)
            self.assertAlmostEqual(
                whole.coverage, scoring.score(free).coverage, places=5
            )

    @given(answers, st.floats(0.1, 10))
    def test_an_open_hard_question_caps_as_a_failed_one(self, some, weight):
        score = scoring.score([*some, ("unchecked", weight, True)])
        self.assertTrue(score.hard_open)
        if score.score is not None:
            self.assertTrue(score.capped)
            self.assertLessEqual(score.score, scoring.CAP)

    @given(st.integers(0, 10**6), st.integers(0, 10**6))
    def test_an_empty_population_is_not_checked(self, population, failing):
        failing = min(failing, population)
        verdict, share = scoring.judge(population, failing)
        if not population:
            self.assertEqual((verdict, share), ("unchecked", None))
        elif not failing:
            self.assertEqual(verdict, "yes")
        else:
            self.assertNotEqual(verdict, "yes")
            self.assertEqual(verdict == "partly", share >= 80)

    def test_raising(self):
        for verdict, found in (
            ("yes", "partly"),
            ("partly", "no"),
            ("yes", "unchecked"),
            ("yes", False),
        ):
            self.assertEqual(
                scoring.find_departure(verdict, found, True), "raised", (verdict, found)
            )
        for verdict, found in (
            ("no", "unchecked"),
            ("no", "yes"),
            ("unchecked", "yes"),
        ):
            self.assertFalse(scoring.find_departure(verdict, found, True))
        # leaving a question out raises the rest, whatever was found
        for found in ("yes", "no", "unchecked", False):
            self.assertEqual(scoring.find_departure("na", found, True), "excluded")
            self.assertEqual(scoring.find_departure("na", found, False), "excluded")
        self.assertFalse(scoring.find_departure("yes", False, False))

    def test_a_reason_says_something(self):
        for text in ("x", "", None, "ok ok ok ok ok", "...........", "12345 678 90123"):
            self.assertFalse(scoring.says_something(text), text)
        for text in ("Two people are enough", "در سه پرونده دیده شد"):
            self.assertTrue(scoring.says_something(text), text)
