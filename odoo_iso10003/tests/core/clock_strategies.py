# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is drawn for the properties of the clock."""

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from ...core import clock
from ...core.clock import UNITS, Calendar, Limit, Span
from .clock_common import ZONES, leave, office_hours

DAY_UNITS = [unit for unit in UNITS if unit != "hour"]
EVEN_UNITS = ["day", "week", "month30"]  # of the same length wherever they begin
DAYS_IN = {"day": 1, "week": 7, "month30": 30}
zones = st.sampled_from(ZONES)
starts = st.datetimes(datetime(2005, 1, 1), datetime(2045, 12, 31))
later = st.integers(0, 40 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


@st.composite
def calendars(draw):
    """Working weeks of every kind, with holidays between 2005 and 2045."""
    zone = draw(zones)
    attendances = office_hours(draw(st.sets(st.integers(0, 6), min_size=1)))
    if draw(st.booleans()):
        attendances = office_hours(range(5), 0) + office_hours([0, 5], 1)
    leaves = []
    for first in draw(st.lists(st.dates(date(2005, 1, 1), date(2045, 12, 1)))):
        leaves.append(leave(zone, first, first + timedelta(draw(st.integers(0, 12)))))
    return Calendar(zone, attendances, leaves)


def spans(units=UNITS, most=100):
    return st.builds(Span, st.integers(0, most), st.sampled_from(units))


def limits(units=UNITS, rolls=clock.ROLLS, **kwargs):
    return st.builds(
        Limit,
        spans(units),
        exclude_start=st.booleans(),
        exclude_action=st.booleans(),
        roll=st.sampled_from(rolls),
        **kwargs,
    )


@st.composite
def pauses(draw, start, most=4):
    """Suspensions around a start, some before it, some overlapping."""
    result = []
    for _number in range(draw(st.integers(0, most))):
        since = start + timedelta(minutes=draw(st.integers(-20_000, 150_000)))
        result.append((since, since + draw(later)))
    return result


@st.composite
def cases(draw, units=UNITS, suspended=True, **kwargs):
    """Return what ``compute`` takes, as positional and keyword arguments."""
    start = draw(starts)
    positional = draw(limits(units, **kwargs)), start, draw(calendars())
    suspensions = draw(pauses(start)) if suspended else ()
    extensions = draw(st.lists(spans(units, 40), max_size=3))
    return positional, {"extensions": extensions, "suspensions": suspensions}


def codes(due):
    return [step.code for step in due.steps]
