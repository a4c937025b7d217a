# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from datetime import date, datetime

import pytz

from odoo import api, fields, models

from ...core import clock
from ..mixin.people_date import format_people_date


class Clock(models.AbstractModel):
    """Between the clock of ``core/`` and Odoo's calendars and languages."""

    _name = "iso10003.clock"
    _description = "Clock of deadlines"

    # ------------------------------------------------------------
    # Working time, as plain data
    # ------------------------------------------------------------

    @api.model
    def _read_calendars(self, wanted):
        """Return ``{(calendar, zone): core calendar}``, in two queries for all.

        Working days and holidays are those of the calendar's own place, whatever
        the zone of who must act there.

        :param wanted: pairs of a ``resource.calendar`` and a time zone's name
        """
        # when somebody works is no secret to who has a deadline
        calendars = self.env["resource.calendar"].sudo()
        calendars = calendars.union(*(calendar for calendar, _zone in wanted))
        attendances = calendars.attendance_ids.grouped("calendar_id")
        leaves = self._read_leaves(calendars)
        homes = {calendar: calendar.tz for calendar in calendars}
        return {
            (calendar, zone): clock.Calendar(
                zone,
                [
                    self._prepare_attendance(attendance)
                    for attendance in attendances.get(calendar, ())
                    if attendance.day_period != "lunch" and not attendance.display_type
                ],
                [
                    self._move_to_zone(leave, homes[calendar], zone)
                    for leave in leaves[calendar.id]
                ],
            )
            for calendar, zone in set(wanted)
        }

    @api.model
    def _prepare_attendance(self, attendance):
        return (
            int(attendance.week_type) if attendance.two_weeks_calendar else None,
            int(attendance.dayofweek),
            attendance.hour_from,
            attendance.hour_to,
        )

    @api.model
    def _read_leaves(self, calendars):
        """Return ``{id of calendar: [(from, to)]}``: what is closed for everybody."""
        # when everybody is off is no secret; nobody's own leave is read
        leaves = self.env["resource.calendar.leaves"].sudo()
        found = leaves.search_fetch(
            [
                ("resource_id", "=", False),
                ("calendar_id", "in", [False, *calendars.ids]),
            ],
            ["calendar_id", "company_id", "date_from", "date_to"],
        )
        closed = defaultdict(list)
        for leave in found:
            concerned = leave.calendar_id or calendars.filtered(
                lambda calendar, company=leave.company_id: (
                    calendar.company_id in (company, company.browse())
                )
            )
            for calendar in concerned:
                closed[calendar.id].append((leave.date_from, leave.date_to))
        return closed

    @api.model
    def _move_to_zone(self, interval, own, zone):
        """Return instants at which clocks in ``zone`` show what those in ``own`` do."""
        if own == zone:
            return interval
        return tuple(
            pytz.timezone(zone)
            .localize(
                pytz.utc.localize(instant)
                .astimezone(pytz.timezone(own or "UTC"))
                .replace(tzinfo=None)
            )
            .astimezone(pytz.utc)
            .replace(tzinfo=None)
            for instant in interval
        )

    # ------------------------------------------------------------
    # The explanation, kept as data and told in the reader's language
    # ------------------------------------------------------------

    @api.model
    def _pack_steps(self, steps):
        """Return the steps as JSON."""
        return [
            {
                "code": step.code,
                "values": {
                    name: self._pack_value(value) for name, value in step.values.items()
                },
            }
            for step in steps
        ]

    @api.model
    def _pack_value(self, value):
        if isinstance(value, datetime):
            return {"datetime": value.isoformat()}
        if isinstance(value, date):
            return {"date": value.isoformat()}
        return value

    @api.model
    def _explain(self, packed):
        """Return one sentence for each packed step, in the reader's language."""
        return [
            self._describe_step(
                step["code"],
                {name: self._tell(value) for name, value in step["values"].items()},
            )
            for step in packed or []
        ]

    @api.model
    def _tell(self, value):
        """Return a value of a step as people write it."""
        if isinstance(value, dict) and "date" in value:
            day = fields.Date.from_string(value["date"])
            return format_people_date(self.env, day)
        if isinstance(value, dict):
            return format_people_date(
                self.env, datetime.fromisoformat(value["datetime"])
            )
        if isinstance(value, str) and value in clock.UNITS:
            return self._name_unit(value)
        return value

    @api.model
    def _name_unit(self, unit):
        return {
            "hour": self.env._("hours"),
            "day": self.env._("calendar days"),
            "working_day": self.env._("working days"),
            "week": self.env._("weeks"),
            "month": self.env._("months"),
            "month30": self.env._("months of 30 days"),
        }[unit]
