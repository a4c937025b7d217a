# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What holds for every time limit, and the known dates that it must give."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...core.clock import Calendar, Limit, Span, combine, compute, instant_of
from .clock_common import (
    BERLIN,
    LONDON,
    NEW_YORK,
    TEHRAN,
    day,
    days_between,
    make_calendar,
    persian,
    utc,
    wall,
)
from .clock_strategies import (
    DAY_UNITS,
    DAYS_IN,
    EVEN_UNITS,
    calendars,
    cases,
    codes,
    later,
    pauses,
    spans,
    starts,
    zones,
)


class TestVectors(BaseCase):
    """The eight of nine known results that the clock alone can show.

    The ninth, a rule changed while its deadline runs, is one of versions: a deadline
    keeps that under which it started.
    """

    def test_a_appeal_with_both_end_days_excluded(self):
        limit = Limit(Span(20, "day"), exclude_action=True)
        due = compute(limit, persian("1405-01-15"), TEHRAN)
        self.assertEqual(due.day, persian("1405-02-05"))

    def test_b_8_weeks(self):
        due = compute(Limit(Span(8, "week")), day("2026-03-02"), LONDON)
        self.assertEqual(due.day, day("2026-04-27"))

    def test_c_15_business_days_with_holidays_between(self):
        due = compute(Limit(Span(15, "working_day")), day("2026-03-23"), BERLIN)
        self.assertEqual(due.day, day("2026-04-15"))
        holidays = next(step for step in due.steps if step.code == "holidays")
        self.assertEqual(
            holidays.values,
            {"quantity": 2, "first": day("2026-04-03"), "last": day("2026-04-06")},
        )

    def test_d_90_days_from_the_complete_file_with_14_suspended(self):
        limit, complete = Limit(Span(90, "day")), day("2026-03-02")
        suspension = (day("2026-04-10"), day("2026-04-24"))
        plain = compute(limit, complete, BERLIN)
        due = compute(limit, complete, BERLIN, suspensions=[suspension])
        self.assertEqual(plain.day, day("2026-05-31"))
        self.assertEqual(due.day, day("2026-06-14"))
        self.assertEqual(
            [step.values for step in due.steps if step.code == "suspended"],
            [
                {
                    "since": day("2026-04-10"),
                    "until": day("2026-04-24"),
                    "days": 14,
                    "reached": day("2026-06-14"),
                }
            ],
        )

    def test_e_earliest_of_two_billing_cycles_and_90_days(self):
        start = day("2026-03-02")
        cycles = compute(Limit(Span(0, "day")), day("2026-05-05"), NEW_YORK)
        at_most = compute(Limit(Span(90, "day")), start, NEW_YORK)
        due = combine("earliest", [at_most, cycles])
        self.assertEqual(due.day, day("2026-05-05"))
        self.assertEqual(due.steps[-1].code, "earliest")
        self.assertEqual(due.steps[-1].values["number"], 2)
        self.assertEqual(codes(due).count("candidate"), 2)
        self.assertEqual(combine("latest", [at_most, cycles]).day, at_most.day)

    def test_f_20_business_days_then_10_more_on_day_18(self):
        start, limit = day("2026-03-02"), Limit(Span(20, "working_day"))
        extension = [Span(10, "working_day")]
        due = compute(limit, start, BERLIN, extensions=extension)
        self.assertEqual(due.day, day("2026-04-15"))
        self.assertEqual(
            due.day, compute(Limit(Span(30, "working_day")), start, BERLIN).day
        )

    def test_g_end_of_the_month(self):
        for months, expected in [
            (1, "2026-02-28"),
            (2, "2026-03-31"),
            (3, "2026-04-30"),
            (25, "2028-02-29"),
        ]:
            due = compute(Limit(Span(months, "month")), day("2026-01-31"), BERLIN)
            self.assertEqual(due.day, day(expected))

    def test_h_24_o_clock_where_the_authority_is(self):
        limit, served = Limit(Span(10, "day")), datetime(2026, 6, 1, 21, 0)
        for calendar, expected in [
            (TEHRAN, datetime(2026, 6, 12, 20, 30)),  # there it is 2 June already
            (BERLIN, datetime(2026, 6, 11, 22, 0)),
            (NEW_YORK, datetime(2026, 6, 12, 4, 0)),
        ]:
            due = compute(limit, served, calendar)
            self.assertEqual(due.instant, expected)
            self.assertEqual(wall(calendar.zone, due.instant).hour, 0)
            self.assertEqual(due.steps[-1].values["zone"], calendar.zone)


class TestCounting(BaseCase):
    @given(cases(suspended=False), later)
    def test_who_starts_later_is_not_due_earlier(self, case, delay):
        (limit, start, calendar), kwargs = case
        due = compute(limit, start, calendar, **kwargs)
        delayed = compute(limit, start + delay, calendar, **kwargs)
        self.assertLessEqual(due.instant, delayed.instant)
        self.assertLessEqual(due.day, delayed.day)

    @given(cases(["day", "week", "month30", "working_day"]), later)
    def test_nor_where_the_clock_was_suspended(self, case, delay):
        """But for months: they have no fixed length that suspended days could move."""
        (limit, start, calendar), kwargs = case
        due = compute(limit, start, calendar, **kwargs)
        delayed = compute(limit, start + delay, calendar, **kwargs)
        self.assertLessEqual(due.instant, delayed.instant)

    @given(cases(abroad=st.none() | spans()), st.booleans())
    def test_nobody_is_late_before_the_start(self, case, abroad):
        (limit, start, calendar), kwargs = case
        due = compute(limit, start, calendar, abroad=abroad, **kwargs)
        self.assertGreaterEqual(due.instant, start)

    @given(st.integers(0, 300), st.sampled_from(EVEN_UNITS), starts, zones)
    def test_days_weeks_and_30_day_months_are_so_many_days(
        self, quantity, unit, start, zone
    ):
        due = compute(Limit(Span(quantity, unit)), start, Calendar(zone))
        first = wall(zone, start).date()
        self.assertEqual((due.day - first).days, quantity * DAYS_IN[unit])

    @given(st.integers(0, 1000), starts, zones)
    def test_a_month_keeps_the_number_of_the_day_or_ends_earlier(
        self, months, start, zone
    ):
        due = compute(Limit(Span(months, "month")), start, Calendar(zone))
        first = wall(zone, start).date()
        gone = (due.day.year - first.year) * 12 + due.day.month - first.month
        self.assertEqual(gone, months)
        if due.day.day != first.day:
            self.assertLess(due.day.day, first.day)
            self.assertEqual((due.day + timedelta(1)).day, 1)

    @given(st.integers(0, 5000), starts, zones)
    def test_hours_are_exact(self, hours, start, zone):
        due = compute(Limit(Span(hours, "hour"), roll="next"), start, Calendar(zone))
        self.assertEqual(due.instant - start, timedelta(hours=hours))
        self.assertIn("hours_exact", codes(due))

    @given(starts, calendars(), st.integers(0, 60), st.booleans(), st.data())
    def test_working_days_agree_with_a_naive_counter(
        self, start, calendar, quantity, exclude_start, data
    ):
        suspensions = data.draw(pauses(start))
        limit = Limit(Span(quantity, "working_day"), exclude_start)
        due = compute(limit, start, calendar, suspensions=suspensions)
        still = set()
        for since, until in suspensions:
            if until > start:
                first = wall(calendar.zone, max(since, start)).date()
                end = wall(calendar.zone, until).date()
                still |= {*days_between(first, end)} - {end}
        today = wall(calendar.zone, start).date()
        while today in still:
            today += timedelta(1)
        if exclude_start or not quantity:
            left = quantity
        else:
            left = quantity - calendar.is_working(today)
        while left:
            today += timedelta(1)
            left -= calendar.is_working(today) and today not in still
        if quantity:
            while today in still or not (exclude_start or calendar.is_working(today)):
                today += timedelta(1)
        self.assertEqual(due.day, today)

    @given(cases(DAY_UNITS))
    def test_a_due_is_the_end_of_a_local_day(self, case):
        (limit, start, calendar), kwargs = case
        due = compute(limit, start, calendar, **kwargs)
        before = wall(calendar.zone, due.instant - timedelta(microseconds=1))
        after = wall(calendar.zone, due.instant)
        self.assertLessEqual(before.date(), due.day)
        self.assertGreater(after.date(), due.day)
        midnight = datetime.combine(after.date(), datetime.min.time())
        if wall(calendar.zone, utc(calendar.zone, *midnight.timetuple()[:6])) == (
            midnight
        ):
            self.assertEqual(after, midnight)

    @given(cases(DAY_UNITS, rolls=["next", "previous"]))
    def test_a_rolled_due_is_a_working_day(self, case):
        (limit, start, calendar), kwargs = case
        due = compute(limit, start, calendar, **kwargs)
        if "not_rolled" not in codes(due):
            self.assertTrue(calendar.is_working(due.day))

    @given(cases(DAY_UNITS, rolls=["none"]), st.sampled_from(["next", "previous"]))
    def test_rolling_goes_to_the_nearest_working_day(self, case, roll):
        (limit, start, calendar), kwargs = case
        kwargs["suspensions"] = ()
        last = compute(limit, start, calendar, **kwargs).day
        rolled = Limit(limit.span, limit.exclude_start, limit.exclude_action, roll)
        due = compute(rolled, start, calendar, **kwargs)
        skipped = days_between(*sorted([last, due.day]))
        skipped.remove(due.day)
        self.assertFalse(any(map(calendar.is_working, skipped)))
        self.assertEqual(due.day >= last if roll == "next" else due.day <= last, True)

    @given(cases(EVEN_UNITS, rolls=["none"]))
    def test_the_day_of_acting_is_one_more_day(self, case):
        (limit, start, calendar), kwargs = case
        kwargs["suspensions"] = ()
        granted, plain = (
            compute(
                Limit(limit.span, limit.exclude_start, excluded),
                start,
                calendar,
                **kwargs,
            )
            for excluded in (True, False)
        )
        self.assertEqual(granted.day - plain.day, timedelta(1))

    @given(spans(DAY_UNITS), starts, calendars())
    def test_including_the_first_day_takes_at_most_what_excluding_it_does(
        self, span, start, calendar
    ):
        included = compute(Limit(span, exclude_start=False), start, calendar)
        excluded = compute(Limit(span), start, calendar)
        self.assertLessEqual(included.day, excluded.day)
        if span.quantity and span.unit != "working_day":
            self.assertEqual(excluded.day - included.day, timedelta(1))

    @given(starts, zones, spans())
    def test_a_date_stands_for_its_day(self, start, zone, span):
        today, calendar = wall(zone, start).date(), make_calendar(zone)
        limit = Limit(span)
        by_date = compute(limit, today, calendar)
        first = compute(limit, instant_of(today, zone), calendar)
        self.assertEqual(by_date, first)
        if span.unit != "hour":
            self.assertEqual(by_date.day, compute(limit, start, calendar).day)

    def test_who_resides_abroad_has_another_limit_or_the_same(self):
        limit = Limit(Span(20, "day"), abroad=Span(2, "month30"))
        start = persian("1405-07-01")
        self.assertEqual(compute(limit, start, TEHRAN).day, persian("1405-07-21"))
        due = compute(limit, start, TEHRAN, abroad=True)
        self.assertEqual(due.day, persian("1405-09-01"))
        self.assertEqual(due.steps[1].values, {"quantity": 2, "unit": "month30"})
        same = Limit(Span(20, "day"))
        self.assertEqual(
            compute(same, start, TEHRAN, abroad=True), compute(same, start, TEHRAN)
        )


class TestExtensions(BaseCase):
    @given(cases(cap=st.none() | spans()), spans())
    def test_an_extension_never_shortens(self, case, extension):
        arguments, kwargs = case
        due = compute(*arguments, **kwargs)
        kwargs["extensions"] = [*kwargs["extensions"], extension]
        extended = compute(*arguments, **kwargs)
        self.assertGreaterEqual(extended.instant, due.instant)
        self.assertGreaterEqual(extended.day, due.day)

    @given(cases(DAY_UNITS, rolls=["none"]), spans(DAY_UNITS))
    def test_extensions_stop_at_the_cap_and_not_before_the_limit(self, case, cap):
        (limit, start, calendar), kwargs = case
        capped = Limit(limit.span, limit.exclude_start, cap=cap)
        free = Limit(limit.span, limit.exclude_start)
        due = compute(capped, start, calendar, **kwargs)
        uncapped = compute(free, start, calendar, **kwargs)
        kwargs["extensions"] = ()
        plain = compute(free, start, calendar, **kwargs)
        furthest = compute(Limit(cap, limit.exclude_start), start, calendar, **kwargs)
        self.assertEqual(due.day, max(plain.day, min(uncapped.day, furthest.day)))
        self.assertEqual("capped" in codes(due), due.day < uncapped.day)

    @given(spans(), spans(), starts, calendars(), st.booleans())
    def test_equal_units_add_up(self, span, extension, start, calendar, exclude_start):
        extension = Span(extension.quantity, span.unit)
        total = Span(span.quantity + extension.quantity, span.unit)
        due = compute(
            Limit(span, exclude_start), start, calendar, extensions=[extension]
        )
        whole = compute(Limit(total, exclude_start), start, calendar)
        self.assertEqual(due.instant, whole.instant)
        self.assertEqual(due.steps[2].values["total"], total.quantity)

    def test_other_units_count_from_where_the_limit_ended(self):
        start = day("2026-01-30")
        due = compute(
            Limit(Span(1, "month")), start, BERLIN, extensions=[Span(3, "day")]
        )
        self.assertEqual(due.day, day("2026-03-03"))
        self.assertEqual(codes(due)[2], "extended_after")

    def test_hours_extended_by_days_end_with_a_day(self):
        start = utc("Europe/Berlin", 2026, 3, 2, 10)
        limit = Limit(Span(24, "hour"))
        due = compute(limit, start, BERLIN, extensions=[Span(2, "day")])
        self.assertEqual(due.instant, utc("Europe/Berlin", 2026, 3, 6))

    def test_days_extended_by_hours_end_with_a_day(self):
        limit = Limit(Span(2, "day"))
        extensions = [Span(10, "hour")]
        due = compute(limit, day("2026-03-02"), BERLIN, extensions=extensions)
        self.assertEqual(due.day, day("2026-03-05"))
        self.assertEqual(due.instant, utc("Europe/Berlin", 2026, 3, 6))
        self.assertEqual(codes(due)[2:-1], ["extended_after", "whole_day"])

    def test_a_cap_in_hours_leaves_a_limit_in_days_one_in_days(self):
        limit = Limit(Span(1, "day"), cap=Span(60, "hour"))
        extensions = [Span(9, "day")]
        due = compute(limit, day("2026-03-02"), BERLIN, extensions=extensions)
        self.assertEqual(due.instant, utc("Europe/Berlin", 2026, 3, 5))
