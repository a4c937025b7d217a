# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What happened in a file and what comes next, in one order, without Odoo.

A fact has a day or a moment. What is still to come is told after today, whatever its
day: a limit that passed unmet is waited for still, and late.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, NamedTuple


class Fact(NamedTuple):
    """One thing that happened, or is to happen, as it is told to its reader."""

    at: date | datetime
    what: str
    detail: str = ""
    # whether it is still to come
    ahead: bool = False


def nothing(records):
    """Of these records, tell the parties nothing."""
    return records.browse()


def everything(records):
    """Of these records, tell the parties all."""
    return records


class Source(NamedTuple):
    """Records that tell what happened to a file: all of one model that fit."""

    word: str
    domain: Any
    # which of the records are told to who takes part from outside
    for_parties: Callable = nothing


def find_day(at, zone):
    """Return the day of a fact for who reads it.

    :param zone: of the reader, in which a moment (in UTC) is another day
    """
    if isinstance(at, datetime):
        return zone.fromutc(at).date()
    return at


def arrange(facts, zone):
    """Return facts in order: what happened, oldest first, then what is to come.

    :param facts: anything with a :class:`Fact` as its last part
    """

    def key(told):
        fact = told[-1]
        known = isinstance(fact.at, datetime)
        # of a day, what has an hour comes first: the file is opened before all else
        moment = zone.fromutc(fact.at).time() if known else time.max
        return fact.ahead, find_day(fact.at, zone), moment

    return sorted(facts, key=key)
