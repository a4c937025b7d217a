# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a result is, whom it binds, and what a file ends with by it, without Odoo.

ISO 10003:2018, 7.5.3 to 7.5.5: a settlement is agreed, a recommendation or the view of
an adjudicator may be refused by either side, a decision binds as its scheme says.
"""

SETTLEMENT, RECOMMENDATION, VIEW, DECISION, NONE = KINDS = (
    "settlement",
    "recommendation",
    "view",
    "decision",
    "none",
)
# what a method of each kind may end with; of no known method, what needs no body
BETWEEN_US = (SETTLEMENT, NONE)
FITTING = {
    "facilitative": BETWEEN_US,
    "advisory": (*BETWEEN_US, RECOMMENDATION, VIEW),
    "determinative": (*BETWEEN_US, VIEW, DECISION),
}

# whom it binds, and whose answers decide about that
NOBODY, US, BOTH, ON_ACCEPTANCE = BINDINGS = (
    "nobody",
    "organization",
    "both",
    "acceptance",
)
OURS, THEIRS = "organization", "complainant"
DECIDING = {NOBODY: (THEIRS, OURS), ON_ACCEPTANCE: (THEIRS,), US: (), BOTH: ()}
USUAL_BINDING = {
    SETTLEMENT: BOTH,
    RECOMMENDATION: NOBODY,
    VIEW: NOBODY,
    DECISION: BOTH,
    NONE: NOBODY,
}

ACCEPTING = ("accepted", "in_part")

OPEN, EFFECTIVE, WITHOUT = "open", "effective", "without"
UNDER_REVIEW, REPLACED, SET_ASIDE = "review", "replaced", "set_aside"
# what a file can end with
HOLDING = (EFFECTIVE, UNDER_REVIEW)


def fits(kind, method_kind):
    """Return whether a method of a kind may end with such a result."""
    return kind in FITTING.get(method_kind, BETWEEN_US)


def find_deciding(kind, binding):
    """Return the sides whose answers decide whether it has an effect."""
    return () if kind in BETWEEN_US else DECIDING[binding]


def find_effect(deciding, answers):
    """Return the effect that the answers give to a result.

    :param deciding: the sides that :func:`find_deciding` named
    :param answers: ``{side: answer}`` as they count now; no answer yet is left out
    """
    given = [answers.get(side) for side in deciding]
    if "rejected" in given:
        return WITHOUT
    return OPEN if None in given else EFFECTIVE


def find_verdict(verdicts):
    """Return what several lines come to: all, nothing, or a part."""
    found = set(verdicts) - {"not_decided"}
    if not found:
        return "not_decided"
    return found.pop() if len(found) == 1 else "part"


def find_outcome(kind, effect, answers, verdict, *, settled="settled_early"):
    """Return how a file ends by this result (``core/flow.py``), or ``None``.

    :param answers: ``{side: answer}`` as they count
    :param verdict: what it says of all claims together
    :param settled: how a settlement is called there
    """
    if effect in (OPEN, REPLACED, SET_ASIDE):
        return None
    if kind == NONE:
        return "no_agreement"
    if kind == SETTLEMENT:
        return settled
    if effect == WITHOUT:
        if kind == DECISION:
            return "decision_not_accepted"
        ours = answers.get(OURS) == "rejected"
        return f"recommendation_rejected_by_{'us' if ours else 'complainant'}"
    if kind == DECISION:
        return {
            "granted": "decision_for_complainant",
            "refused": "decision_for_organization",
        }.get(verdict, "decision_partly")
    in_part = "in_part" in answers.values()
    return "recommendation_in_part" if in_part else "recommendation_accepted"


# what a result was that was only noted by how the file ends: its kind and whom it
# binds, each side's answer, and what it says of the claims
NOTED = {
    "settled_early": (SETTLEMENT, BOTH, {}, "granted"),
    "settled_facilitated": (SETTLEMENT, BOTH, {}, "granted"),
    "settled_referred_back": (SETTLEMENT, BOTH, {}, "granted"),
    "recommendation_accepted": (
        RECOMMENDATION,
        NOBODY,
        {THEIRS: "accepted", OURS: "accepted"},
        "granted",
    ),
    "recommendation_in_part": (
        RECOMMENDATION,
        NOBODY,
        {THEIRS: "accepted", OURS: "in_part"},
        "part",
    ),
    "recommendation_rejected_by_us": (
        RECOMMENDATION,
        NOBODY,
        {OURS: "rejected"},
        "not_decided",
    ),
    "recommendation_rejected_by_complainant": (
        RECOMMENDATION,
        NOBODY,
        {THEIRS: "rejected"},
        "not_decided",
    ),
    "decision_for_complainant": (DECISION, BOTH, {}, "granted"),
    "decision_partly": (DECISION, BOTH, {}, "part"),
    "decision_for_organization": (DECISION, BOTH, {}, "refused"),
    "decision_not_accepted": (
        DECISION,
        ON_ACCEPTANCE,
        {THEIRS: "rejected"},
        "not_decided",
    ),
    "no_agreement": (NONE, NOBODY, {}, "not_decided"),
}
