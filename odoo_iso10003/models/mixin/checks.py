# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a check ``_check_<code>(company)`` returns.

A check lives beside the records it reads and says of which records it speaks and
which of them do not hold. Those of one model are asked in one pass over its table,
see ``models/conformity/requirement_checks.py``.
"""

from dataclasses import dataclass, field

from odoo.fields import Domain
from odoo.tools import SQL

# what is kept of a check that raised, before its error
FAILED = "failed: "


@dataclass(frozen=True)
class Rule:
    """A question to the records of the model that the check belongs to.

    :param population: the records it is about
    :param broken: of these, the ones that do not hold
    :param left_out: records that are not asked, such as those under versions from
        before; how many there are is told, and they are no part of the population
    """

    population: Domain
    broken: Domain
    left_out: Domain | None = None


@dataclass(frozen=True)
class Answer:
    """A question that the check has answered by itself.

    :param population: how many records it is about; 0 is "not checked"
    :param failing: the records that do not hold, of any model
    :param value: what was found, where it is no share of records
    :param threshold: what ``value`` has to reach
    :param missing: what there must be before it can be checked, or what lacks where
        it does not hold: a code that ``iso10003.checked.line`` tells in words
    :param holding: the records that hold, where they can be shown
    :param seed: of the lot, where only a sample was looked at
    """

    population: int
    failing: object = None
    value: float | None = None
    threshold: float | None = None
    missing: str = field(default="")
    holding: object = None
    seed: str = ""


def compare(left, operator, right, days=0):
    """Return a domain that compares two columns of a record.

    :param days: calendar days added to the right side, a date
    """

    def to_sql(_model, alias, _query):
        right_side = SQL.identifier(alias, right)
        if days:
            # a date and a number is a date, which is compared as a number
            right_side = SQL("%s + %s", right_side, days)
        return SQL("%s %s %s", SQL.identifier(alias, left), SQL(operator), right_side)

    return Domain.custom(to_sql=to_sql)
