# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Time limits and their ends, as data: what :mod:`.clock` takes and gives."""

from dataclasses import dataclass
from datetime import date, datetime

from .working_time import ClockError

UNITS = ("hour", "day", "working_day", "week", "month", "month30")
ROLLS = ("none", "next", "previous")
# More of any unit is a slip of the pen, and would only be slow to count.
MOST = 100_000

# The sentences that explain an end, with their values. ``reached`` is where the limit
# would end so far: a date, or an instant for what is counted in hours.
STEPS = {
    "start_instant": ("instant", "zone"),
    "start_not_counted": ("day", "zone"),
    "start_counted": ("day", "zone"),
    "balance": ("quantity", "unit"),
    "abroad": ("quantity", "unit"),
    "span": ("quantity", "unit", "reached"),
    "extended": ("quantity", "unit", "total", "reached"),
    "extended_after": ("quantity", "unit", "reached"),
    "capped": ("quantity", "unit", "cap_quantity", "cap_unit", "reached"),
    "suspended": ("since", "until", "days", "reached"),
    "suspended_hours": ("since", "until", "reached"),
    "suspended_open": ("since",),
    "action_not_counted": ("reached",),
    "whole_day": ("reached",),
    "holidays": ("quantity", "first", "last"),
    "rolled_next": ("last", "reached"),
    "rolled_previous": ("last", "reached"),
    "not_rolled": ("last",),
    "hours_exact": (),
    "end_of_day": ("day", "instant", "zone"),
    "candidate": ("number", "count"),
    "earliest": ("number", "count", "day", "instant"),
    "latest": ("number", "count", "day", "instant"),
    "earliest_suspended": ("number", "count"),
    "latest_suspended": ("number", "count"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: how many of which unit.

    :raises ClockError: ``unknown_unit``, ``bad_quantity``
    """

    quantity: int
    unit: str

    def __post_init__(self):
        if self.unit not in UNITS:
            raise ClockError("unknown_unit", unit=self.unit)
        if type(self.quantity) is not int or not 0 <= self.quantity <= MOST:
            raise ClockError(
                "bad_quantity", quantity=self.quantity, unit=self.unit, most=MOST
            )


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit as a law or a policy states it.

    A limit in hours ends at an exact instant: which days count, and rolling, mean
    nothing to it. Any other ends with a day, also when it is extended by hours.

    :raises ClockError: ``unknown_roll``
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
    """One sentence of the explanation: a code and the values of :data:`STEPS`."""

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
