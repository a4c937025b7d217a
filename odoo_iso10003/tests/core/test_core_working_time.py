# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Days and working days: time zones, calendars, and what Odoo makes of the same."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from odoo.tests import BaseCase, TransactionCase, tagged

from ...core.clock import Calendar, Limit, Span, compute, day_of, instant_of
from .clock_common import (
    BERLIN,
    SATURDAY_TO_WEDNESDAY,
    TEHRAN,
    ZONES,
    day,
    days_between,
    leave,
    make_calendar,
    office_hours,
    persian,
    utc,
    wall,
)

zones = st.sampled_from(ZONES)


class TestTimeZones(BaseCase):
    @given(st.dates(date(1950, 1, 1), date(2060, 1, 1)), zones)
    @example(date(2011, 12, 30), "Pacific/Apia")  # there was no such day
    @example(date(2021, 3, 22), "Asia/Tehran")  # it began at 1 o'clock
    @example(date(1919, 3, 31), "America/Toronto")  # from 23:30 to 0:30
    def test_days_follow_each_other_without_a_gap(self, today, zone):
        first = instant_of(today, zone)
        tomorrow = instant_of(today + timedelta(1), zone)
        self.assertLessEqual(first, tomorrow)
        self.assertGreaterEqual(day_of(first, zone), today)
        self.assertLess(day_of(first - timedelta(seconds=1), zone), today)
        if first < tomorrow:
            self.assertEqual(day_of(first, zone), today)
            last = tomorrow - timedelta(microseconds=1)
            self.assertEqual(day_of(last, zone), today)

    def test_tehran_moved_its_clocks_until_2022(self):
        for served, expected in [
            # the Persian year 1400 began with summer time: its 2nd day at 1 o'clock
            ("1399-12-21", datetime(2021, 3, 21, 20, 30)),
            ("1400-01-15", datetime(2021, 4, 14, 19, 30)),
            ("1402-01-15", datetime(2023, 4, 14, 20, 30)),
            ("1405-05-15", datetime(2026, 8, 16, 20, 30)),
        ]:
            due = compute(Limit(Span(10, "day")), persian(served), TEHRAN)
            self.assertEqual(due.instant, expected)
        self.assertEqual(wall("Asia/Tehran", datetime(2021, 3, 21, 20, 30)).hour, 1)

    def test_days_on_which_the_clocks_are_changed_have_23_or_25_hours(self):
        for zone, short, long in [
            ("Europe/Berlin", "2026-03-29", "2026-10-25"),
            ("Europe/London", "2026-03-29", "2026-10-25"),
            ("America/New_York", "2026-03-08", "2026-11-01"),
        ]:
            for changed, hours in [(day(short), 23), (day(long), 25)]:
                before, limit = changed - timedelta(1), Limit(Span(1, "day"))
                due = compute(limit, before, Calendar(zone))
                length = due.instant - instant_of(changed, zone)
                self.assertEqual(length, timedelta(hours=hours))
                exact = compute(Limit(Span(24, "hour")), changed, Calendar(zone))
                self.assertEqual(
                    exact.instant, instant_of(changed, zone) + timedelta(1)
                )

    def test_leap_years(self):
        for start, unit, quantity, expected in [
            ("2028-02-28", "day", 1, "2028-02-29"),
            ("2027-02-28", "day", 1, "2027-03-01"),
            ("2028-01-31", "month", 1, "2028-02-29"),
            ("2028-02-29", "month", 12, "2029-02-28"),
            ("2028-02-29", "month", 48, "2032-02-29"),
            ("2100-01-30", "month", 1, "2100-02-28"),
            ("2000-01-30", "month", 1, "2000-02-29"),
            ("2028-01-30", "month30", 1, "2028-02-29"),
        ]:
            due = compute(Limit(Span(quantity, unit)), day(start), BERLIN)
            self.assertEqual(due.day, day(expected))
        # 1403 was one in the Persian calendar, 1404 was not
        for start, expected in [
            ("1403-12-25", "1404-01-05"),
            ("1404-12-25", "1405-01-06"),
        ]:
            due = compute(Limit(Span(10, "day")), persian(start), TEHRAN)
            self.assertEqual(due.day, persian(expected))


class TestCalendar(BaseCase):
    def test_weekend_in_iran_is_thursday_and_friday(self):
        calendar = make_calendar("Asia/Tehran", SATURDAY_TO_WEDNESDAY)
        week = days_between(day("2026-06-06"), day("2026-06-12"))  # from Saturday
        self.assertEqual([*map(calendar.is_working, week)], [True] * 5 + [False] * 2)

    def test_an_instant_is_of_the_day_that_it_has_there(self):
        late = datetime(2026, 6, 5, 21, 0)  # Friday; in Tehran, Saturday has begun
        self.assertTrue(TEHRAN.is_working(late))
        self.assertFalse(TEHRAN.is_working(late.date()))

    def test_only_a_leave_of_all_working_hours_makes_a_holiday(self):
        zone, friday = "Europe/Berlin", day("2026-03-06")
        for first, last, working in [
            ((8, 30), (17, 15), False),
            ((0, 0), (23, 59), False),
            ((8, 30), (12, 0), True),
            ((13, 0), (17, 15), True),
            ((9, 0), (17, 15), True),
            ((8, 30), (17, 0), True),
        ]:
            absent = utc(zone, 2026, 3, 6, *first), utc(zone, 2026, 3, 6, *last)
            calendar = Calendar(zone, office_hours(range(5)), [absent])
            self.assertEqual(calendar.is_working(friday), working, absent)

    def test_two_leaves_may_cover_a_day_together(self):
        zone = "Europe/Berlin"
        leaves = [
            (utc(zone, 2026, 3, 6, 12, 30), utc(zone, 2026, 3, 6, 20)),
            (utc(zone, 2026, 3, 5, 18), utc(zone, 2026, 3, 6, 12)),
        ]
        calendar = Calendar(zone, office_hours(range(5)), leaves)
        self.assertFalse(calendar.is_working(day("2026-03-06")))
        self.assertTrue(calendar.is_working(day("2026-03-05")))

    def test_who_works_around_the_clock_has_holidays_too(self):
        """Odoo's leaves end a second before midnight, its working time at midnight."""
        zone = "Asia/Tehran"
        hours = [(False, weekday, 0, 24) for weekday in range(7)]
        today = day("2026-03-06")
        for last in (today, today + timedelta(2)):
            calendar = Calendar(zone, hours, [leave(zone, today, last)])
            for off in days_between(today, last):
                self.assertFalse(calendar.is_working(off))
            self.assertTrue(calendar.is_working(last + timedelta(1)))
            self.assertTrue(calendar.is_working(today - timedelta(1)))

    def test_the_first_and_the_last_day_of_all_are_days(self):
        always = [(datetime.min, datetime.max)]
        hours = [(None, weekday, 0, 24) for weekday in range(7)]
        for zone in ("Asia/Tehran", "America/New_York"):
            calendar = Calendar(zone, hours, always)
            self.assertFalse(calendar.is_working(day("2026-03-06")))
            self.assertIn(True, map(calendar.is_working, (date.min, date.max)))

    def test_a_holiday_longer_than_a_weekend_is_rolled_over(self):
        limit, start = Limit(Span(10, "day"), roll="next"), persian("1404-12-22")
        due = compute(limit, start, TEHRAN)  # to 3 Farvardin, amid Nowruz
        self.assertEqual(due.day, persian("1405-01-05"))
        before = Limit(Span(10, "day"), roll="previous")
        # 29 Esfand is a Friday, 28 a Thursday
        self.assertEqual(compute(before, start, TEHRAN).day, persian("1404-12-27"))

    def test_of_two_weeks_each_has_its_own_days(self):
        attendances = office_hours([0], 0) + office_hours([1, 2], 1)
        calendar = Calendar("Europe/Berlin", attendances)
        fortnight = days_between(day("2026-03-02"), day("2026-03-15"))
        working = [today for today in fortnight if calendar.is_working(today)]
        weekdays = [today.weekday() for today in working]
        self.assertIn(weekdays, [[0, 1, 2], [1, 2, 0]])
        due = compute(Limit(Span(300, "working_day")), day("2026-03-01"), calendar)
        self.assertTrue(1397 - 14 <= (due.day - day("2026-03-01")).days <= 1400)


@tagged("-at_install", "post_install")
class TestCalendarOfOdoo(TransactionCase):
    """The clock takes the same days for working days as Odoo does."""

    def test_two_weeks_with_leaves(self):
        zone = "Asia/Tehran"
        attendances = office_hours([5, 6, 0], 0) + office_hours([1, 2, 6], 1)
        calendar = self.env["resource.calendar"].create(
            {
                "name": "Two weeks",
                "tz": zone,
                "two_weeks_calendar": True,
                "attendance_ids": [(5, 0, 0)]
                + [
                    (
                        0,
                        0,
                        {
                            "name": "Office",
                            "week_type": str(week_type),
                            "dayofweek": str(weekday),
                            "hour_from": hour_from,
                            "hour_to": hour_to,
                        },
                    )
                    for week_type, weekday, hour_from, hour_to in attendances
                ],
            }
        )
        leaves = [
            leave(zone, persian("1405-01-01"), persian("1405-01-04")),
            (utc(zone, 2026, 4, 5, 0), utc(zone, 2026, 4, 5, 10)),
        ]
        self.env["resource.calendar.leaves"].create(
            [
                {"calendar_id": calendar.id, "date_from": start, "date_to": end}
                for start, end in leaves
            ]
        )
        ours = Calendar(zone, attendances, leaves)
        worked = calendar._work_intervals_batch(
            datetime(2026, 2, 1, tzinfo=ZoneInfo(zone)),
            datetime(2026, 6, 30, tzinfo=ZoneInfo(zone)),
        )[False]
        theirs = {start.date() for start, _end, _attendance in worked}
        for today in days_between(day("2026-02-01"), day("2026-06-29")):
            self.assertEqual(ours.is_working(today), today in theirs, today)
