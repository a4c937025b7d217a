# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Legal time limits, without Odoo: when does a limit end, and why.

Instants are naive UTC, as Odoo stores them; days are those of the time zone of who
must act. Whoever acts at ``at`` is in time when ``at < due.instant``. Each answer
carries its reasons as steps: a stable code and the values of one sentence, so that
the caller can write it in the reader's language.

Suspended time does not count. A limit in hours stands still to the second; other
limits by whole local days: from the day on which the suspension begins up to, but
not including, the day on which it ends. Suspensions are given as ``(start, end)``;
an end of None is an open one, and what it holds up has no due instant yet.
"""

from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache, wraps
from zoneinfo import ZoneInfo

UNITS = ("hour", "day", "working_day", "week", "month", "month30")
ROLLS = ("none", "next", "previous")
CHOICES = ("earliest", "latest")

_DAYS_IN = {"day": 1, "week": 7, "month30": 30}
_TICK = timedelta(microseconds=1)
_FOREVER = datetime.max
# Odoo ends a day of leave at 23:59:59, while its working time may end at 24:00.
_TOLERANCE = timedelta(minutes=1)
# Ten years without a working day: nobody will ever work in that calendar.
_IDLE_DAYS = 3660
_FREE, _HOLIDAY, _WORKING = range(3)


class ClockError(ValueError):
    """A limit that cannot be computed.

    :ivar code: a stable word for what is wrong
    :ivar values: the values that a sentence about it needs
    """

    def __init__(self, code, **values):
        super().__init__(f"{code} {values}" if values else code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: how many of which unit."""

    quantity: int
    unit: str

    def __post_init__(self):
        if self.unit not in UNITS:
            raise ClockError("unknown_unit", unit=self.unit)
        if type(self.quantity) is not int or self.quantity < 0:
            raise ClockError("bad_quantity", quantity=self.quantity, unit=self.unit)


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit as a law or a policy states it.

    The days of starting and of acting, and rolling, mean nothing to a limit in
    hours: it ends at an exact instant.
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
    :param extensions: spans; those of a unit already there count from the start,
        others from where the limit ended before
    :param suspensions: pairs of instants or dates, in any order
    :param balance: a span in place of the limit's own: what another clock left
    :raises ClockError:
    """
    course = _Course(limit, start, calendar, suspensions)
    return course.end(course.run(abroad, extensions, balance))


def combine(which, dues):
    """Return the ``earliest`` or ``latest`` of several; of equals, the first.

    A due without an instant comes after all others: it cannot be missed while its
    clock stands still.
    """
    dues = tuple(dues)
    if which not in CHOICES:
        raise ClockError("unknown_choice", which=which)
    if not dues:
        raise ClockError("nothing_to_combine", which=which)
    if len(dues) == 1:
        return dues[0]
    choose = min if which == "earliest" else max
    chosen = choose(dues, key=lambda due: due.instant or _FOREVER)
    steps = []
    for number, due in enumerate(dues, 1):
        steps.append(Step("candidate", {"number": number, "count": len(dues)}))
        steps.extend(due.steps)
    values = {"number": dues.index(chosen) + 1, "count": len(dues)}
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
    are left on the last day: one may still act on the day on which it goes on. What
    is counted in working days or hours leaves those (hours begun are left whole),
    all else leaves days. The day of acting belongs to the next clock.
    """
    stop = instant_of(stopped, calendar.zone)
    course = _Course(limit, start, calendar, suspensions, until=stop)
    spans = course.run(abroad, extensions)
    due = course.end(spans)
    return None if stop >= due.instant else course.left(spans, stop)


def instant_of(value, zone):
    """Return an instant as it is, and of a date the first instant in the zone."""
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            raise ClockError("not_utc", value=value)
        return value
    if not isinstance(value, date):
        raise ClockError("not_a_date", value=value)
    return _day_start(value.toordinal(), _zone(zone))


def day_of(value, zone):
    """Return a date as it is, and of an instant its day in the zone."""
    if isinstance(value, datetime):
        instant = instant_of(value, zone)
        try:
            return _local(instant, _zone(zone)).date()
        except OverflowError:
            raise ClockError("out_of_range", value=value) from None
    if not isinstance(value, date):
        raise ClockError("not_a_date", value=value)
    return value


class Calendar:
    """Working time in one time zone: plain data in, answers for days kept.

    :param zone: name of an IANA time zone
    :param attendances: ``(week_type, weekday, hour_from, hour_to)`` without breaks;
        week type None (or Odoo's False) for every week, 0 or 1 for every other, by
        the parity that ``resource.calendar.attendance.get_week_type`` has; weekday 0
        is Monday; hours as 8.5 for half past eight
    :param leaves: ``(start, end)`` instants; a day on which they cover all of the
        working time is no working day
    """

    def __init__(self, zone, attendances=(), leaves=()):
        self.zone = zone
        self._tzinfo = _zone(zone)
        self._fortnight = [[] for _day in range(14)]
        for attendance in attendances:
            self._add_attendance(*attendance)
        pairs = ((instant_of(a, zone), instant_of(b, zone)) for a, b in leaves)
        merged = _merged(pairs, _TOLERANCE)
        self._leave_starts = [start for start, _end in merged]
        self._leave_ends = [end for _start, end in merged]
        self._kinds = _Kept(self._kind_of)

    def _add_attendance(self, week_type, weekday, hour_from, hour_to):
        every_week = week_type is None or week_type is False
        weeks = (0, 1) if every_week else (week_type,)
        if not set(weeks) <= {0, 1} or weekday not in range(7):
            raise ClockError("bad_attendance", week_type=week_type, weekday=weekday)
        for week in weeks if hour_from < hour_to else ():
            self._fortnight[week * 7 + weekday].append(
                (round(hour_from * 60), round(hour_to * 60))
            )

    def is_working(self, day):
        return self._kinds[day_of(day, self.zone).toordinal()] == _WORKING

    def _kind_of(self, ordinal):
        # day 1 of year 1 is a Monday, and of week type 0
        hours = self._fortnight[(ordinal - 1) % 14]
        if not hours:
            return _FREE
        if self._leave_starts and all(self._on_leave(ordinal, *h) for h in hours):
            return _HOLIDAY
        return _WORKING

    def _on_leave(self, ordinal, minute_from, minute_to):
        midnight = datetime.combine(date.fromordinal(ordinal), time())
        try:
            start, end = (
                _utc(midnight + timedelta(minutes=minute), self._tzinfo)
                for minute in (minute_from, minute_to)
            )
            index = bisect_right(self._leave_starts, start + _TOLERANCE) - 1
        except OverflowError:  # the first or the last day of all
            return False
        return index >= 0 and self._leave_ends[index] >= end - _TOLERANCE

    def _seek(self, ordinal, direction):
        """Return the nearest working day from ``ordinal`` on in that direction."""
        kinds = self._kinds
        for day in range(ordinal, ordinal + direction * _IDLE_DAYS, direction):
            _check_range(day)
            if kinds[day] == _WORKING:
                return day
        raise self._idle(ordinal)

    def _idle(self, ordinal):
        return ClockError("no_working_time", day=date.fromordinal(ordinal))


class _Kept(dict):
    """Answers of a function, kept."""

    def __init__(self, function):
        self._function = function

    def __missing__(self, key):
        self[key] = value = self._function(key)
        return value


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

    A place on it is a day (its ordinal) for what is counted in days, and an instant
    for what is counted in hours.
    """

    def __init__(self, limit, start, calendar, suspensions, until=_FOREVER):
        self.limit = limit
        self.start = start
        self.calendar = calendar
        self.zone = calendar.zone
        self.first_day = day_of(start, self.zone).toordinal()
        self.suspensions = self._prepare(suspensions, until) if suspensions else ()
        self.told = 0  # the number of suspensions that the steps have named
        self.held = False  # whether one of those is open
        self.holidays = []  # among the days counted last
        self.steps = []

    def _prepare(self, suspensions, until):
        """Return them sorted, merged, from the start on, with their local days."""
        start = instant_of(self.start, self.zone)
        pairs = []
        for since, end in suspensions:
            since = instant_of(since, self.zone)
            end = _FOREVER if end is None else instant_of(end, self.zone)
            if end < since:
                raise ClockError("suspension_reversed", since=since, until=end)
            pairs.append((max(since, start), min(end, until)))
        return [
            (since, end, self._ordinal(since), end < _FOREVER and self._ordinal(end))
            for since, end in _merged(pairs)
        ]

    def _ordinal(self, instant):
        return day_of(instant, self.zone).toordinal()

    # ------------------------------------------------------------ what is counted

    @_within_range
    def run(self, abroad, extensions, balance=None):
        """Note the steps of counting; return the spans that count in the end."""
        limit = self.limit
        span = balance or (abroad and limit.abroad) or limit.span
        if span.unit == "hour":
            instant = instant_of(self.start, self.zone)
            self._note("start_instant", instant=instant, zone=self.zone)
        else:
            counted = "not_counted" if limit.exclude_start else "counted"
            day = date.fromordinal(self.first_day)
            self._note(f"start_{counted}", day=day, zone=self.zone)
        values = {"quantity": span.quantity, "unit": span.unit}
        if balance:
            self._note("balance", **values)
        elif span is limit.abroad:
            self._note("abroad", **values)
        self._tell("span", (span,), **values)
        return self._extended((span,), extensions)

    def _extended(self, spans, extensions):
        cap = self.limit.cap
        furthest = max((spans, (cap,)), key=self._end_of) if cap else None
        for extension in extensions:
            longer, code, values = _longer(spans, extension)
            if cap and self._end_of(longer) > self._end_of(furthest):
                values = {"quantity": extension.quantity, "unit": extension.unit}
                values |= {"cap_quantity": cap.quantity, "cap_unit": cap.unit}
                self._tell("capped", furthest, **values)
                return furthest
            self._tell(code, longer, **values)
            spans = longer
        return spans

    @_within_range
    def end(self, spans):
        """Note how the last day comes about, and return the due."""
        if spans[0].unit != "hour":
            place = self._last_place(spans)
        else:
            place, _used = self._count(spans)
            if self.limit.exclude_action or self.limit.roll != "none":
                self._note("hours_exact")
        if self.held:
            return Due(None, None, tuple(self.steps))
        instant = self._instant(place)
        day = date.fromordinal(self._day(place))
        if not isinstance(place, datetime):
            self._note("end_of_day", day=day, instant=instant, zone=self.zone)
        return Due(instant, day, tuple(self.steps))

    def _last_place(self, spans):
        if self.limit.exclude_action and not self.held:
            spans = (*spans, Span(1, "day"))
            self._tell("action_not_counted", spans)
        place, _used = self._count(spans)
        if self.holidays and not self.held:
            days = [date.fromordinal(day) for day in self.holidays]
            self._note("holidays", quantity=len(days), first=days[0], last=days[-1])
        return self._rolled(place)

    def _rolled(self, place):
        direction = {"none": 0, "next": 1, "previous": -1}[self.limit.roll]
        while direction and not self.held:
            last = self._day(place)
            day = self.calendar._seek(last, direction)
            if day == last:
                break
            values = {"last": date.fromordinal(last)}
            if day < self._earliest_end():
                self._note("not_rolled", **values)
                break
            self._note(f"rolled_{self.limit.roll}", reached=_date(day), **values)
            place = self._shifted(day)
            if place == day:
                break
        return place

    def _earliest_end(self):
        """Return the day before which the limit cannot be rolled back.

        That is its start, or the end of a suspension: who waited for it shall not
        find that the limit has passed meanwhile.
        """
        resumed = self.suspensions[self.told - 1][3] if self.told else 0
        return max(self.first_day, resumed)

    def _shifted(self, day):
        """Return the last day after the suspensions that begin up to it."""
        for suspension in self.suspensions[self.told :]:
            _since, end, since_day, end_day = suspension
            if since_day > day:
                break
            if end == _FOREVER:
                self._tell_suspension(suspension, None)
                break
            day += end_day - since_day
            self._tell_suspension(suspension, _date(day))
        return day

    @_within_range
    def left(self, spans, stop):
        """Return what is left of ``spans`` at the instant ``stop``."""
        place, _used = self._count(spans)
        stop = max(stop, instant_of(self.start, self.zone))
        units = {span.unit for span in spans}
        if units == {"hour"}:
            return Span(-((stop - place) // timedelta(hours=1)), "hour")
        counted = 0 if self.limit.exclude_start else 1
        today = self._ordinal(stop)
        last = max(self._day(place), today)
        if units == {"working_day"}:
            kinds = self.calendar._kinds
            days = range(today + 1 - counted, last + 1)
            return Span(sum(kinds[day] == _WORKING for day in days), "working_day")
        return Span(last - today + counted, "day")

    # ------------------------------------------------------------ counting

    def _count(self, spans, known=None):
        """Return where ``spans`` end and how many suspensions they met.

        :param known: how many suspensions to heed; all by default
        :return: ``(place, number)``; the place is None behind an open suspension
        """
        suspensions = self.suspensions[:known] if self.suspensions else ()
        self.holidays = []
        first = spans[0]
        place, used = self.first_day, 0
        if first.unit == "hour":
            place = instant_of(self.start, self.zone)
        counted = int(not self.limit.exclude_start and first.quantity > 0)
        for span in spans:
            if span.unit == "hour":
                place = self._instant(place) + timedelta(hours=span.quantity)
                place, used = _after_hours(place, suspensions, used)
            elif span.unit == "working_day":
                place = self._day(place) - counted
                place, used = self._after_working_days(
                    place, span.quantity, suspensions, used
                )
            else:
                place = _later(self._day(place), span) - counted
                place, used = _after_days(place, suspensions, used)
            if place is None:
                break
            counted = 0
        return place, used

    def _after_working_days(self, day, quantity, suspensions, used):
        """Count working days after ``day``.

        A clock that is suspended on the day of its start starts when that ends.
        """
        kinds, holidays, idle = self.calendar._kinds, self.holidays, 0
        _check_range(day + quantity)
        day, used = _resumed(day, suspensions, used)
        while quantity and day is not None:
            day += 1
            if used < len(suspensions):
                day, used = _resumed(day, suspensions, used)
                if day is None:
                    break
            _check_range(day)
            kind = kinds[day]
            if kind == _WORKING:
                quantity -= 1
                idle = 0
                continue
            if kind == _HOLIDAY:
                holidays.append(day)
            idle += 1
            if idle > _IDLE_DAYS:
                raise self.calendar._idle(self.first_day)
        return day, used

    def _day(self, place):
        """Return the last day on which one may act, as an ordinal."""
        return self._ordinal(place - _TICK) if isinstance(place, datetime) else place

    def _instant(self, place):
        """Return the first instant that is too late."""
        if isinstance(place, datetime):
            return place
        _check_range(place + 1)
        return _day_start(place + 1, self.calendar._tzinfo)

    def _end_of(self, spans):
        place, _used = self._count(spans)
        return _FOREVER if place is None else self._instant(place)

    # ------------------------------------------------------------ explaining

    def _note(self, code, **values):
        self.steps.append(Step(code, values))

    def _tell(self, code, spans, **values):
        """Note where ``spans`` end, and then the suspensions that they meet."""
        if self.held:
            return
        place, _used = self._count(spans, self.told)
        self._note(code, **values, reached=_shown(place))
        if self.told == len(self.suspensions):
            return
        _place, used = self._count(spans)
        for number in range(self.told, used):
            place, _used = self._count(spans, number + 1)
            self._tell_suspension(self.suspensions[number], _shown(place))

    def _tell_suspension(self, suspension, reached):
        since, end, since_day, end_day = suspension
        self.told += 1
        if end == _FOREVER:
            self.held = True
            self._note("suspended_open", since=date.fromordinal(since_day))
        elif isinstance(reached, datetime):
            self._note("suspended_hours", since=since, until=end, reached=reached)
        else:
            self._note(
                "suspended",
                since=date.fromordinal(since_day),
                until=date.fromordinal(end_day),
                days=end_day - since_day,
                reached=reached,
            )


def _longer(spans, extension):
    """Return the extended spans, with the code and values that tell of it."""
    values = {"quantity": extension.quantity, "unit": extension.unit}
    for index, span in enumerate(spans):
        if span.unit == extension.unit:
            total = span.quantity + extension.quantity
            longer = (*spans[:index], Span(total, span.unit), *spans[index + 1 :])
            return longer, "extended", values | {"total": total}
    return (*spans, extension), "extended_after", values


def _after_hours(instant, suspensions, used):
    while used < len(suspensions) and suspensions[used][0] < instant:
        since, end, _since_day, _end_day = suspensions[used]
        used += 1
        if end == _FOREVER:
            return None, used
        instant += end - since
    return instant, used


def _after_days(day, suspensions, used):
    while used < len(suspensions) and suspensions[used][2] <= day:
        _since, end, since_day, end_day = suspensions[used]
        used += 1
        if end == _FOREVER:
            return None, used
        day += end_day - since_day
    return day, used


def _resumed(day, suspensions, used):
    """Return ``day``, or the first after the suspensions that it is in."""
    while used < len(suspensions) and suspensions[used][2] <= day:
        _since, end, _since_day, end_day = suspensions[used]
        used += 1
        if end == _FOREVER:
            return None, used
        day = max(day, end_day)
    return day, used


def _later(day, span):
    if span.unit != "month":
        return day + span.quantity * _DAYS_IN[span.unit]
    start = date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + span.quantity, 12)
    if year > date.max.year:
        raise ClockError("out_of_range", value=start)
    month += 1
    last = monthrange(year, month)[1]
    return date(year, month, min(start.day, last)).toordinal()


def _merged(pairs, tolerance=timedelta()):
    """Return the intervals sorted and disjoint, without those that are empty."""
    merged = []
    for start, end in sorted(pairs):
        if end <= start:
            continue
        if merged and start - merged[-1][1] <= tolerance:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _shown(place):
    return place if place is None or isinstance(place, datetime) else _date(place)


def _date(ordinal):
    _check_range(ordinal)
    return date.fromordinal(ordinal)


def _check_range(ordinal):
    if not 1 <= ordinal <= date.max.toordinal():
        raise OverflowError


# ---------------------------------------------------------------- time zones


@lru_cache
def _zone(name):
    try:
        return ZoneInfo(name or "?")
    except (KeyError, ValueError, OSError, TypeError):
        raise ClockError("unknown_zone", zone=name) from None


def _local(instant, tzinfo):
    return instant.replace(tzinfo=timezone.utc).astimezone(tzinfo)


def _utc(wall, tzinfo):
    return wall.replace(tzinfo=tzinfo).astimezone(timezone.utc).replace(tzinfo=None)


@lru_cache(maxsize=4096)
def _day_start(ordinal, tzinfo):
    """Return the first instant of a local day, also of one without a midnight."""
    midnight = datetime.combine(date.fromordinal(ordinal), time())
    try:
        instant = _utc(midnight, tzinfo)
        if _local(instant, tzinfo).replace(tzinfo=None) == midnight:
            return instant
        # The clock jumps over midnight: the day starts where it lands.
        before = _utc(midnight.replace(fold=1), tzinfo)
    except OverflowError:
        raise ClockError("out_of_range", value=midnight.date()) from None
    while instant - before > timedelta(seconds=1):
        middle = before + (instant - before) // 2
        middle = middle.replace(microsecond=0)
        if _local(middle, tzinfo).date() >= midnight.date():
            instant = middle
        else:
            before = middle
    return instant
