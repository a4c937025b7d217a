# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How answers become scores, without Odoo.

A clause scores the mean of its answers, of those that apply; beside the score stands
the coverage, the part that was answered at all. A hard question that does not hold
in full caps its clause at one half.
"""

from dataclasses import dataclass

POINTS = {"yes": 1.0, "partly": 0.5, "no": 0.0}
# the order of answers, for those who want to raise one
RANK = {"no": 0, "partly": 1, "yes": 2}
CAP = 50.0


@dataclass(frozen=True)
class Score:
    """Percentages; ``score`` is None where nothing was answered."""

    score: float | None
    coverage: float
    capped: bool


def judge(population, failing, target=100.0, partly_from=80.0):
    """Return verdict and share in percent of what holds.

    :return: ``unchecked`` for an empty population, never ``yes``
    """
    if not population:
        return "unchecked", None
    share = 100.0 * (population - failing) / population
    if not failing or share >= target:
        return "yes", share
    return ("partly" if share >= partly_from else "no"), share


def score(answers):
    """Return the score of a clause.

    :param answers: ``(verdict, weight, hard)`` of each question
    """
    applicable = [answer for answer in answers if answer[0] != "na"]
    answered = [answer for answer in applicable if answer[0] in POINTS]
    weights = sum(weight for _verdict, weight, _hard in answered)
    if not weights:
        return Score(None, 0.0, False)
    value = 100.0 * sum(POINTS[verdict] * weight for verdict, weight, _ in answered)
    value /= weights
    capped = any(hard and verdict != "yes" for verdict, _weight, hard in answered)
    coverage = 100.0 * len(answered) / len(applicable)
    return Score(min(value, CAP) if capped else value, coverage, capped)


def is_raised(verdict, found):
    """Say whether a person's verdict is better than what the records showed.

    Whatever was not checked counts as nothing, so any good answer raises it.
    """
    return RANK.get(verdict, -1) > RANK.get(found, 0)
