# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How answers become scores, without Odoo.

A score is the mean of the answers, each with the weight of its question, of those that
apply; beside it stands the coverage, the share of the weight that was answered at all.
A hard question that does not hold in full, or that nobody answered, caps its clause at
one half. The score of the whole is the mean of its clauses by the weight answered in
each, so that a question weighs the same wherever it stands.
"""

import re
from dataclasses import dataclass

POINTS = {"yes": 1.0, "partly": 0.5, "no": 0.0}
# the order of answers, for those who want to raise one
RANK = {"no": 0, "partly": 1, "yes": 2}
CAP = 50.0
# a text says something from so many different words and letters on
WORDS, LETTERS = 3, 12


@dataclass(frozen=True)
class Score:
    """Percentages; ``score`` is None where nothing was answered.

    :param capped: a hard question does not hold in full, or is not answered
    :param hard_open: a hard question is not answered
    :param answered: the weight of the questions that were answered
    :param applicable: the weight of those that apply
    """

    score: float | None
    coverage: float
    capped: bool
    hard_open: bool = False
    answered: float = 0.0
    applicable: float = 0.0


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
    wanted = sum(weight for _verdict, weight, _hard in applicable)
    weights = sum(weight for _verdict, weight, _hard in answered)
    hard_open = any(
        hard and verdict not in POINTS for verdict, _weight, hard in applicable
    )
    if not weights:
        return Score(None, 0.0, False, hard_open, 0.0, wanted)
    value = 100.0 * sum(POINTS[verdict] * weight for verdict, weight, _ in answered)
    value /= weights
    capped = any(hard and verdict != "yes" for verdict, _weight, hard in applicable)
    return Score(
        min(value, CAP) if capped else value,
        min(100.0, 100.0 * weights / wanted),
        capped,
        hard_open,
        weights,
        wanted,
    )


def whole(clauses):
    """Return the score of all clauses together.

    :param clauses: ``(score, weight answered, weight that applies)`` of each
    """
    answered = sum(weight for _score, weight, _wanted in clauses)
    wanted = sum(wanted for _score, _weight, wanted in clauses)
    if not answered:
        return Score(None, 0.0, False, applicable=wanted)
    value = sum(score * weight for score, weight, _wanted in clauses if weight)
    return Score(
        value / answered,
        min(100.0, 100.0 * answered / wanted),
        False,
        answered=answered,
        applicable=wanted,
    )


def find_departure(verdict, found, automatic):
    """Return how a person's answer says better than the records, or nothing.

    What the records were not asked, or had nothing to say to, counts as nothing, so
    any good answer raises it. Leaving a question out raises the rest, whoever was to
    answer it.

    :param found: what the records say
    :param automatic: whether records answer the question
    :return: ``raised``, ``excluded`` or ""
    """
    if verdict == "na":
        return "excluded"
    raised = automatic and RANK.get(verdict, -1) > RANK.get(found, 0)
    return "raised" if raised else ""


def says_something(text):
    """Whether a text has the substance of a reason: some words, not just a sign."""
    words = set(re.findall(r"[^\W\d_]{2,}", text or ""))
    return len(words) >= WORDS and sum(map(len, words)) >= LETTERS
