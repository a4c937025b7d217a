# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...core import proportion

METHODS = ("", "facilitative", "advisory", "determinative")
TYPES = ("", "consumer", "small_business", "other")
amounts = st.integers(0, 10**6)
severities = st.sampled_from(("", *proportion.SEVERITIES))
facts = st.builds(
    proportion.Facts,
    amount=amounts,
    severity=severities,
    method=st.sampled_from(METHODS),
    complainant_type=st.sampled_from(TYPES),
)
criteria = st.builds(
    proportion.Criterion,
    amount=amounts,
    severity=severities,
    method=st.sampled_from(METHODS),
    complainant_type=st.sampled_from(TYPES),
)


@st.composite
def versions(draw):
    levels = draw(st.sets(st.sampled_from(proportion.LEVELS), min_size=1))
    return [
        proportion.Track(level, criteria=tuple(draw(st.lists(criteria, max_size=3))))
        for level in draw(st.permutations(sorted(levels)))
    ]


@tagged("-at_install", "post_install")
class TestCoreProportion(BaseCase):
    @given(versions(), facts)
    def test_every_file_finds_one_of_the_tracks(self, tracks, file):
        level = proportion.find_level(tracks, file)
        self.assertIn(level, [track.level for track in tracks])

    @given(versions(), facts)
    def test_the_order_in_which_tracks_come_is_no_matter(self, tracks, file):
        self.assertEqual(
            proportion.find_level(tracks, file),
            proportion.find_level(tracks[::-1], file),
        )

    @given(versions(), facts, amounts, severities)
    def test_more_at_stake_is_never_on_a_lower_track(
        self, tracks, file, amount, severity
    ):
        more = replace(
            file,
            amount=file.amount + amount,
            severity=max(file.severity, severity),
        )
        self.assertFalse(
            proportion.is_above(
                proportion.find_level(tracks, file),
                proportion.find_level(tracks, more),
            )
        )

    @given(versions(), facts, amounts)
    def test_what_nobody_can_count_is_as_much_as_can_be(self, tracks, file, amount):
        unknown = replace(file, amount=None)
        self.assertFalse(
            proportion.is_above(
                proportion.find_level(tracks, replace(file, amount=amount)),
                proportion.find_level(tracks, unknown),
            )
        )

    @given(versions(), st.lists(facts))
    def test_a_track_said_to_be_unreached_is_one(self, tracks, files):
        reached = {proportion.find_level(tracks, file) for file in files}
        self.assertFalse(reached & {*proportion.find_unreached(tracks)})

    def test_all_that_a_criterion_names_has_to_hold(self):
        criterion = proportion.Criterion(amount=100, severity="2", method="advisory")
        file = proportion.Facts(100, "2", "advisory", "consumer")
        self.assertTrue(criterion.holds(file))
        for other in (
            replace(file, amount=99),
            replace(file, severity="1"),
            replace(file, severity=""),
            replace(file, method="facilitative"),
        ):
            self.assertFalse(criterion.holds(other), other)

    def test_a_criterion_that_says_nothing_holds_for_nobody(self):
        self.assertFalse(proportion.Criterion().holds(proportion.Facts()))

    def test_what_ships_is_reached(self):
        self.assertFalse(proportion.find_unreached(proportion.SHIPPED))
        for file, level in (
            (proportion.Facts(), "small"),
            (proportion.Facts(severity="0"), "small"),
            (proportion.Facts(severity="1"), "standard"),
            (proportion.Facts(method="determinative"), "standard"),
            (proportion.Facts(severity="3"), "serious"),
        ):
            self.assertEqual(proportion.find_level(proportion.SHIPPED, file), level)
