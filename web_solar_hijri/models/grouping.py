# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Grouping by periods of the solar calendar, in what the web client asks.

The methods that the web client calls mark what to group by as a ``SolarPeriod``, and
what they call treats such a mark in its own way. A mark is an object of Python: no
caller by RPC can send one, and who calls ``_read_group`` in Python with a text, even
while the web client's call is answered, gets what stock Odoo gives.
"""

import datetime
from collections import defaultdict

import jdatetime
import pytz

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import get_lang

from .. import periods, solar


class SolarPeriod(str):
    """What to group by, as ``date:month``, in the solar calendar."""

    __slots__ = ()

    @property
    def path(self):
        return self.partition(":")[0]

    @property
    def unit(self):
        return self.partition(":")[2]


class Base(models.AbstractModel):
    _inherit = "base"

    # -------------------------------------------------- what the web client calls

    @api.model
    @api.readonly
    def web_read_group(self, domain, groupby, *args, **kwargs):
        groupby = self._by_solar_periods(groupby)
        return super().web_read_group(domain, groupby, *args, **kwargs)

    @api.model
    @api.readonly
    def formatted_read_group(self, domain, groupby=(), *args, **kwargs):
        groupby = self._by_solar_periods(groupby)
        return super().formatted_read_group(domain, groupby, *args, **kwargs)

    @api.model
    @api.readonly
    def formatted_read_grouping_sets(self, domain, grouping_sets, *args, **kwargs):
        grouping_sets = [self._by_solar_periods(groupby) for groupby in grouping_sets]
        return super().formatted_read_grouping_sets(
            domain, grouping_sets, *args, **kwargs
        )

    @api.model
    @api.readonly
    def read_progress_bar(self, domain, group_by, progress_bar):
        [group_by] = self._by_solar_periods([group_by])
        result = super().read_progress_bar(domain, group_by, progress_bar)
        if not isinstance(group_by, SolarPeriod):
            return result
        # The web client looks for the value that the group has there, which is in UTC.
        return {
            start if start == str(False) else self._solar_value(group_by, start): counts
            for start, counts in result.items()
        }

    def _by_solar_periods(self, groupby):
        """Return what to group by, for who counts in the solar calendar with marks.

        Who shows them under Gregorian names can do without, by the context key
        ``gregorian_periods``: pivots of spreadsheets.
        """
        if (
            not self.env.user.uses_solar_calendar()
            or self.env.context.get("gregorian_periods") is True
        ):
            return groupby
        return [
            SolarPeriod(spec) if self._is_period(spec) else spec for spec in groupby
        ]

    def _is_period(self, spec):
        path, _colon, unit = spec.partition(":")
        name, _dot, inner = path.partition(".")
        field = self._fields.get(name)
        if field is None or unit not in periods.UNITS:
            return False
        return field.type in (("properties",) if inner else ("date", "datetime"))

    # -------------------------------------------------- what those call

    def _read_group_groupby(self, alias, groupby_spec, query):
        spec = groupby_spec
        # days and weeks are the same in both calendars
        if not isinstance(spec, SolarPeriod) or spec.unit in periods.DAYS:
            return super()._read_group_groupby(alias, spec, query)
        *starts, end = map(str, periods.starts(spec.unit))
        # Texts are constants to PostgreSQL, in which a date is found by bisection. Days
        # before and after all of them have no element.
        return SQL(
            """COALESCE(
                (%(starts)s::date[])[width_bucket(%(day)s::date, %(bounds)s::date[])],
                CASE WHEN %(day)s >= %(end)s
                    THEN GREATEST(date_trunc(%(unit)s, %(day)s::timestamp), %(end)s)
                    ELSE date_trunc(%(unit)s, %(day)s::timestamp) END
            )::%(type)s""",
            starts=_array(starts),
            bounds=_array([*starts, end]),
            day=self._solar_day(alias, spec, query),
            end=end,
            unit=spec.unit,
            type=SQL("date" if self._solar_field(spec).type == "date" else "timestamp"),
        )

    def _solar_day(self, alias, spec, query):
        """Return what holds the day, as the user's clock has it."""
        field = self._solar_field(spec)
        if field.type == "properties":
            return self._read_group_groupby(alias, f"{spec.path}:day", query)
        column = self._field_to_sql(alias, field.name, query)
        if field.type == "date":
            return column
        return field.property_to_sql(column, "tz", self, alias, query)

    def _web_read_group_groupby_formatter(self, groupby_spec, values):
        if not isinstance(groupby_spec, SolarPeriod):
            return super()._web_read_group_groupby_formatter(groupby_spec, values)
        path = groupby_spec.path

        def formatter(value):
            if not value:
                return False, [(path, "=", False)]
            start, end = self._solar_bounds(groupby_spec, value)
            first = self._solar_value(groupby_spec, start)
            after = self._solar_value(groupby_spec, end)
            label = self._solar_label(groupby_spec.unit, start)
            return (first, label), ["&", (path, ">=", first), (path, "<", after)]

        return formatter

    @api.model
    def _web_read_group_fill_temporal(
        self,
        groups,
        groupby,
        aggregates,
        fill_from=False,
        fill_to=False,
        min_groups=False,
    ):
        spec = groupby[0]
        if not isinstance(spec, SolarPeriod):
            return super()._web_read_group_fill_temporal(
                groups, groupby, aggregates, fill_from, fill_to, min_groups
            )
        found = defaultdict(list)
        for group in groups:
            found[group[0]].append(group)
        without = found.pop(False, [])
        first = fill_from or min(found, default=fill_to)
        last = fill_to or max(found, default=fill_from)
        if not first:
            return groups
        empty = [
            self._read_group_empty_value(name) for name in (*groupby[1:], *aggregates)
        ]
        for value in self._solar_periods(spec, first, last, min_groups):
            found[value] = found[value] or [(value, *empty)]
        return [group for value in sorted(found) for group in found[value]] + without

    # -------------------------------------------------- periods of the user

    def _solar_field(self, spec):
        return self._fields[spec.path.partition(".")[0]]

    def _solar_bounds(self, spec, value):
        """Return the first days of a date's or datetime's period, and of the next."""
        week_start = int(get_lang(self.env).week_start)
        return periods.bounds(fields.Date.to_date(value), spec.unit, week_start)

    def _solar_periods(self, spec, first, last, least):
        """Yield all periods from one day to another, as ``_read_group`` has them.

        :param least: how many there are at least, even after the last day
        """
        has_time = self._solar_field(spec).type != "date"
        start, end = self._solar_bounds(spec, first)
        last, _end = self._solar_bounds(spec, last)
        count = 0
        while start <= last or 0 < count < least:
            yield _midnight(start) if has_time else start
            start, end = self._solar_bounds(spec, end)
            count += 1

    def _solar_value(self, spec, day):
        """Return when a day starts where the user is, as it is stored."""
        day = fields.Date.to_date(day)
        kind = self._solar_field(spec).type
        if kind == "properties":  # of which Odoo takes no time zone into account
            is_date = self.get_property_definition(spec.path).get("type") == "date"
            kind = "date" if is_date else "moment"
        if kind == "date":
            return fields.Date.to_string(day)
        start, tz = _midnight(day), self.env.context.get("tz")
        if kind == "datetime" and tz in pytz.all_timezones_set:
            start = pytz.timezone(tz).localize(start).astimezone(pytz.utc)
        return fields.Datetime.to_string(start)

    def _solar_label(self, unit, start):
        """Return the name of the period that starts on a day, as the user reads it."""
        if not periods.is_covered(start):
            return start.isoformat()[: {"year": 4, "month": 7}.get(unit, 10)]
        lang = get_lang(self.env).code
        there = jdatetime.date.fromgregorian(date=start)
        year, month = there.year, solar.month_name(there.month, lang)
        if unit == "week":
            year, week = periods.week_number(start)
            label = self.env._("Week %(week)s, %(year)s", week=week, year=year)
        elif unit == "quarter":
            label = f"{self._solar_season(there.month)} {year}"
        else:
            label = {
                "day": f"{there.day} {month} {year}",
                "month": f"{month} {year}",
                "year": str(year),
            }[unit]
        return solar.local_digits(label, lang)

    def _solar_season(self, month):
        """Return the name of the quarter of the solar year that a month is in."""
        seasons = (
            self.env._("Spring"),
            self.env._("Summer"),
            self.env._("Autumn"),
            self.env._("Winter"),
        )
        return seasons[(month - 1) // 3]


def _array(days):
    """Return days as PostgreSQL reads an array."""
    return f"{{{','.join(days)}}}"


def _midnight(day):
    return datetime.datetime.combine(day, datetime.time())
