# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where a dispute can stand and go, without Odoo: ISO 10003:2018 clause 7.

The states are the clauses, in their order. A file goes forward one clause at a
time, may be sent back to the clause before, may end early from anywhere, and
once closed may be reopened where it was closed.
"""

from itertools import accumulate, pairwise

CLAUSES = {
    "referral": "7.2",
    "notice": "7.3",
    "evaluation": "7.4.1",
    "position": "7.4.2",
    "resolution": "7.5",
    "implementation": "7.6",
    "closed": "7.7",
}
STATES = tuple(CLAUSES)
CLOSED = STATES[-1]
OPEN_STATES = STATES[:-1]
IMPLEMENTATION = STATES[-2]

# How a dispute can be resolved (7.5.3 to 7.5.5): known before it is implemented.
RESULTS = (
    "settled_early",
    "settled_facilitated",
    "recommendation_accepted",
    "recommendation_rejected_by_us",
    "recommendation_rejected_by_complainant",
    "decision_for_complainant",
    "decision_partly",
    "decision_for_organization",
    "settled_referred_back",
    "recommendation_in_part",
    "decision_not_accepted",
    "no_agreement",
)
# Results that oblige nobody to anything: there is nothing to implement.
RESULTS_WITHOUT_DUTY = frozenset(
    {
        "recommendation_rejected_by_us",
        "recommendation_rejected_by_complainant",
        "decision_for_organization",
        "decision_not_accepted",
        "no_agreement",
    }
)
# Results that bind us to give something, be it nothing but our word.
RESULTS_THAT_BIND = frozenset(RESULTS) - RESULTS_WITHOUT_DUTY
# How a file can end without a resolution, whatever its state.
EARLY_ENDS = (
    "conceded",
    "withdrawn",
    "discontinued",
    "out_of_jurisdiction",
    "time_barred",
    "not_pursued",
    "merged",
    "duplicate",
    "declined_by_us",
    "declined_by_provider",
    "not_reached",
    "no_successor",
)
OUTCOMES = RESULTS + EARLY_ENDS
# How a file ends that a body referred back to us, and that was settled then.
SETTLED_HERE = "settled_referred_back"
# Ends where it has to be said what we pay or give up; zero is an answer.
BINDING = RESULTS_THAT_BIND | {"conceded"}

# What becomes of the claims that are still open when a file ends so.
CLAIM_ENDS = {
    "settled_early": "settled",
    "settled_facilitated": "settled",
    "recommendation_accepted": "granted",
    "recommendation_rejected_by_us": "not_decided",
    "recommendation_rejected_by_complainant": "not_decided",
    "decision_for_complainant": "granted",
    "decision_partly": "in_part",
    "decision_for_organization": "refused",
    "conceded": "conceded",
    "withdrawn": "withdrawn",
    "discontinued": "not_decided",
    "out_of_jurisdiction": "not_decided",
    "time_barred": "not_decided",
    "not_pursued": "not_decided",
    "merged": "not_decided",
    "duplicate": "not_decided",
    "settled_referred_back": "settled",
    "recommendation_in_part": "in_part",
    "decision_not_accepted": "not_decided",
    "no_agreement": "not_decided",
    "declined_by_us": "not_decided",
    "declined_by_provider": "not_decided",
    "not_reached": "not_decided",
    "no_successor": "not_decided",
}

# In whose favour each end is.
FAVOUR = {
    "settled_early": "both",
    "settled_facilitated": "both",
    "recommendation_accepted": "both",
    "recommendation_rejected_by_us": "nobody",
    "recommendation_rejected_by_complainant": "nobody",
    "decision_for_complainant": "complainant",
    "decision_partly": "both",
    "decision_for_organization": "organization",
    "conceded": "complainant",
    "withdrawn": "nobody",
    "discontinued": "nobody",
    "out_of_jurisdiction": "nobody",
    "time_barred": "nobody",
    "not_pursued": "nobody",
    "merged": "nobody",
    "duplicate": "nobody",
    "not_reached": "nobody",
    "settled_referred_back": "both",
    "recommendation_in_part": "both",
    "decision_not_accepted": "nobody",
    "no_agreement": "nobody",
    "declined_by_us": "nobody",
    "declined_by_provider": "nobody",
    "no_successor": "nobody",
}

# Where a result may be noted: an early settlement needs no proceeding.
RESULT_STATES = frozenset({"position", "resolution"})

# Who has to act first in each state, until somebody knows better.
WAITING_ON = {
    "referral": "organization",
    "notice": "organization",
    "evaluation": "organization",
    "position": "organization",
    "resolution": "provider",
    "implementation": "organization",
    "closed": False,
}


def next_state(state):
    """Return the state after ``state``, or ``None`` after the last one."""
    position = STATES.index(state) + 1
    return STATES[position] if position < len(STATES) else None


def previous_state(state):
    """Return the state before ``state``, or ``None``.

    A closed file is not sent back but reopened, which takes another right.
    """
    position = STATES.index(state)
    return None if state == CLOSED or not position else STATES[position - 1]


def step(from_state, to_state, outcome=None, agreed=()):
    """Name the way from one state to another, or ``None`` if there is none.

    :param outcome: how the file ends, where it does
    :param agreed: outcomes that end it from any state, such as what was settled here
        after a body referred it back
    :return: ``forward``, ``back``, ``early_end`` or ``reopen``
    """
    if from_state == CLOSED:
        return "reopen" if to_state in OPEN_STATES else None
    if to_state == CLOSED and (outcome in EARLY_ENDS or outcome in agreed):
        return "early_end"
    if to_state == next_state(from_state):
        return "forward"
    if to_state is not None and to_state == previous_state(from_state):
        return "back"
    return None


def seconds_per_state(moves, now):
    """Return the seconds that a file has spent in each state.

    :param moves: ``(instant, state entered)`` in their order; all instants and
        ``now`` are naive UTC or all aware
    :param now: the instant up to which the present state is counted
    """
    spent = {}
    instants = [instant for instant, _state in moves] + [now]
    # where the clock was set back, no second counts twice
    starts = list(accumulate(instants, max))
    for (_instant, state), (start, end) in zip(moves, pairwise(starts), strict=True):
        spent[state] = spent.get(state, 0) + int((end - start).total_seconds())
    return spent
