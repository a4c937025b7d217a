# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The periods by which records are grouped: days, weeks, and what is of the solar year.

Days out of the years 1300 to 1499 are in months, quarters and years of the Gregorian
calendar, as everywhere in this addon.
"""

import datetime
from bisect import bisect_right
from functools import cache

import jdatetime

from odoo.tools import date_utils

from .solar import FIRST_YEAR, LAST_YEAR

MONTHS = {"month": 1, "quarter": 3, "year": 12}
DAYS = {"day": 1, "week": 7}
UNITS = (*DAYS, *MONTHS)


@cache
def starts(unit):
    """Return the first days of all months, quarters or years that are solar, in order,
    and the first day that is in none of them."""
    return tuple(
        jdatetime.date(year, month, 1).togregorian()
        for year in range(FIRST_YEAR, LAST_YEAR + 1)
        for month in range(1, 13, MONTHS[unit])
    ) + (jdatetime.date(LAST_YEAR + 1, 1, 1).togregorian(),)


def is_covered(day):
    """Say whether a day is in a year that is written in the solar calendar."""
    first, *_periods, end = starts("year")
    return first <= day < end


def bounds(day, unit, week_start):
    """Return the first day of the period that a day is in, and of the next one.

    :param unit: one of ``UNITS``
    :param week_start: on which day weeks start, from 1 (Monday) to 7
    """
    if unit in DAYS:
        before = (day.isoweekday() - week_start) % 7 if unit == "week" else 0
        start = day - datetime.timedelta(days=before)
        return start, start + datetime.timedelta(days=DAYS[unit])
    known = starts(unit)
    if is_covered(day):
        index = bisect_right(known, day)
        return known[index - 1], known[index]
    start = date_utils.start_of(day, unit)
    end = date_utils.add(start, months=MONTHS[unit])
    if day < known[0]:
        return start, min(end, known[0])
    return max(start, known[-1]), end


def week_number(start):
    """Return the solar year of a week and its number in it, by its first day.

    Week 1 is that of 1 Farvardin.
    """
    last = jdatetime.date.fromgregorian(date=start + datetime.timedelta(days=6))
    return last.year, (last.yday() - 1) // 7 + 1
