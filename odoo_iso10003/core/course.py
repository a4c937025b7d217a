# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The course of one limit from its start to its end, counted and explained."""

from datetime import date, datetime, timedelta
from functools import wraps
from typing import NamedTuple

from .limit import Due, Span, Step
from .working_time import (
    HOLIDAY,
    IDLE_DAYS,
    WORKING,
    ClockError,
    add_months,
    day_of,
    day_start,
    instant_of,
    merged,
)

FOREVER = datetime.max
_DAYS_IN = {"day": 1, "week": 7, "month30": 30}
_TICK = timedelta(microseconds=1)


class Suspension(NamedTuple):
    since: datetime
    until: datetime
    first_day: int  # the first local day that does not count, as an ordinal
    next_day: int | None  # the day that counts again; None for an open suspension

    @property
    def days(self):
        return self.next_day - self.first_day


def _within_range(method):
    """Say it as a ClockError when a computation leaves the years 1 to 9999."""

    @wraps(method)
    def wrapped(self, *args, **kwargs):
        try:
            return method(self, *args, **kwargs)
        except OverflowError:
            raise ClockError("out_of_range", value=self.start) from None

    return wrapped


class Course:
    """The course of one clock: counts, and notes its steps.

    A place on it is a day, as an ordinal, for what is counted in days, an instant
    for what is counted in hours, and None behind an open suspension.
    """

    def __init__(self, limit, start, calendar, suspensions, until=FOREVER):
        self.limit = limit
        self.start = start
        self.calendar = calendar
        self.zone = calendar.zone
        self.first_day = self._ordinal(start)
        self.suspensions = self._prepare(suspensions, until) if suspensions else ()
        self.told = 0  # how many suspensions the steps have named
        self.held = False  # whether one of those is open
        self.holidays = []  # among the days counted last
        self.steps = []
        self.exact = False  # whether the limit is one in hours

    def _prepare(self, suspensions, until):
        """Return them sorted, merged, and within the start and ``until``."""
        start = instant_of(self.start, self.zone)
        pairs = []
        for since, end in suspensions:
            since = instant_of(since, self.zone)
            end = FOREVER if end is None else instant_of(end, self.zone)
            if end < since:
                raise ClockError("suspension_reversed", since=since, until=end)
            pairs.append((max(since, start), min(end, until)))
        return tuple(
            Suspension(
                since,
                end,
                self._ordinal(since),
                None if end == FOREVER else self._ordinal(end),
            )
            for since, end in merged(pairs)
        )

    # ------------------------------------------------------------ from start to end

    @_within_range
    def run(self, abroad, extensions, balance=None):
        """Note the steps of counting; return the spans that count in the end."""
        span = balance or (abroad and self.limit.abroad) or self.limit.span
        values = {"quantity": span.quantity, "unit": span.unit}
        self.exact = span.unit == "hour"
        self._note_start()
        if balance:
            self._note("balance", **values)
        elif span is self.limit.abroad:
            self._note("abroad", **values)
        self._tell("span", (span,), **values)
        return self._extended((span,), extensions)

    def _note_start(self):
        if self.exact:
            instant = instant_of(self.start, self.zone)
            self._note("start_instant", instant=instant, zone=self.zone)
        else:
            code = "start_not_counted" if self.limit.exclude_start else "start_counted"
            self._note(code, day=_date(self.first_day), zone=self.zone)

    def _extended(self, spans, extensions):
        cap = self.limit.cap
        furthest = max((spans, (cap,)), key=self._end_of) if cap else None
        for extension in extensions:
            values = {"quantity": extension.quantity, "unit": extension.unit}
            longer, total = _longer(spans, extension)
            if cap and self._end_of(longer) > self._end_of(furthest):
                values |= {"cap_quantity": cap.quantity, "cap_unit": cap.unit}
                self._tell("capped", furthest, **values)
                return furthest
            if total is None:
                self._tell("extended_after", longer, **values)
            else:
                self._tell("extended", longer, **values, total=total)
            spans = longer
        return spans

    @_within_range
    def end(self, spans):
        """Note how the last day comes about, and return the due."""
        place = self._count(spans)[0] if self.exact else self._last_place(spans)
        if self.held:
            return Due(None, None, tuple(self.steps))
        if self.exact and (self.limit.exclude_action or self.limit.roll != "none"):
            self._note("hours_exact")
        instant, day = self._instant(place), _date(self._day(place))
        if not isinstance(place, datetime):
            self._note("end_of_day", day=day, instant=instant, zone=self.zone)
        return Due(instant, day, tuple(self.steps))

    def _last_place(self, spans):
        if self.limit.exclude_action:
            spans = (*spans, Span(1, "day"))
            self._tell("action_not_counted", spans)
        elif spans[-1].unit == "hour":  # by an extension
            spans = (*spans, Span(0, "day"))
            self._tell("whole_day", spans)
        place, _met = self._count(spans)
        if self.holidays and not self.held:
            first, last = _date(self.holidays[0]), _date(self.holidays[-1])
            values = {"quantity": len(self.holidays), "first": first, "last": last}
            self._note("holidays", **values)
        return self._rolled(place)

    def _rolled(self, place):
        """Return the working day to which the limit rolls.

        A suspension that begins before that day comes, moves it.
        """
        direction = {"none": 0, "next": 1, "previous": -1}[self.limit.roll]
        while direction and not self.held:
            last = _date(self._day(place))
            day = self.calendar.nearest_working_day(last, direction)
            if day == last:
                break
            if day.toordinal() < self._earliest_end():
                self._note("not_rolled", last=last)
                break
            self._note(f"rolled_{self.limit.roll}", last=last, reached=day)
            place = self._shifted(day.toordinal())
        return place

    def _earliest_end(self):
        """Return the day before which the limit does not roll back.

        It is that of the start, or of the end of a suspension: who waited for that
        shall not find that the limit has passed meanwhile.
        """
        resumed = self.suspensions[self.told - 1].next_day if self.told else 0
        return max(self.first_day, resumed)

    def _shifted(self, day):
        """Return ``day``, moved by the suspensions still to come that begin by then."""
        for suspension in self.suspensions[self.told :]:
            if suspension.first_day > day or self.held:
                break
            if suspension.next_day is not None:
                day += suspension.days
            self._tell_suspension(suspension, day)
        return day

    @_within_range
    def left(self, spans, stop):
        """Return what is left of ``spans`` at the instant ``stop``."""
        place, _met = self._count(spans)
        stop = max(stop, instant_of(self.start, self.zone))
        if self.exact:
            return Span(-((stop - self._instant(place)) // timedelta(hours=1)), "hour")
        counted = 0 if self.limit.exclude_start else 1
        today = self._ordinal(stop)
        last = max(self._day(place), today)
        if all(span.unit == "working_day" for span in spans):
            kinds = self.calendar.kinds
            days = range(today + 1 - counted, last + 1)
            return Span(sum(kinds[day] == WORKING for day in days), "working_day")
        return Span(last - today + counted, "day")

    # ------------------------------------------------------------ counting

    def _count(self, spans, known=None):
        """Return where ``spans`` end, and how many suspensions they met.

        :param known: how many suspensions to heed; all by default
        """
        suspensions = self.suspensions[:known]
        self.holidays = []
        place, met = self.first_day, 0
        if spans[0].unit == "hour":
            place = instant_of(self.start, self.zone)
        # the first day is one of those to count, unless it is excluded
        back = int(not self.limit.exclude_start and spans[0].quantity > 0)
        for span in spans:
            if span.unit == "hour":
                place = self._instant(place) + timedelta(hours=span.quantity)
                place, met = _after_hours(place, suspensions, met)
            elif span.unit == "working_day":
                place = self._day(place) - back
                place, met = self._work(place, span.quantity, suspensions, met)
            else:
                place = _later(self._day(place), span) - back
                place, met = _after_days(place, suspensions, met)
            if place is None:
                break
            back = 0
        return place, met

    def _work(self, day, quantity, suspensions, met):
        """Return the day on which so many working days after ``day`` are full.

        A clock that is suspended on the day of its start starts when that ends.
        """
        kinds, idle = self.calendar.kinds, 0
        last = date.max.toordinal()
        day, met = _resumed(day, suspensions, met)
        while quantity and day is not None:
            day, met = _resumed(day + 1, suspensions, met)
            if day is None:
                break
            if day > last:
                raise OverflowError
            if kinds[day] == WORKING:
                quantity, idle = quantity - 1, 0
                continue
            if kinds[day] == HOLIDAY:
                self.holidays.append(day)
            idle += 1
            if idle >= IDLE_DAYS:
                raise ClockError("no_working_time", day=_date(self.first_day))
        return day, met

    def _ordinal(self, value):
        return day_of(value, self.zone).toordinal()

    def _day(self, place):
        """Return the last day on which one may act, as an ordinal."""
        return self._ordinal(place - _TICK) if isinstance(place, datetime) else place

    def _instant(self, place):
        """Return the first instant that is too late."""
        if isinstance(place, datetime):
            return place
        return day_start(_date(place + 1), self.zone)

    def _end_of(self, spans):
        place, _met = self._count(spans)
        return FOREVER if place is None else self._instant(place)

    # ------------------------------------------------------------ explaining

    def _note(self, code, **values):
        self.steps.append(Step(code, values))

    def _tell(self, code, spans, **values):
        """Note where ``spans`` end, and then the suspensions that they meet.

        Behind an open suspension there is nothing to tell.
        """
        if self.held:
            return
        place, _met = self._count(spans, self.told)
        self._note(code, **values, reached=_shown(place))
        if self.told == len(self.suspensions):
            return
        _place, met = self._count(spans)
        for number in range(self.told, met):
            place, _met = self._count(spans, number + 1)
            self._tell_suspension(self.suspensions[number], place)

    def _tell_suspension(self, suspension, place):
        self.told += 1
        first_day = _date(suspension.first_day)
        if suspension.next_day is None:
            self.held = True
            self._note("suspended_open", since=first_day)
        elif isinstance(place, datetime):
            since, until = suspension.since, suspension.until
            self._note("suspended_hours", since=since, until=until, reached=place)
        else:
            values = {"until": _date(suspension.next_day), "days": suspension.days}
            self._note("suspended", since=first_day, **values, reached=_shown(place))


def _longer(spans, extension):
    """Return the extended spans, and the total where it adds to one of them."""
    for index, span in enumerate(spans):
        if span.unit == extension.unit:
            total = span.quantity + extension.quantity
            span = Span(total, span.unit)
            return (*spans[:index], span, *spans[index + 1 :]), total
    return (*spans, extension), None


def _after_hours(instant, suspensions, met):
    while met < len(suspensions) and suspensions[met].since < instant:
        suspension = suspensions[met]
        met += 1
        if suspension.next_day is None:
            return None, met
        instant += suspension.until - suspension.since
    return instant, met


def _after_days(day, suspensions, met):
    while met < len(suspensions) and suspensions[met].first_day <= day:
        suspension = suspensions[met]
        met += 1
        if suspension.next_day is None:
            return None, met
        day += suspension.days
    return day, met


def _resumed(day, suspensions, met):
    """Return ``day``, or the first that is not in a suspension."""
    while met < len(suspensions) and suspensions[met].first_day <= day:
        suspension = suspensions[met]
        met += 1
        if suspension.next_day is None:
            return None, met
        day = max(day, suspension.next_day)
    return day, met


def _later(day, span):
    if span.unit == "month":
        return add_months(_date(day), span.quantity).toordinal()
    return day + span.quantity * _DAYS_IN[span.unit]


def _shown(place):
    return _date(place) if isinstance(place, int) else place


def _date(ordinal):
    if not 1 <= ordinal <= date.max.toordinal():
        raise OverflowError
    return date.fromordinal(ordinal)
