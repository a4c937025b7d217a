# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Dates written for the person who reads them, in their calendar and time zone.

In QWeb::

    <span t-field="o.notice_date" t-options="{'widget': 'people_date'}"/>
    <t t-out="moment" t-options="{'widget': 'people_date', 'style': 'short'}"/>

In Python: :func:`format_people_date`, :func:`format_people_duration`, and for
numbers :func:`format_people_number`.
"""

from datetime import datetime, timedelta

import babel.dates
import pytz

from odoo import api, models
from odoo.tools.misc import (
    babel_locale_parse,
    format_date,
    format_time,
    get_lang,
)

from ...core import solar_hijri


def format_people_date(env, value, style="long", lang_code=None, tz=None):
    """Write a date, or a moment to the minute, for people.

    :param value: date, or datetime in UTC as Odoo stores it; nothing gives ""
    :param style: ``long`` with the month's name, ``short`` in digits
    :param lang_code: language of the reader, otherwise of the environment
    :param tz: name of the reader's time zone, otherwise of the environment
    """
    if not value:
        return ""
    lang = get_lang(env, lang_code).code
    if isinstance(value, datetime):
        value = _at_the_reader(env, value, tz)
    return _write_solar(env, value, lang, style) or format_people_number(
        env, _write_gregorian(env, value, lang, style), lang
    )


def _write_solar(env, value, lang, style):
    """Write in the solar calendar, or return None for who does not count in it.

    Where users can choose one (in web_solar_hijri, which is not needed), theirs counts
    in what is written in their language; all else is for who reads that language.
    """
    users = env["res.users"]
    if "calendar_system" in users._fields and lang == get_lang(env, env.user.lang).code:
        return users.write_solar(value, lang, style)
    is_moment = isinstance(value, datetime)
    write = solar_hijri.format_datetime if is_moment else solar_hijri.format_date
    return write(value, lang, style)


def _write_gregorian(env, value, lang, style):
    if isinstance(value, datetime):
        date = _write_gregorian(env, value.date(), lang, style)
        time = format_time(env, value.timetz(), time_format="short", lang_code=lang)
        return f"{date} {time}"
    return format_date(env, value, lang, "long" if style == "long" else False)


def _at_the_reader(env, value, tz):
    """Return the UTC datetime ``value`` in time zone ``tz`` or the environment's."""
    return pytz.utc.localize(value).astimezone(pytz.timezone(tz) if tz else env.tz)


def format_people_number(env, number, lang_code=None):
    """Write a number, or a code such as a clause, in the digits of its reader.

    :param number: an integer, a float (with the reader's decimal mark) or a text
    :param lang_code: language of the reader, otherwise of the environment
    """
    persian = solar_hijri.is_read_in(get_lang(env, lang_code).code)
    written = f"{number:g}" if isinstance(number, float) else f"{number}"
    if not persian:
        return written
    if isinstance(number, float):
        written = written.replace(".", "٫")
    return solar_hijri.persian_digits(written)


def format_people_percent(env, percent, lang_code=None):
    """Write a percentage, of 0 to 100, without decimals."""
    reader = env(context={**env.context, "lang": get_lang(env, lang_code).code})
    number = format_people_number(reader, round(percent))
    return reader._("%(number)s %%", number=number)


def format_people_duration(env, seconds, lang_code=None):
    """Write a duration for people: days and hours, or minutes when it is short.

    :param seconds: the duration; parts of a minute are left out
    :param lang_code: language of the reader, otherwise of the environment
    """
    lang = get_lang(env, lang_code).code
    minutes = int(seconds) // 60
    days, hours = minutes // (24 * 60), minutes // 60 % 24
    if days or hours:
        parts = [("day", timedelta(days=days)), ("hour", timedelta(hours=hours))]
    else:
        parts = [("minute", timedelta(minutes=minutes))]
    written = " ".join(
        # a threshold out of reach: 400 days are 400 days and not "1 year"
        babel.dates.format_timedelta(
            part, unit, threshold=1e9, locale=babel_locale_parse(lang)
        )
        for unit, part in parts
        if part or len(parts) == 1
    )
    return format_people_number(env, written, lang)


class IrQwebFieldPeopleDate(models.AbstractModel):
    """QWeb widget ``people_date`` for dates and datetimes.

    Options: ``style`` (``long`` or ``short``), ``date_only``, ``tz_name``.
    """

    _name = "ir.qweb.field.people_date"
    _description = "QWeb Field Date for People"
    _inherit = ["ir.qweb.field"]

    @api.model
    @api.private
    def value_to_html(self, value, options):
        style, tz = options.get("style", "long"), options.get("tz_name")
        if options.get("date_only") and isinstance(value, datetime):
            value = _at_the_reader(self.env, value, tz).date()
        return super().value_to_html(
            format_people_date(self.env, value, style, tz=tz), options
        )
