# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where a proceeding before a body can stand and go, without Odoo (7.5).

Somebody proposes it, the other side answers, the body admits it and leads it; it may
stand still, and it ends in one of few ways. What happened elsewhere is recorded as it
happened, so a step may leave out what a body leaves out.
"""

STATES = ("proposed", "answered", "admitted", "running", "stayed", "ended")
ENDED = STATES[-1]
OPEN_STATES = STATES[:-1]
# A body has it in hand,
PENDING = frozenset({"admitted", "running", "stayed"})
# … and deals with it: the same claim in two of these is pending twice.
IN_HAND = PENDING - {"stayed"}

# step: (states it starts from, state it leads to)
STEPS = {
    "answer": (("proposed",), "answered"),
    "admit": (("proposed", "answered"), "admitted"),
    "begin": (("proposed", "answered", "admitted"), "running"),
    "stay": (("admitted", "running"), "stayed"),
    "resume": (("stayed",), "running"),
    "end": (OPEN_STATES, ENDED),
}
# the plain way ahead, which a form offers first
AHEAD = {
    "proposed": "answer",
    "answered": "admit",
    "admitted": "begin",
    "running": "end",
    "stayed": "resume",
}
# steps that ask for a reason, because they leave the plain way
REASONED = frozenset({"stay", "reopen"})

# How it ends: by what it was for,
RESULTS = ("agreement", "no_agreement", "recommendation", "decision")
# … without that,
OTHER_ENDS = (
    "not_admitted",
    "declined_organization",
    "declined_complainant",
    "withdrawn",
    "discontinued",
    "passed_on",
)
ENDS = RESULTS + OTHER_ENDS
# … and why, where that is wanted to be known.
GROUNDS = {
    "not_admitted": ("not_competent", "late", "too_small", "elsewhere", "unfounded"),
    "discontinued": ("fee", "silence", "not_reached"),
}
# What a method of each kind can bring about; sides may agree at any time.
FITTING = {
    "facilitative": frozenset({"agreement", "no_agreement"}),
    "advisory": frozenset({"agreement", "no_agreement", "recommendation"}),
    "determinative": frozenset(RESULTS) - {"no_agreement"},
}
# Ends after which the same body may lead the matter on, by its next step.
LEADING_ON = frozenset(RESULTS)


# By which kind of result it ended so.
END_OF_KINDS = {
    "settlement": "agreement",
    "recommendation": "recommendation",
    "view": "recommendation",
    "decision": "decision",
    "none": "no_agreement",
}
# Which kind of result it most often is that such an end brought.
KIND_OF_ENDS = {end: kind for kind, end in END_OF_KINDS.items() if kind != "view"}
# How what had no proceeding ended, by the result that was noted.
END_OF_RESULTS = {
    "settled_early": "agreement",
    "settled_facilitated": "agreement",
    "recommendation_accepted": "recommendation",
    "recommendation_rejected_by_us": "recommendation",
    "recommendation_rejected_by_complainant": "recommendation",
    "decision_for_complainant": "decision",
    "decision_partly": "decision",
    "decision_for_organization": "decision",
}


def target(step, state, ended_from=None):
    """Return where ``step`` leads from ``state``, or ``None`` if it does not.

    :param ended_from: the state in which an ended proceeding was ended; reopening
        leads back there
    """
    if step == "reopen":
        return ended_from if state == ENDED and ended_from in OPEN_STATES else None
    starts, end = STEPS.get(step, ((), None))
    return end if state in starts else None


def fits(kind, end):
    """Return whether a method of a kind can end so."""
    return end in OTHER_ENDS or end in FITTING.get(kind, RESULTS)
