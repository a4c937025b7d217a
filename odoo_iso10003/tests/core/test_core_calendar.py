# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime, time, timedelta

import jdatetime
from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.web_solar_hijri import writing

from ...core import solar_hijri

PERSIAN = "۰۱۲۳۴۵۶۷۸۹"
TO_EUROPEAN = str.maketrans(PERSIAN, "0123456789")
# A customer's life and its records, and then some
dates = st.dates(date(1800, 1, 1), date(2300, 12, 31))
moments = st.datetimes(datetime(1800, 1, 1), datetime(2300, 12, 31))
styles = st.sampled_from(["long", "short"])


def read_back(written):
    """Return the Gregorian date of a short Solar Hijri one."""
    year, month, day = map(int, written.translate(TO_EUROPEAN).split("/"))
    return jdatetime.date(year, month, day).togregorian()


class TestSolarHijri(BaseCase):
    def test_known_dates(self):
        """Dates from printed calendars, among them both ends of a leap year."""
        for gregorian, long, short in [
            (date(2026, 11, 23), "۲ آذر ۱۴۰۵", "۱۴۰۵/۰۹/۰۲"),
            (date(1979, 2, 11), "۲۲ بهمن ۱۳۵۷", "۱۳۵۷/۱۱/۲۲"),
            (date(2000, 1, 1), "۱۱ دی ۱۳۷۸", "۱۳۷۸/۱۰/۱۱"),
            (date(2024, 3, 20), "۱ فروردین ۱۴۰۳", "۱۴۰۳/۰۱/۰۱"),
            (date(2025, 3, 20), "۳۰ اسفند ۱۴۰۳", "۱۴۰۳/۱۲/۳۰"),
            (date(2025, 3, 21), "۱ فروردین ۱۴۰۴", "۱۴۰۴/۰۱/۰۱"),
        ]:
            with self.subTest(gregorian):
                self.assertEqual(solar_hijri.format_date(gregorian, "fa_IR"), long)
                self.assertEqual(
                    solar_hijri.format_date(gregorian, "fa_IR", "short"), short
                )

    def test_moment(self):
        moment = datetime(2026, 11, 23, 8, 5, 59)
        self.assertEqual(
            solar_hijri.format_datetime(moment, "fa_IR"), "۲ آذر ۱۴۰۵، ۰۸:۰۵"
        )
        self.assertEqual(
            solar_hijri.format_datetime(moment, "fa_IR", "short"), "۱۴۰۵/۰۹/۰۲ ۰۸:۰۵"
        )

    @given(dates)
    def test_what_is_written_can_be_read_back(self, value):
        written = solar_hijri.format_date(value, "fa_IR", "short")
        self.assertEqual(read_back(written), value)

    @given(dates, dates)
    def test_later_dates_sort_after_earlier_ones(self, one, other):
        first, second = (
            solar_hijri.format_date(value, "fa_IR", "short") for value in (one, other)
        )
        self.assertEqual(one < other, first < second)

    @given(dates)
    def test_the_next_day_is_another_date(self, value):
        for style in ("long", "short"):
            self.assertNotEqual(
                solar_hijri.format_date(value, "fa_IR", style),
                solar_hijri.format_date(value + timedelta(1), "fa_IR", style),
            )

    @given(dates)
    def test_long_and_short_tell_the_same_day(self, value):
        day, month, year = solar_hijri.format_date(value, "fa_IR").split()
        short_year, _month, short_day = solar_hijri.format_date(
            value, "fa_IR", "short"
        ).split("/")
        self.assertEqual(year, short_year)
        self.assertEqual(day.rjust(2, "۰"), short_day)
        self.assertIn(month, jdatetime.date.j_months_fa)

    @given(moments, styles)
    def test_no_european_digit_is_left(self, value, style):
        written = solar_hijri.format_datetime(value, "fa_IR", style)
        self.assertFalse(set(written) & set("0123456789"))
        self.assertTrue(set(written) & set(PERSIAN))

    @given(dates, st.times(), styles)
    def test_a_moment_is_its_date_and_its_time(self, day, at, style):
        written = solar_hijri.format_datetime(datetime.combine(day, at), "fa_IR", style)
        midnight = solar_hijri.format_datetime(
            datetime.combine(day, time()), "fa_IR", style
        )
        self.assertTrue(
            written.startswith(solar_hijri.format_date(day, "fa_IR", style))
        )
        self.assertEqual(written[:-5], midnight[:-5])
        self.assertEqual(written[-5:].translate(TO_EUROPEAN), f"{at:%H:%M}")

    @given(st.dates(), st.sampled_from(["en_US", "nl_NL", "ar_001", "fan", "", None]))
    def test_other_readers_keep_their_own_calendar(self, value, language):
        self.assertIsNone(solar_hijri.format_date(value, language))

    @given(st.dates(), st.sampled_from(["fa_IR", "fa-IR", "fa"]))
    def test_every_date_is_written_or_left_to_the_caller(self, value, language):
        written = solar_hijri.format_date(value, language, "short")
        if date(622, 3, 22) < value < date(9990, 1, 1):
            self.assertEqual(read_back(written), value)
        elif value < date(622, 3, 21):
            self.assertIsNone(written)

    def test_an_unknown_style_is_refused(self):
        for language in ("fa_IR", "en_US"):
            with self.assertRaises(KeyError):
                solar_hijri.format_date(date(2026, 11, 23), language, "medium")


class TestBesideTheSolarCalendar(BaseCase):
    """What this addon writes on paper, and that one in Odoo's own fields, agree."""

    # the years that are written in that one
    shared = st.datetimes(datetime(1921, 3, 21), datetime(2121, 3, 20))

    @given(shared, styles)
    def test_dates_agree(self, moment, style):
        self.assertEqual(
            solar_hijri.format_date(moment.date(), "fa_IR", style),
            writing.write(moment.date(), "fa_IR", style),
        )

    @given(shared)
    def test_moments_agree(self, moment):
        for style, pattern in (
            ("long", "d MMMM yyyy، HH:mm"),
            ("short", "yyyy/MM/dd HH:mm"),
        ):
            self.assertEqual(
                solar_hijri.format_datetime(moment, "fa_IR", style),
                writing.write(moment, "fa_IR", pattern),
            )
