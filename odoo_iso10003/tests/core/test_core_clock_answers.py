# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the clock answers: limits combined, the reasons told, and refusals."""

from datetime import date, datetime, timedelta
from itertools import permutations

from hypothesis import assume, given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...core import clock
from ...core.clock import (
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
    NEW_YORK,
    TEHRAN,
    day,
    make_calendar,
    office_hours,
)
from .clock_strategies import (
    DAYS_IN,
    EVEN_UNITS,
    calendars,
    cases,
    codes,
    limits,
    pauses,
    spans,
    starts,
)


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
