# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""On which days people are reminded of a day, without Odoo."""

from datetime import date
from typing import NamedTuple


class Ladder(NamedTuple):
    """So many days before a day somebody is reminded of it, and each so many after.

    :ivar rungs: days before the day; negative are days after it
    :ivar repeat: days between two reminders after the day, for what must not stay
        undone in silence; zero: none
    """

    rungs: tuple
    repeat: int = 0

    def find_next(self, day, after=None):
        """Return the first day after ``after`` on which to remind of ``day``.

        Of rungs that were missed the next day is the one, however many they are.

        :param after: the day up to which all reminders are out; ``None`` for none yet
        :return: a day, or ``None`` when all reminders are out
        """
        days = sorted(_move(day, -rung) for rung in self.rungs)
        for one in days:
            if after is None or one > after:
                return one
        if not self.repeat:
            return None
        periods = max(1, (after - day).days // self.repeat + 1)
        return _move(day, periods * self.repeat)


def _move(day, days):
    """Return a day so many days later, within what the calendar has."""
    first, last = date.min.toordinal(), date.max.toordinal()
    return date.fromordinal(min(max(day.toordinal() + days, first), last))
