# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...core import advisor

criteria = st.sampled_from(advisor.CRITERIA)
tables = st.dictionaries(
    st.integers(1, 9), st.dictionaries(criteria, st.integers(-5, 5)), max_size=6
)
weights = st.dictionaries(criteria, st.sampled_from(advisor.WEIGHTS))


@tagged("-at_install", "post_install")
class TestCoreAdvisor(BaseCase):
    @given(tables, weights)
    def test_each_method_is_ranked_once_and_the_best_comes_first(self, tables, weights):
        advice = advisor.advise(tables, weights)
        self.assertEqual({one.method for one in advice}, set(tables))
        self.assertEqual(len(advice), len(tables))
        points = [one.points for one in advice]
        self.assertEqual(points, sorted(points, reverse=True))

    @given(tables, weights)
    def test_each_reason_is_one_that_weighs_and_counts(self, tables, weights):
        for one in advisor.advise(tables, weights):
            for criteria, sign in ((one.speaks_for, 1), (one.speaks_against, -1)):
                for criterion in criteria:
                    points = tables[one.method][criterion] * weights[criterion]
                    self.assertGreater(points * sign, 0)

    @given(tables, weights)
    def test_all_points_have_reasons(self, tables, weights):
        for one in advisor.advise(tables, weights):
            if one.points > 0:
                self.assertTrue(one.speaks_for)
            if one.points < 0:
                self.assertTrue(one.speaks_against)

    @given(tables, weights, criteria)
    def test_what_weighs_more_never_hurts_a_method_that_it_speaks_for(
        self, tables, weights, criterion
    ):
        less = {**weights, criterion: advisor.NOT}
        more = {**weights, criterion: advisor.MUCH}
        before = {one.method: one.points for one in advisor.advise(tables, less)}
        for one in advisor.advise(tables, more):
            if tables[one.method].get(criterion, 0) >= 0:
                self.assertGreaterEqual(one.points, before[one.method])

    @given(tables)
    def test_where_nothing_weighs_none_is_best(self, tables):
        best = advisor.find_best(advisor.advise(tables, {}))
        self.assertEqual(best, tuple(tables) if len(tables) == 1 else ())

    @given(tables, weights)
    def test_the_best_ones_are_ahead_of_all_others(self, tables, weights):
        advice = advisor.advise(tables, weights)
        best = advisor.find_best(advice)
        others = [one.points for one in advice if one.method not in best]
        for one in advice:
            if one.method in best:
                self.assertTrue(all(one.points > points for points in others))

    def test_reasons_come_by_strength(self):
        (advice,) = advisor.advise(
            {1: {"amount": 1, "urgency": 3, "finding": -4}},
            {"amount": 2, "urgency": 2, "finding": 1},
        )
        self.assertEqual(advice.points, 4)
        self.assertEqual(advice.speaks_for, ("urgency", "amount"))
        self.assertEqual(advice.speaks_against, ("finding",))
