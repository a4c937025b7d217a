# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What holds for every time limit, and the known dates that it must give."""

from datetime import date, datetime, timedelta
from itertools import permutations

from hypothesis import assume, given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..core import clock
from ..core.clock import (
    UNITS,
    Calendar,
    ClockError,
    Due,
    Limit,
    Span,
    balance,
    combine,
    compute,
    day_of,
    instant_of,
)
from .clock_common import (
    BERLIN,
    EASTER,
    LONDON,
    NEW_YORK,
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

DAY_UNITS = [unit for unit in UNITS if unit != "hour"]
EVEN_UNITS = ["day", "week", "month30"]  # of the same length wherever they begin
DAYS_IN = {"day": 1, "week": 7, "month30": 30}

zones = st.sampled_from(ZONES)
starts = st.datetimes(datetime(2005, 1, 1), datetime(2045, 12, 31))
later = st.integers(0, 40 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


@st.composite
def calendars(draw):
    """Working weeks of every kind, with holidays between 2005 and 2045."""
    zone = draw(zones)
    attendances = office_hours(draw(st.sets(st.integers(0, 6), min_size=1)))
    if draw(st.booleans()):
        attendances = office_hours(range(5), 0) + office_hours([0, 5], 1)
    leaves = []
    for first in draw(st.lists(st.dates(date(2005, 1, 1), date(2045, 12, 1)))):
        leaves.append(leave(zone, first, first + timedelta(draw(st.integers(0, 12)))))
    return Calendar(zone, attendances, leaves)


def spans(units=UNITS, most=100):
    return st.builds(Span, st.integers(0, most), st.sampled_from(units))


def limits(units=UNITS, rolls=clock.ROLLS, **kwargs):
    return st.builds(
        Limit,
        spans(units),
        exclude_start=st.booleans(),
        exclude_action=st.booleans(),
        roll=st.sampled_from(rolls),
        **kwargs,
    )


@st.composite
def pauses(draw, start, most=4):
    """Suspensions around a start, some before it, some overlapping."""
    result = []
    for _number in range(draw(st.integers(0, most))):
        since = start + timedelta(minutes=draw(st.integers(-20_000, 150_000)))
        result.append((since, since + draw(later)))
    return result


@st.composite
def cases(draw, units=UNITS, suspended=True, **kwargs):
    """Return what ``compute`` takes, as positional and keyword arguments."""
    start = draw(starts)
    positional = draw(limits(units, **kwargs)), start, draw(calendars())
    suspensions = draw(pauses(start)) if suspended else ()
    extensions = draw(st.lists(spans(units, 40), max_size=3))
    return positional, {"extensions": extensions, "suspensions": suspensions}


def codes(due):
    return [step.code for step in due.steps]


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


class TestSuspensions(BaseCase):
    @given(
        limits(["day", "week", "month", "month30"], rolls=["none"]),
        starts,
        zones,
        st.floats(0, 1),
        later,
    )
    def test_a_suspension_shifts_by_exactly_its_length(
        self, limit, start, zone, part, length
    ):
        calendar = Calendar(zone)
        plain = compute(limit, start, calendar)
        since = start + (plain.instant - timedelta(seconds=1) - start) * part
        assume(start <= since < plain.instant)
        suspension = since, since + length
        due = compute(limit, start, calendar, suspensions=[suspension])
        days = day_of(suspension[1], zone) - day_of(since, zone)
        self.assertEqual(due.day - plain.day, days)

    @given(st.integers(1, 500), starts, zones, st.floats(0, 0.99), later)
    def test_a_clock_of_hours_stands_still_to_the_second(
        self, hours, start, zone, part, length
    ):
        limit, calendar = Limit(Span(hours, "hour")), Calendar(zone)
        since = start + timedelta(hours=hours) * part
        due = compute(limit, start, calendar, suspensions=[(since, since + length)])
        self.assertEqual(due.instant - start, timedelta(hours=hours) + length)

    @given(cases(), st.data())
    def test_splitting_a_suspension_changes_nothing(self, case, data):
        arguments, kwargs = case
        whole = compute(*arguments, **kwargs)
        pieces = []
        for since, until in kwargs["suspensions"]:
            cut = since + (until - since) * data.draw(st.floats(0, 1))
            pieces += [(since, cut), (cut, until)]
        kwargs["suspensions"] = pieces
        self.assertEqual(compute(*arguments, **kwargs), whole)

    @given(cases(), st.randoms(use_true_random=False))
    def test_the_order_of_suspensions_does_not_matter(self, case, random):
        arguments, kwargs = case
        due = compute(*arguments, **kwargs)
        shuffled = kwargs["suspensions"] * 2  # nor does naming one twice
        random.shuffle(shuffled)
        kwargs["suspensions"] = shuffled
        self.assertEqual(compute(*arguments, **kwargs), due)

    @given(cases(cap=st.none() | spans()))
    def test_a_suspension_never_shortens(self, case):
        arguments, kwargs = case
        due = compute(*arguments, **kwargs)
        kwargs["suspensions"] = kwargs["suspensions"][1:]
        self.assertGreaterEqual(due.instant, compute(*arguments, **kwargs).instant)

    @given(cases(DAY_UNITS))
    def test_no_limit_ends_while_its_clock_stands_still(self, case):
        (limit, start, calendar), kwargs = case
        due = compute(limit, start, calendar, **kwargs)
        for since, until in kwargs["suspensions"]:
            first, end = day_of(max(since, start), calendar.zone), until
            self.assertFalse(first <= due.day < day_of(end, calendar.zone))

    @given(cases(cap=st.none() | spans()), later)
    def test_an_open_suspension_holds_what_was_not_due_before(self, case, after):
        (limit, start, calendar), kwargs = case
        plain = compute(limit, start, calendar, **kwargs)
        since = start + after
        kwargs["suspensions"] = [*kwargs["suspensions"], (since, None)]
        held = compute(limit, start, calendar, **kwargs)
        if held.instant is None:
            self.assertIsNone(held.day)
            self.assertEqual(codes(held)[-1], "suspended_open")
            self.assertLess(held.steps[-1].values["since"], date.max)
        else:
            self.assertEqual(held, plain)
            self.assertLessEqual(held.instant, since)
        if since < plain.instant and since > start:
            self.assertIsNone(held.instant)

    def test_what_begins_on_the_day_of_acting_still_counts(self):
        limit = Limit(Span(20, "day"), exclude_action=True)
        start, last = persian("1405-01-15"), persian("1405-02-05")
        for since, expected in [
            (last, persian("1405-02-08")),
            (last + timedelta(1), last),
        ]:
            suspensions = [(since, since + timedelta(3))]
            due = compute(limit, start, TEHRAN, suspensions=suspensions)
            self.assertEqual(due.day, expected)

    def test_what_begins_before_the_day_rolled_to_moves_it(self):
        limit = Limit(Span(5, "day"), roll="next")  # ends on Saturday, 7 March
        sunday, next_sunday = day("2026-03-08"), day("2026-03-15")
        suspensions = [(sunday, next_sunday)]
        due = compute(limit, day("2026-03-02"), BERLIN, suspensions=suspensions)
        self.assertEqual(due.day, day("2026-03-16"))
        self.assertEqual(codes(due)[2:-1], ["rolled_next", "suspended"])
        held = compute(limit, day("2026-03-02"), BERLIN, suspensions=[(sunday, None)])
        self.assertIsNone(held.instant)

    def test_what_begins_on_the_day_rolled_to_moves_it(self):
        limit = Limit(Span(5, "day"), roll="next")
        monday = day("2026-03-09")
        suspensions = [(monday, monday + timedelta(2))]
        due = compute(limit, day("2026-03-02"), BERLIN, suspensions=suspensions)
        self.assertEqual(due.day, day("2026-03-11"))

    def test_nothing_rolls_back_into_a_suspension_or_before_the_start(self):
        limit = Limit(Span(4, "day"), roll="previous")
        monday, friday, sunday = map(day, ("2026-03-02", "2026-03-06", "2026-03-08"))
        due = compute(limit, monday, BERLIN, suspensions=[(friday, sunday)])
        self.assertEqual(due.day, sunday)
        self.assertIn("not_rolled", codes(due))
        at_once = Limit(Span(0, "day"), roll="previous")
        self.assertEqual(compute(at_once, sunday, BERLIN).day, sunday)


class TestBalance(BaseCase):
    @given(cases(cap=st.none() | spans()), st.floats(-0.1, 1.1))
    def test_what_goes_on_at_once_ends_as_if_it_had_not_been_stopped(self, case, part):
        (limit, start, calendar), kwargs = case
        assume(not limit.exclude_action or limit.span.unit == "hour")
        due = compute(limit, start, calendar, **kwargs)
        stopped = start + (due.instant - start) * part
        left = balance(limit, start, calendar, stopped, **kwargs)
        before = [
            (since, min(until, stopped))
            for since, until in kwargs["suspensions"]
            if since < stopped
        ]
        due = compute(limit, start, calendar, **(kwargs | {"suspensions": before}))
        if stopped >= due.instant:
            self.assertIsNone(left)
            return
        resumed = max(start, stopped)
        again = compute(limit, resumed, calendar, balance=left)
        self.assertIn("balance", codes(again))
        if left.unit == "hour":
            begun = again.instant - due.instant
            self.assertTrue(timedelta() <= begun < timedelta(hours=1))
        else:
            self.assertEqual(again.instant, due.instant)

    @given(spans(EVEN_UNITS), starts, zones, st.integers(0, 3000))
    def test_what_is_left_and_what_was_used_are_the_whole(
        self, span, start, zone, used
    ):
        whole = span.quantity * DAYS_IN[span.unit]
        stopped = day_of(start, zone) + timedelta(used)
        left = balance(Limit(span), day_of(start, zone), Calendar(zone), stopped)
        expected = Span(whole - used, "day") if used <= whole else None
        self.assertEqual(left, expected)

    @given(spans([*EVEN_UNITS, "month"]), starts, zones, later, later)
    def test_stopping_and_going_on_is_suspending(
        self, span, start, zone, before, between
    ):
        limit, calendar = Limit(span), Calendar(zone)
        stopped, resumed = start + before, start + before + between
        left = balance(limit, start, calendar, stopped)
        assume(left)
        self.assertEqual(
            compute(limit, resumed, calendar, balance=left).day,
            compute(limit, start, calendar, suspensions=[(stopped, resumed)]).day,
        )

    def test_a_clock_that_stands_still_keeps_what_it_had(self):
        limit, start = Limit(Span(30, "day")), day("2026-03-02")
        suspensions = [(day("2026-03-12"), None)]
        for stopped in ("2026-03-12", "2026-03-20", "2027-01-01"):
            left = balance(limit, start, BERLIN, day(stopped), suspensions=suspensions)
            self.assertEqual(left, Span(20, "day"))

    def test_who_is_stopped_while_the_limit_rolls_may_act_until_it_has(self):
        limit = Limit(Span(5, "day"), roll="next")  # to Monday, 9 March
        start, sunday = day("2026-03-02"), day("2026-03-08")
        left = balance(limit, start, BERLIN, sunday)
        self.assertEqual(left, Span(0, "day"))
        again = compute(limit, sunday, BERLIN, balance=left)
        self.assertEqual(again.day, day("2026-03-09"))

    def test_an_hour_begun_is_left_whole(self):
        start = datetime(2026, 3, 2, 10)
        limit = Limit(Span(24, "hour"))
        for minutes, hours in [(0, 24), (1, 24), (60, 23), (1439, 1)]:
            stopped = start + timedelta(minutes=minutes)
            self.assertEqual(
                balance(limit, start, BERLIN, stopped), Span(hours, "hour")
            )
        self.assertIsNone(balance(limit, start, BERLIN, start + timedelta(hours=24)))

    def test_working_days_are_left_as_such(self):
        limit = Limit(Span(20, "working_day"))
        thursday = day("2026-04-02")  # before Easter
        left = balance(limit, day("2026-03-23"), BERLIN, thursday)
        self.assertEqual(left, Span(12, "working_day"))


@st.composite
def some_dues(draw):
    start = draw(starts)
    suspensions = draw(pauses(start, 1))
    if suspensions and draw(st.booleans()):
        suspensions = [(suspensions[0][0], None)]
    calendar = draw(st.sampled_from([BERLIN, TEHRAN, NEW_YORK]))
    return compute(draw(limits()), start, calendar, suspensions=suspensions)


class TestCombining(BaseCase):
    several = st.lists(some_dues(), min_size=1, max_size=4)

    @given(several)
    def test_the_earliest_and_the_latest_are_among_them(self, dues):
        ends = [(due.instant, due.day) for due in dues]
        known = [due.instant for due in dues if due.instant]
        earliest, latest = combine("earliest", dues), combine("latest", dues)
        self.assertIn((earliest.instant, earliest.day), ends)
        self.assertIn((latest.instant, latest.day), ends)
        self.assertEqual(earliest.instant, min(known, default=None))
        self.assertEqual(
            latest.instant, max(known) if len(known) == len(dues) else None
        )

    @given(several, several, st.sampled_from(clock.CHOICES))
    def test_groups_and_order_do_not_matter(self, some, others, which):
        together = combine(which, some + others).instant
        nested = combine(which, [combine(which, some), combine(which, others)])
        self.assertEqual(nested.instant, together)
        for order in permutations((some + others)[:3]):
            again = combine(which, [*order, *(some + others)[3:]])
            self.assertEqual(again.instant, together)

    @given(several, st.sampled_from(clock.CHOICES))
    def test_the_reasons_of_all_are_told(self, dues, which):
        due = combine(which, dues)
        if len(dues) == 1:
            self.assertEqual(due, dues[0])
            return
        self.assertEqual(len(due.steps), sum(len(each.steps) + 1 for each in dues) + 1)
        last = due.steps[-1]
        self.assertEqual(set(last.values), set(clock.STEPS[last.code]))
        suspended = "" if due.instant else "_suspended"
        self.assertEqual(last.code, which + suspended)
        chosen = dues[last.values["number"] - 1]
        self.assertEqual((chosen.instant, chosen.day), (due.instant, due.day))

    def test_nothing_cannot_be_combined(self):
        with self.assertRaises(ClockError) as error:
            combine("earliest", [])
        self.assertEqual(error.exception.code, "nothing_to_combine")
        with self.assertRaises(ClockError) as error:
            combine("best", [Due(None, None, ())])
        self.assertEqual(error.exception.code, "unknown_choice")


class TestExplanation(BaseCase):
    """The steps are enough to count again by hand."""

    @given(cases(cap=st.none() | spans()))
    def test_the_steps_lead_to_the_due(self, case):
        due = compute(*case[0], **case[1])
        reached = [s.values["reached"] for s in due.steps if "reached" in s.values]
        if isinstance(reached[-1], datetime):
            self.assertEqual(reached[-1], due.instant)
            self.assertNotIn("end_of_day", codes(due))
        else:
            self.assertEqual(reached[-1], due.day)
            self.assertEqual(codes(due)[-1], "end_of_day")

    @given(cases(cap=st.none() | spans()), st.booleans())
    def test_values_are_ready_to_be_written(self, case, opened):
        (limit, start, calendar), kwargs = case
        if opened:
            kwargs["suspensions"] = [*kwargs["suspensions"], (start, None)]
        for step in compute(limit, start, calendar, **kwargs).steps:
            self.assertEqual(set(step.values), set(clock.STEPS[step.code]))
            for name, value in step.values.items():
                if name in ("unit", "cap_unit"):
                    self.assertIn(value, UNITS)
                elif name == "zone":
                    self.assertEqual(value, calendar.zone)
                else:
                    self.assertIn(type(value), (int, date, datetime))

    @given(cases(EVEN_UNITS, rolls=["none"], cap=st.none()))
    def test_the_day_can_be_counted_again_from_the_steps(self, case):
        (limit, start, calendar), kwargs = case
        due = compute(limit, start, calendar, **kwargs)
        total = 0
        for step in due.steps:
            values = step.values
            if step.code == "start_counted":
                total -= limit.span.quantity > 0
            elif step.code in ("span", "extended", "extended_after"):
                total += values["quantity"] * DAYS_IN[values["unit"]]
            elif step.code == "suspended":
                total += values["days"]
            elif step.code == "action_not_counted":
                total += 1
        assume(limit.span.quantity or limit.exclude_start)
        first = due.steps[0].values["day"]
        self.assertEqual(due.day, first + timedelta(total))

    def test_everything_at_once(self):
        limit = Limit(
            Span(20, "working_day"),
            exclude_start=False,
            exclude_action=True,
            roll="next",
            abroad=Span(30, "working_day"),
            cap=Span(40, "working_day"),
        )
        calendar = make_calendar("Europe/Berlin", holidays=[*EASTER, day("2026-05-06")])
        due = compute(
            limit,
            day("2026-03-02"),
            calendar,
            abroad=True,
            extensions=[Span(5, "working_day"), Span(1, "day"), Span(2, "month")],
            suspensions=[(day("2026-03-10"), day("2026-03-17"))],
        )
        self.assertEqual(
            codes(due),
            [
                "start_counted",
                "abroad",
                "span",
                "suspended",
                "extended",
                "extended_after",
                "capped",
                "action_not_counted",
                "holidays",
                "rolled_next",
                "end_of_day",
            ],
        )
        # 40 working days from Monday, 2 March, and two at Easter: Tuesday, 28 April;
        # a week suspended: 5 May; the day of acting: the 6th, a holiday
        self.assertEqual(due.day, day("2026-05-07"))


class TestRefusals(BaseCase):
    def assertRefused(self, code, function, *args, **kwargs):
        with self.assertRaises(ClockError) as error:
            function(*args, **kwargs)
        values = error.exception.values
        self.assertEqual(error.exception.code, code)
        self.assertEqual(set(values), set(clock.ERRORS[code]))
        return values

    def test_spans_and_limits(self):
        for quantity in (-1, clock.MOST + 1, 1.5, True, None, "3"):
            values = self.assertRefused("bad_quantity", Span, quantity, "day")
            self.assertEqual(values["quantity"], quantity)
        for unit in ("year", "", None):
            values = self.assertRefused("unknown_unit", Span, 1, unit)
            self.assertEqual(values["unit"], unit)
        self.assertRefused("unknown_roll", Limit, Span(1, "day"), roll="up")

    def test_zones(self):
        for zone in (None, False, "", "?", "Europe", "../etc/passwd", "Asia/Tehran\0"):
            values = self.assertRefused("unknown_zone", Calendar, zone)
            self.assertEqual(values, {"zone": zone})
            self.assertRefused("unknown_zone", day_of, datetime(2026, 1, 1), zone)
            self.assertRefused("unknown_zone", instant_of, date(2026, 1, 1), zone)

    def test_attendances(self):
        for week_type, weekday in [("0", 1), (2, 1), (None, 7), (None, "1")]:
            self.assertRefused(
                "bad_attendance", Calendar, "UTC", [(week_type, weekday, 8, 16)]
            )

    def test_instants(self):
        limit = Limit(Span(1, "day"))
        for start in (None, False, "2026-03-02"):
            self.assertRefused("not_a_date", compute, limit, start, BERLIN)
        aware = datetime.fromisoformat("2026-03-02T00:00:00+00:00")
        self.assertRefused("not_utc", compute, limit, aware, BERLIN)
        backwards = [(day("2026-03-10"), day("2026-03-09"))]
        self.assertRefused(
            "suspension_reversed",
            compute,
            limit,
            day("2026-03-02"),
            BERLIN,
            suspensions=backwards,
        )

    def test_calendars_without_working_time(self):
        start = day("2026-03-02")
        always = [(day("2010-01-01"), day("2099-01-01"))]
        never = [(None, weekday, 8, 8) for weekday in range(7)]
        for calendar in (
            Calendar("UTC"),
            Calendar("UTC", never),
            Calendar("UTC", office_hours(range(7)), always),
        ):
            for limit in (
                Limit(Span(1, "working_day")),
                Limit(Span(clock.MOST, "working_day")),
                Limit(Span(1, "day"), roll="next"),
                Limit(Span(1000, "day"), roll="previous"),
            ):
                self.assertRefused("no_working_time", compute, limit, start, calendar)
            self.assertTrue(compute(Limit(Span(1, "month")), start, calendar))

    def test_a_long_limit_or_leave_is_no_reason_to_give_up(self):
        whole_week = Calendar("UTC", office_hours(range(7)))
        sundays = Calendar("UTC", office_hours([6]))
        for calendar, days in [(whole_week, 1000), (sundays, 7000)]:
            due = compute(Limit(Span(1000, "working_day")), day("2026-03-01"), calendar)
            self.assertEqual(due.day - day("2026-03-01"), timedelta(days))
        away = [(day("2026-01-01"), day("2034-01-01"))]
        calendar = Calendar("UTC", office_hours(range(5)), away)
        due = compute(Limit(Span(1, "working_day")), day("2026-03-02"), calendar)
        self.assertEqual(due.day, day("2034-01-02"))

    def test_the_ends_of_time(self):
        for start in (date.max, datetime.max, date(9999, 12, 1)):
            for unit in UNITS:
                limit = Limit(Span(1000, unit), roll="next")
                self.assertRefused("out_of_range", compute, limit, start, BERLIN)
        limit = Limit(Span(1, "day"), roll="previous")
        self.assertRefused("out_of_range", compute, limit, datetime.min, NEW_YORK)
        tuesdays = Calendar("UTC", office_hours([1]))
        today = Limit(Span(0, "day"), roll="previous")
        self.assertRefused("out_of_range", compute, today, date.min, tuesdays)
        due = compute(Limit(Span(30, "day")), date.min, TEHRAN)
        self.assertEqual(due.day, date(1, 1, 31))

    @given(
        limits(cap=st.none() | spans(), abroad=st.none() | spans()),
        st.sampled_from([date.min, datetime.min, date(9999, 11, 1), date.max])
        | st.datetimes()
        | st.dates(),
        calendars(),
        st.lists(spans(most=clock.MOST), max_size=2),
        st.lists(st.tuples(st.datetimes(), st.none() | st.datetimes()), max_size=2),
    )
    def test_there_is_an_answer_or_a_reason(
        self, limit, start, calendar, extensions, suspensions
    ):
        kwargs = {"extensions": extensions, "suspensions": suspensions}
        for ask in (
            lambda: compute(limit, start, calendar, **kwargs),
            lambda: balance(limit, start, calendar, start, **kwargs),
        ):
            try:
                self.assertIsInstance(ask(), (Due, Span, type(None)))
            except ClockError as error:
                self.assertIn(
                    error.code,
                    {"out_of_range", "suspension_reversed", "bad_quantity"},
                )
                self.assertTrue(error.values)
