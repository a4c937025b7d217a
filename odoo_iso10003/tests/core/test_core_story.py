# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

import pytz

from odoo.tests.common import BaseCase

from ...core.story import Fact, arrange, find_day

TEHRAN = pytz.timezone("Asia/Tehran")


class TestStory(BaseCase):
    """What happened stands in order, and what is to come stands after it."""

    def _order(self, *facts):
        return [fact.what for (fact,) in arrange([(fact,) for fact in facts], TEHRAN)]

    def test_what_is_to_come_stands_after_all_that_happened(self):
        told = self._order(
            Fact(date(2026, 1, 9), "due", ahead=True),
            Fact(date(2026, 3, 1), "paid"),
            Fact(date(2025, 1, 1), "late", ahead=True),
            Fact(date(2026, 2, 1), "told"),
        )
        self.assertEqual(told, ["told", "paid", "late", "due"])

    def test_of_a_day_what_has_an_hour_comes_first(self):
        told = self._order(
            Fact(date(2026, 2, 1), "letter"),
            Fact(datetime(2026, 2, 1, 9), "moved"),
            Fact(datetime(2026, 2, 1, 8), "opened"),
        )
        self.assertEqual(told, ["opened", "moved", "letter"])

    def test_a_moment_is_of_the_readers_day(self):
        night = datetime(2026, 2, 1, 22)
        self.assertEqual(find_day(night, TEHRAN), date(2026, 2, 2))
        self.assertEqual(find_day(date(2026, 2, 1), TEHRAN), date(2026, 2, 1))
        told = self._order(
            Fact(night, "at night"),
            Fact(date(2026, 2, 1), "by day"),
        )
        self.assertEqual(told, ["by day", "at night"])
