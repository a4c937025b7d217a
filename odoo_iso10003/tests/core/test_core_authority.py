# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...core import authority

amounts = st.integers(0, 10**6)
limits = st.dictionaries(st.sampled_from(authority.LEVELS), st.none() | amounts)


@tagged("-at_install", "post_install")
class TestCoreAuthority(BaseCase):
    @given(limits, amounts)
    def test_the_lowest_level_is_one_that_covers(self, limits, amount):
        level = authority.lowest_level(limits, amount)
        covering = [
            one for one in authority.LEVELS if authority.covers(limits, one, amount)
        ]
        self.assertEqual(level, covering[0] if covering else None)

    @given(limits, amounts)
    def test_whole_tiers_cover_every_amount(self, limits, amount):
        if authority.is_whole(limits):
            self.assertTrue(authority.lowest_level(limits, amount))
        else:
            highest = max((*limits.values(), 0)) + 1
            self.assertIsNone(authority.lowest_level(limits, highest))

    @given(limits, amounts)
    def test_where_tiers_rise_a_higher_level_covers_what_a_lower_one_does(
        self, limits, amount
    ):
        if authority.find_falling(limits):
            return
        covering = [authority.covers(limits, one, amount) for one in authority.LEVELS]
        self.assertEqual(covering, sorted(covering))
