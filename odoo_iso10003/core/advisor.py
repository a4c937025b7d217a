# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which method suits a dispute, by a table of points, without Odoo (4.8, annex E).

For each criterion the table says how well a method suits where that criterion weighs;
for a dispute somebody says how much it weighs. Nothing is decided here: who chooses
otherwise than the first says why.
"""

from dataclasses import dataclass

AMOUNT = "amount"
CRITERIA = (
    AMOUNT,
    "relationship",
    "urgency",
    "evidence",
    "finding",
    "border",
    "enforcing",
    "people",
)
# how much a criterion weighs in a dispute
NOT, SOMEWHAT, MUCH = WEIGHTS = (0, 1, 2)
# so many reasons are told for a method, and against it
TOLD = 3


@dataclass(frozen=True)
class Advice:
    """What the table says of one method in a dispute.

    :param points: the sum; the higher, the better it suits
    :param speaks_for: criteria that add points, the strongest first
    :param speaks_against: criteria that take points, the strongest first
    """

    method: int
    points: int
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]


def weigh(table, weights):
    """Return ``{criterion: points}`` of one method, without those that give none.

    :param table: ``{criterion: points}`` of the method
    :param weights: ``{criterion: how much it weighs}`` in the dispute
    """
    weighed = {
        criterion: table.get(criterion, 0) * weights.get(criterion, NOT)
        for criterion in CRITERIA
    }
    return {criterion: points for criterion, points in weighed.items() if points}


def advise(tables, weights):
    """Return the advice on each method, the best first; equals as they came.

    :param tables: ``{method: {criterion: points}}``
    """
    advice = [
        _describe(method, weigh(table, weights)) for method, table in tables.items()
    ]
    return sorted(advice, key=lambda one: -one.points)


def _describe(method, weighed):
    # by strength, and in the order of the criteria where they are equal
    ordered = sorted(weighed, key=lambda criterion: -abs(weighed[criterion]))
    return Advice(
        method,
        sum(weighed.values()),
        tuple(one for one in ordered if weighed[one] > 0)[:TOLD],
        tuple(one for one in ordered if weighed[one] < 0)[:TOLD],
    )


def find_best(advice):
    """Return the methods that suit best; none where the table tells none apart.

    :param advice: what :func:`advise` returned
    """
    if not advice or advice[0].points == advice[-1].points:
        return () if len(advice) != 1 else (advice[0].method,)
    return tuple(one.method for one in advice if one.points == advice[0].points)
