# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Dates as somebody reads them who counts in the solar Hijri calendar.

The same rules as in ``static/src/core/dates.js`` and ``luxon.js``: in digits the year
comes first, what names a day is solar, and what names only a month or a year is not,
for it may stand for a range that is Gregorian.
"""

import datetime
import re

import babel.dates
import jdatetime

from odoo import fields
from odoo.tools import posix_to_ldml
from odoo.tools.misc import babel_locale_parse, get_lang

from .solar import is_persian, is_solar, local_digits, month_name

NUMERIC = "yyyy/MM/dd"
# Babel's names for styles
_STYLES = {
    "short": NUMERIC,
    "medium": "d MMMM yyyy",
    "long": "d MMMM yyyy",
    "full": "EEEE d MMMM yyyy",
}
_TOKEN = re.compile(r"'[^']*'|y+|[ML]+|d+")


def write(value, lang_code, pattern=NUMERIC):
    """Write a date, or a moment, in the solar calendar.

    :param value: date, or datetime in the time zone of who reads it
    :param pattern: as Babel takes them, or the name of one of its styles
    :return: ``None`` for what is not written in this calendar: a day out of its
        years, or a month or a year alone
    """
    locale = babel_locale_parse(lang_code)
    has_time = isinstance(value, datetime.datetime)
    if pattern in _STYLES:
        pattern = _in_style(pattern, lang_code if has_time else None)
    solar = _to_solar(value)
    if not solar or "d" not in re.sub("'[^']*'", "", pattern):
        return None
    pattern = _TOKEN.sub(lambda found: _written(found[0], solar, lang_code), pattern)
    format_value = babel.dates.format_datetime if has_time else babel.dates.format_date
    return local_digits(format_value(value, pattern, locale=locale), lang_code)


def write_to_the_minute(value, lang_code, style):
    """Write a date, or a moment without its seconds, in one of Babel's styles."""
    if not isinstance(value, datetime.datetime):
        return write(value, lang_code, style)
    return write(value, lang_code, _with_time(style, "HH:mm", lang_code))


def write_date(env, value, lang_code, pattern=None):
    """Write what Odoo's ``format_date`` takes: a date, or a moment, or one as text."""
    if isinstance(value, str):
        is_moment = len(value) > 10
        value = (fields.Datetime.to_datetime if is_moment else fields.Date.to_date)(
            value
        )
    if isinstance(value, datetime.datetime):
        if not value.tzinfo:
            value = fields.Datetime.context_timestamp(env["res.users"], value)
        value = value.date()
    return write(value, lang_code, pattern or NUMERIC)


def write_datetime(env, value, lang_code, tz=None, pattern=None):
    """Write what Odoo's ``format_datetime`` takes: a moment in UTC, or one as text."""
    users = env["res.users"].with_context(tz=tz or env.user.tz or "UTC")
    moment = fields.Datetime.context_timestamp(
        users, fields.Datetime.to_datetime(value)
    )
    if not pattern or pattern == "medium":
        pattern = numeric_moment(env, lang_code)
    return write(moment, lang_code, pattern)


def numeric_moment(env, lang_code):
    """Return the pattern in digits, with the time of day as a language writes it."""
    time_format = get_lang(env, lang_code).time_format
    time = posix_to_ldml(time_format, babel_locale_parse(lang_code))
    return f"{NUMERIC} {time}"


def _in_style(style, lang_code):
    """Return the pattern of a style, with a time of day if a language is given."""
    if not lang_code:
        return _STYLES[style]
    time = babel.dates.get_time_format(style, babel_locale_parse(lang_code)).pattern
    return _with_time(style, time, lang_code)


def _with_time(style, time, lang_code):
    comma = "،" if is_persian(lang_code) else ","
    return f"{_STYLES[style]}{'' if style == 'short' else comma} {time}"


def _to_solar(value):
    try:
        solar = jdatetime.date.fromgregorian(
            year=value.year, month=value.month, day=value.day
        )
    except ValueError:  # before the first year
        return None
    return solar if is_solar(solar.year) else None


def _written(token, solar, lang_code):
    """Return a token of a pattern as the text that stands for it."""
    kind = token[0].replace("L", "M")
    if kind == "'":
        return token
    if kind == "M" and len(token) > 2:
        text = month_name(solar.month, lang_code)
    elif kind == "y":
        text = str(solar.year % 100 if len(token) == 2 else solar.year)
    else:
        text = str(solar.month if kind == "M" else solar.day)
    return f"'{text.zfill(2) if len(token) == 2 else text}'"
