# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Dates as Persian readers read them: the Solar Hijri (Jalali) calendar; and numbers.

Dates are stored and computed in the Gregorian calendar; these functions write one
down for a reader. They answer None when that reader does not use this calendar, or
the calendar does not reach the date: the caller then writes it as Odoo does.
"""

import jdatetime

_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
# the minus keeps to the left of its number in a line from right to left
_PERSIAN_NUMBER = {**_PERSIAN_DIGITS, ord(","): "٬", ord("."): "٫", ord("-"): "\u200e-"}
_PATTERNS = {"long": "%-d %B %Y", "short": "%Y/%m/%d"}
_TIME_PATTERN = "%H:%M"


def is_read_in(language):
    """Say whether readers of ``language`` (``fa_IR``, ``fa-IR``, ``fa``) use it."""
    return (language or "").replace("-", "_").partition("_")[0] == "fa"


def persian_digits(text):
    """Return ``text`` with Persian digits in place of European ones."""
    return str(text).translate(_PERSIAN_DIGITS)


def format_number(value, decimals=0):
    """Write a number in Persian, «۱٬۲۵۰٫۷۵»."""
    return f"{value:,.{decimals}f}".translate(_PERSIAN_NUMBER)


def format_date(value, language, style="long"):
    """Write a Gregorian date, «۲ آذر ۱۴۰۵» or, ``short``, «۱۴۰۵/۰۹/۰۲».

    :raises KeyError: for another style
    """
    pattern = _PATTERNS[style]
    if not is_read_in(language):
        return None
    try:
        solar = jdatetime.date.fromgregorian(date=value, locale="fa_IR")
    except ValueError:  # before the calendar's first year
        return None
    return persian_digits(solar.strftime(pattern))


def format_datetime(value, language, style="long"):
    """Write a Gregorian moment, given in the reader's time zone, to the minute.

    «۲ آذر ۱۴۰۵، ۰۸:۳۰» or, ``short``, «۱۴۰۵/۰۹/۰۲ ۰۸:۳۰»
    """
    date = format_date(value.date(), language, style)
    if date is None:
        return None
    separator = "، " if style == "long" else " "
    return date + separator + persian_digits(value.strftime(_TIME_PATTERN))


def read_as_solar(value):
    """Return the Gregorian date that somebody meant who wrote a solar one.

    Of years that are written today in this calendar, 1300 to 1499; None for others.
    """
    if not 1300 <= value.year <= 1499:
        return None
    try:
        return jdatetime.date(value.year, value.month, value.day).togregorian()
    except ValueError:  # no such day in that month
        return None
