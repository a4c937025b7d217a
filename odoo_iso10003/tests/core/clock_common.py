# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Calendars and dates for the tests of the clock."""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import jdatetime

from ...core.clock import Calendar

MONDAY_TO_FRIDAY = range(5)
SATURDAY_TO_WEDNESDAY = (5, 6, 0, 1, 2)
UTC = timezone.utc
ZONES = [
    "UTC",
    "Asia/Tehran",
    "Europe/Berlin",
    "America/New_York",
    "America/Havana",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Pacific/Apia",
]


def day(text):
    return date.fromisoformat(text)


def persian(text):
    """Return the Gregorian date of «1405-01-15»."""
    return jdatetime.date(*map(int, text.split("-"))).togregorian()


def utc(zone, *wall):
    """Return the naive UTC instant of a time on the wall in ``zone``."""
    local = datetime(*wall, tzinfo=ZoneInfo(zone))
    return local.astimezone(UTC).replace(tzinfo=None)


def wall(zone, instant):
    """Return what the clock on the wall in ``zone`` shows at a naive UTC instant."""
    return instant.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def leave(zone, first, last=None):
    """Return a leave of whole days as Odoo stores it: to the last second."""
    last = last or first
    return (
        utc(zone, first.year, first.month, first.day),
        utc(zone, last.year, last.month, last.day, 23, 59, 59),
    )


def office_hours(weekdays, week_type=None):
    """Return mornings and afternoons."""
    return [
        (week_type, weekday, *hours)
        for weekday in weekdays
        for hours in ((8.5, 12.0), (13.0, 17.25))
    ]


def make_calendar(zone, weekdays=MONDAY_TO_FRIDAY, holidays=()):
    return Calendar(
        zone, office_hours(weekdays), [leave(zone, holiday) for holiday in holidays]
    )


def days_between(first, last):
    """Return all days from the first to the last."""
    return [first + timedelta(number) for number in range((last - first).days + 1)]


EASTER = (day("2026-04-03"), day("2026-04-06"))
NOWRUZ = (
    *days_between(persian("1405-01-01"), persian("1405-01-04")),
    persian("1405-01-12"),
    persian("1405-01-13"),
)
BERLIN = make_calendar("Europe/Berlin", holidays=EASTER)
LONDON = make_calendar("Europe/London", holidays=EASTER)
NEW_YORK = make_calendar("America/New_York")
SYDNEY = make_calendar("Australia/Sydney")
KOLKATA = make_calendar("Asia/Kolkata")
VANCOUVER = make_calendar("America/Vancouver")
TEHRAN = make_calendar("Asia/Tehran", SATURDAY_TO_WEDNESDAY, NOWRUZ)
