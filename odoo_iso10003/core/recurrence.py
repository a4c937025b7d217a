# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How often something happens, before and after an action, without Odoo."""

from datetime import timedelta

# as long as a month is on the average, in days
MONTH = 365.25 / 12
# what was longer before the action says little about it
LONGEST = timedelta(days=365)


def per_month(days, start, end):
    """Return how many of these days a month there are from ``start`` until ``end``.

    A time shorter than a month counts as one: what did not happen for a week has not
    ended yet.

    :param start: the first day that counts
    :param end: the first day that does not count any more
    """
    count = sum(start <= day < end for day in days)
    return count / max((end - start).days / MONTH, 1)


def compare(days, action, today):
    """Return how often it happened a month before and after the day of an action.

    It is counted from the first of the days on, for a year before the action at most;
    after it until today, this day included.
    """
    start = max(min(days, default=action), action - LONGEST)
    before = per_month(days, min(start, action), action)
    return before, per_month(days, action, max(today, action) + timedelta(days=1))
