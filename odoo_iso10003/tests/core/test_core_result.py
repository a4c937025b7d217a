# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a result is and brings about, without a database."""

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests.common import BaseCase

from ...core import flow
from ...core import result as rules

kinds = st.sampled_from(rules.KINDS)
bindings = st.sampled_from(rules.BINDINGS)
effects = st.sampled_from(
    (
        rules.OPEN,
        rules.EFFECTIVE,
        rules.WITHOUT,
        rules.REPLACED,
        rules.SET_ASIDE,
    )
)
said = st.sampled_from(("accepted", "in_part", "rejected"))
answers = st.dictionaries(st.sampled_from((rules.OURS, rules.THEIRS)), said)
verdicts = st.sampled_from(("granted", "part", "refused", "not_decided"))


class TestCoreResult(BaseCase):
    @given(kinds, bindings, answers)
    def test_an_effect_follows_from_who_decides(self, kind, binding, given_answers):
        deciding = rules.find_deciding(kind, binding)
        effect = rules.find_effect(deciding, given_answers)
        asked = [given_answers.get(side) for side in deciding]
        if "rejected" in asked:
            self.assertEqual(effect, rules.WITHOUT)
        elif None in asked:
            self.assertEqual(effect, rules.OPEN)
        else:
            self.assertEqual(effect, rules.EFFECTIVE)

    @given(kinds, effects, answers, verdicts)
    def test_each_outcome_is_one_that_a_file_can_have(self, kind, effect, ours, said):
        outcome = rules.find_outcome(kind, effect, ours, said)
        gone = effect in (rules.OPEN, rules.REPLACED, rules.SET_ASIDE)
        self.assertEqual(outcome is None, gone)
        if not gone:
            self.assertIn(outcome, flow.RESULTS)

    def test_what_was_noted_comes_to_the_same_outcome(self):
        for outcome, (kind, binding, noted, verdict) in rules.NOTED.items():
            with self.subTest(outcome):
                deciding = rules.find_deciding(kind, binding)
                effect = rules.find_effect(deciding, noted)
                found = rules.find_outcome(kind, effect, noted, verdict)
                settled = outcome.startswith("settled")
                self.assertEqual(found, "settled_early" if settled else outcome)
        self.assertEqual(set(rules.NOTED), set(flow.RESULTS))

    @given(st.lists(verdicts))
    def test_several_lines_come_to_one_verdict(self, lines):
        verdict = rules.find_verdict(lines)
        decided = set(lines) - {"not_decided"}
        if len(decided) == 1:
            self.assertEqual(verdict, decided.pop())
        else:
            self.assertEqual(verdict, "part" if decided else "not_decided")

    def test_nobody_decides_where_no_method_does(self):
        for method in (None, False, "", "facilitative", "unheard of"):
            for kind in (rules.RECOMMENDATION, rules.VIEW, rules.DECISION):
                self.assertFalse(rules.fits(kind, method))
        for method in (None, *rules.FITTING):
            self.assertTrue(rules.fits(rules.SETTLEMENT, method))
