# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Days, instants and working days of a time zone, without Odoo.

Instants are naive UTC, as Odoo stores them; a day is a date in a time zone and lasts
from its first instant to the first of the next day, whatever the clocks do there.
"""

from bisect import bisect_right
from calendar import monthrange
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

# Odoo ends a day of leave at 23:59:59, while its working time may end at 24:00.
_TOLERANCE = timedelta(minutes=1)
# Ten years without a working day: nobody will ever work in that calendar.
IDLE_DAYS = 3660
FREE, HOLIDAY, WORKING = range(3)

# What can be wrong, and the values that a sentence about it has.
ERRORS = {
    "unknown_zone": ("zone",),
    "unknown_unit": ("unit",),
    "unknown_roll": ("roll",),
    "unknown_choice": ("which",),
    "bad_quantity": ("quantity", "unit", "most"),
    "bad_attendance": ("week_type", "weekday"),
    "not_a_date": ("value",),
    "not_utc": ("value",),
    "out_of_range": ("value",),
    "no_working_time": ("day",),
    "suspension_reversed": ("since", "until"),
    "nothing_to_combine": ("which",),
}


class ClockError(ValueError):
    """Something that cannot be computed.

    :ivar code: what is wrong, one of :data:`ERRORS`
    :ivar values: the values that a sentence about it needs
    """

    def __init__(self, code, **values):
        super().__init__(f"{code} {values}" if values else code)
        self.code = code
        self.values = values


def instant_of(value, zone):
    """Return an instant as it is, and of a date the first instant in the zone.

    :raises ClockError: ``not_utc``, ``not_a_date``, ``out_of_range``, ``unknown_zone``
    """
    if not isinstance(value, date):
        raise ClockError("not_a_date", value=value)
    if not isinstance(value, datetime):
        return day_start(value, zone)
    if value.tzinfo is not None:
        raise ClockError("not_utc", value=value)
    return value


def day_of(value, zone):
    """Return a date as it is, and of an instant its day in the zone.

    :raises ClockError: as :func:`instant_of`
    """
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    instant = instant_of(value, zone)
    try:
        return _local(instant, time_zone(zone)).date()
    except OverflowError:
        raise ClockError("out_of_range", value=value) from None


@lru_cache(maxsize=8192)
def day_start(day, zone):
    """Return the first instant of a day, also of one that has no midnight."""
    tzinfo = time_zone(zone)
    midnight = datetime.combine(day, time())
    try:
        instant = _utc(midnight, tzinfo)
        if _local(instant, tzinfo).replace(tzinfo=None) == midnight:
            return instant
        earlier = _utc(midnight.replace(fold=1), tzinfo)
    except OverflowError:
        raise ClockError("out_of_range", value=day) from None
    return _landing(earlier, instant, day, tzinfo)


def _landing(earlier, later, day, tzinfo):
    """Return when the clock, jumping over midnight, lands on ``day``.

    :param earlier: an instant before the jump, or of it
    :param later: an instant after it, or of it
    """
    low, high = 0, int((later - earlier).total_seconds())
    while low < high:
        middle = (low + high) // 2
        if _local(earlier + timedelta(seconds=middle), tzinfo).date() < day:
            low = middle + 1
        else:
            high = middle
    return earlier + timedelta(seconds=high)


def add_months(day, months):
    """Return the same day of a later month, or the last day of a shorter one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        raise ClockError("out_of_range", value=day)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def merged(intervals):
    """Return the intervals sorted and apart, the empty ones left out."""
    result = []
    for start, end in sorted(intervals):
        if end <= start:
            continue
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return result


@lru_cache(maxsize=1024)
def time_zone(name):
    """Return the IANA time zone of that name.

    :raises ClockError: ``unknown_zone``
    """
    try:
        return ZoneInfo(name or "?")
    except (KeyError, ValueError, OSError, TypeError):
        raise ClockError("unknown_zone", zone=name) from None


def _local(instant, tzinfo):
    return instant.replace(tzinfo=timezone.utc).astimezone(tzinfo)


def _utc(wall, tzinfo):
    return wall.replace(tzinfo=tzinfo).astimezone(timezone.utc).replace(tzinfo=None)


class Calendar:
    """Working time in one time zone: plain data in, the answers for days kept.

    :param zone: name of an IANA time zone
    :param attendances: ``(week_type, weekday, hour_from, hour_to)`` without breaks;
        week type None (or Odoo's False) for every week, 0 or 1 for every other, by
        the parity that ``resource.calendar.attendance.get_week_type`` has; weekday 0
        is Monday; hours as 8.5 for half past eight
    :param leaves: ``(start, end)`` instants; a day on which they cover all of the
        working time is no working day
    :raises ClockError: ``unknown_zone``, ``bad_attendance``, and as
        :func:`instant_of`
    """

    def __init__(self, zone, attendances=(), leaves=()):
        self.zone = zone
        self._tzinfo = time_zone(zone)
        self._fortnight = [[] for _day in range(14)]
        for attendance in attendances:
            self._add_attendance(*attendance)
        apart = merged((instant_of(a, zone), instant_of(b, zone)) for a, b in leaves)
        self._leave_starts = [start for start, _end in apart]
        self._leave_ends = [end for _start, end in apart]
        #: kind of a day, by its ordinal
        self.kinds = _Kept(self._kind_of)

    def _add_attendance(self, week_type, weekday, hour_from, hour_to):
        every_week = week_type is None or week_type is False
        weeks = (0, 1) if every_week else (week_type,)
        if not set(weeks) <= {0, 1} or weekday not in range(7):
            raise ClockError("bad_attendance", week_type=week_type, weekday=weekday)
        for week in weeks if hour_from < hour_to else ():
            minutes = round(hour_from * 60), round(hour_to * 60)
            self._fortnight[week * 7 + weekday].append(minutes)

    def is_working(self, day):
        """Say whether a day, or the day of an instant, is a working day."""
        return self.kinds[day_of(day, self.zone).toordinal()] == WORKING

    def nearest_working_day(self, day, direction):
        """Return the first working day from ``day`` on, or (-1) back from it.

        :raises ClockError: ``no_working_time``, ``out_of_range``
        """
        ordinal = day.toordinal()
        for _step in range(IDLE_DAYS):
            if not 1 <= ordinal <= date.max.toordinal():
                raise ClockError("out_of_range", value=day)
            if self.kinds[ordinal] == WORKING:
                return date.fromordinal(ordinal)
            ordinal += direction
        raise ClockError("no_working_time", day=day)

    def _kind_of(self, ordinal):
        # day 1 of year 1 was a Monday, and of week type 0
        hours = self._fortnight[(ordinal - 1) % 14]
        if not hours:
            return FREE
        if self._leave_starts and all(self._on_leave(ordinal, *h) for h in hours):
            return HOLIDAY
        return WORKING

    def _on_leave(self, ordinal, minute_from, minute_to):
        midnight = datetime.combine(date.fromordinal(ordinal), time())
        try:
            start, end = (
                _utc(midnight + timedelta(minutes=minute), self._tzinfo)
                for minute in (minute_from, minute_to)
            )
            index = bisect_right(self._leave_starts, start) - 1
            return index >= 0 and self._leave_ends[index] >= end - _TOLERANCE
        except OverflowError:  # on the first or the last day of all
            return False


class _Kept(dict):
    """The answers of a function, kept."""

    def __init__(self, function):
        self._function = function

    def __missing__(self, key):
        self[key] = value = self._function(key)
        return value
