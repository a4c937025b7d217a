# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What holds where a clock was stopped, and where another one goes on."""

from datetime import date, datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...core.clock import Calendar, Limit, Span, balance, compute, day_of
from .clock_common import BERLIN, TEHRAN, day, persian
from .clock_strategies import (
    DAY_UNITS,
    DAYS_IN,
    EVEN_UNITS,
    cases,
    codes,
    later,
    limits,
    spans,
    starts,
    zones,
)


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
