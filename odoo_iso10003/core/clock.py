# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Legal time limits, without Odoo: when does a limit end, and why.

Instants are naive UTC; days are those of the time zone of who must act. Who acts at
``at`` is in time when ``at < due.instant``. Each answer carries its reasons as
steps: a stable code and the values of one sentence, so that the caller can write it
in the reader's language.

Suspended time does not count. A limit in hours stands still to the second; other
limits by whole local days: from the day on which the suspension begins up to, but
not including, the day on which it ends. Suspensions are given as ``(start, end)``;
an end of None is an open one, and what it holds up has no due instant yet.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import wraps
from typing import NamedTuple

from .working_time import (
    HOLIDAY,
    IDLE_DAYS,
    WORKING,
    Calendar,
    ClockError,
    add_months,
    day_of,
    day_start,
    instant_of,
    merged,
)

__all__ = [
    "UNITS",
    "Calendar",
    "ClockError",
    "Due",
    "Limit",
    "Span",
    "Step",
    "balance",
    "combine",
    "compute",
    "day_of",
    "instant_of",
]

UNITS = ("hour", "day", "working_day", "week", "month", "month30")
ROLLS = ("none", "next", "previous")
CHOICES = ("earliest", "latest")
# More of any unit is a slip of the pen, and would only be slow to count.
MOST = 100_000

_DAYS_IN = {"day": 1, "week": 7, "month30": 30}
_TICK = timedelta(microseconds=1)
_FOREVER = datetime.max


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: how many of which unit.

    :raises ClockError: ``unknown_unit``, ``bad_quantity``
    """

    quantity: int
    unit: str

    def __post_init__(self):
        if self.unit not in UNITS:
            raise ClockError("unknown_unit", unit=self.unit)
        if type(self.quantity) is not int or not 0 <= self.quantity <= MOST:
            raise ClockError(
                "bad_quantity", quantity=self.quantity, unit=self.unit, most=MOST
            )


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit as a law or a policy states it.

    A limit in hours ends at an exact instant: which days count, and rolling, mean
    nothing to it. Any other ends with a day, also when it is extended by hours.

    :raises ClockError: ``unknown_roll``
    """

    span: Span
    exclude_start: bool = True  # the day of service is not counted
    exclude_action: bool = False  # nor is the day of acting: one more day
    roll: str = "none"  # where to, when the last day is no working day
    abroad: Span | None = None  # what holds instead for who resides abroad
    cap: Span | None = None  # extensions do not lead past start + cap

    def __post_init__(self):
        if self.roll not in ROLLS:
            raise ClockError("unknown_roll", roll=self.roll)


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence of the explanation."""

    code: str
    values: dict


@dataclass(frozen=True, slots=True)
class Due:
    """When a limit ends, and why.

    ``instant`` is the first that is too late, ``day`` the last on which one may
    still act; both are None while an open suspension holds the clock.
    """

    instant: datetime | None
    day: date | None
    steps: tuple[Step, ...]


def compute(
    limit,
    start,
    calendar,
    *,
    abroad=False,
    extensions=(),
    suspensions=(),
    balance=None,
):
    """Return when ``limit`` ends, started at ``start``.

    :param start: an instant, or a date that stands for that day in the zone
    :param abroad: whether who must act resides abroad
    :param extensions: spans; one of a unit that the limit has already counts from
        the start, another from where the limit ended before
    :param suspensions: pairs of instants or dates, in any order
    :param balance: a span in place of the limit's own: what another clock left
    :raises ClockError: ``out_of_range``, ``no_working_time``, ``not_a_date``,
        ``not_utc``, ``suspension_reversed``, ``bad_quantity`` (by extensions)
    """
    course = _Course(limit, start, calendar, suspensions)
    return course.end(course.run(abroad, extensions, balance))


def combine(which, dues):
    """Return the ``earliest`` or ``latest`` of several; of equals, the first.

    A due without an instant comes after all others: it cannot be missed while its
    clock stands still.

    :raises ClockError: ``unknown_choice``, ``nothing_to_combine``
    """
    dues = tuple(dues)
    if which not in CHOICES:
        raise ClockError("unknown_choice", which=which)
    if not dues:
        raise ClockError("nothing_to_combine", which=which)
    if len(dues) == 1:
        return dues[0]
    instants = [due.instant or _FOREVER for due in dues]
    number = instants.index((min if which == "earliest" else max)(instants))
    chosen = dues[number]
    steps = []
    for candidate, due in enumerate(dues, 1):
        steps.append(Step("candidate", {"number": candidate, "count": len(dues)}))
        steps.extend(due.steps)
    values = {"number": number + 1, "count": len(dues)}
    if chosen.instant is None:
        steps.append(Step(f"{which}_suspended", values))
    else:
        values |= {"day": chosen.day, "instant": chosen.instant}
        steps.append(Step(which, values))
    return replace(chosen, steps=tuple(steps))


def balance(
    limit, start, calendar, stopped, *, abroad=False, extensions=(), suspensions=()
):
    """Return what was left when the clock was stopped, or None if it had run out.

    A clock that goes on with it at once ends when the first would have. So 0 days
    are left on the last day: one may still act on the day on which it goes on. A
    limit in hours leaves hours (one begun is left whole), one in working days alone
    leaves working days, all others days. The day of acting the next clock grants.
    """
    stop = instant_of(stopped, calendar.zone)
    course = _Course(limit, start, calendar, suspensions, until=stop)
    spans = course.run(abroad, extensions)
    due = course.end(spans)
    return None if stop >= due.instant else course.left(spans, stop)


class _Suspension(NamedTuple):
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


class _Course:
    """The course of one clock: counts, and notes its steps.

    A place on it is a day, as an ordinal, for what is counted in days, an instant
    for what is counted in hours, and None behind an open suspension.
    """

    def __init__(self, limit, start, calendar, suspensions, until=_FOREVER):
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
            end = _FOREVER if end is None else instant_of(end, self.zone)
            if end < since:
                raise ClockError("suspension_reversed", since=since, until=end)
            pairs.append((max(since, start), min(end, until)))
        return tuple(
            _Suspension(
                since,
                end,
                self._ordinal(since),
                None if end == _FOREVER else self._ordinal(end),
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
        return _FOREVER if place is None else self._instant(place)

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
