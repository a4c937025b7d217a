# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Legal time limits, without Odoo: when does a limit end, and why.

Instants are naive UTC; days are those of the time zone of who must act. Who acts at
``at`` is in time when ``at < due.instant``. Each answer carries its reasons as
steps: a stable code and the values of one sentence, so that the caller can write it
in the reader's language.

Suspended time does not count. A limit in hours stands still to the second; other
limits by whole local days: from the day on which the suspension begins up to, but
not including, the day on which it ends. Suspensions are given as ``(start, end)``;
an end of None is an open one, and what it holds up has no due instant yet.
"""

from dataclasses import replace

from .course import FOREVER, Course
from .limit import MOST, ROLLS, STEPS, UNITS, Due, Limit, Span, Step
from .working_time import ERRORS, Calendar, ClockError, day_of, instant_of

__all__ = [
    "CHOICES",
    "ERRORS",
    "MOST",
    "ROLLS",
    "STEPS",
    "UNITS",
    "Calendar",
    "ClockError",
    "Due",
    "Limit",
    "Span",
    "Step",
    "balance",
    "combine",
    "compute",
    "day_of",
    "instant_of",
]

CHOICES = ("earliest", "latest")


def compute(
    limit,
    start,
    calendar,
    *,
    abroad=False,
    extensions=(),
    suspensions=(),
    balance=None,
):
    """Return when ``limit`` ends, started at ``start``.

    :param start: an instant, or a date that stands for that day in the zone
    :param abroad: whether who must act resides abroad
    :param extensions: spans; one of a unit that the limit has already counts from
        the start, another from where the limit ended before
    :param suspensions: pairs of instants or dates, in any order
    :param balance: a span in place of the limit's own: what another clock left
    :raises ClockError: ``out_of_range``, ``no_working_time``, ``not_a_date``,
        ``not_utc``, ``suspension_reversed``, ``bad_quantity`` (by extensions)
    """
    course = Course(limit, start, calendar, suspensions)
    return course.end(course.run(abroad, extensions, balance))


def combine(which, dues):
    """Return the ``earliest`` or ``latest`` of several; of equals, the first.

    A due without an instant comes after all others: it cannot be missed while its
    clock stands still.

    :raises ClockError: ``unknown_choice``, ``nothing_to_combine``
    """
    dues = tuple(dues)
    if which not in CHOICES:
        raise ClockError("unknown_choice", which=which)
    if not dues:
        raise ClockError("nothing_to_combine", which=which)
    if len(dues) == 1:
        return dues[0]
    instants = [due.instant or FOREVER for due in dues]
    number = instants.index((min if which == "earliest" else max)(instants))
    chosen = dues[number]
    steps = []
    for candidate, due in enumerate(dues, 1):
        steps.append(Step("candidate", {"number": candidate, "count": len(dues)}))
        steps.extend(due.steps)
    values = {"number": number + 1, "count": len(dues)}
    if chosen.instant is None:
        steps.append(Step(f"{which}_suspended", values))
    else:
        values |= {"day": chosen.day, "instant": chosen.instant}
        steps.append(Step(which, values))
    return replace(chosen, steps=tuple(steps))


def balance(
    limit, start, calendar, stopped, *, abroad=False, extensions=(), suspensions=()
):
    """Return what was left when the clock was stopped, or None if it had run out.

    A clock that goes on with it at once ends when the first would have. So 0 days
    are left on the last day: one may still act on the day on which it goes on. A
    limit in hours leaves hours (one begun is left whole), one in working days alone
    leaves working days, all others days. The day of acting the next clock grants.
    """
    stop = instant_of(stopped, calendar.zone)
    course = Course(limit, start, calendar, suspensions, until=stop)
    spans = course.run(abroad, extensions)
    due = course.end(spans)
    return None if stop >= due.instant else course.left(spans, stop)
