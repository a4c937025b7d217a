# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where a legal referral can stand and go, without Odoo.

A referral runs beside a dispute and never inside its states: somebody drafts it,
somebody else approves it, it is filed, taken up, decided, and the decision is
enforced or the file closed. It may be withdrawn or settled on the way.
"""

from .ladder import Ladder

STATES = (
    "draft",
    "approved",
    "filed",
    "pending",
    "decided",
    "enforced",
    "closed",
    "settled",
    "withdrawn",
)
ENDS = frozenset({"enforced", "closed", "settled", "withdrawn"})
OPEN_STATES = tuple(state for state in STATES if state not in ENDS)
# Before an authority has it, nothing stops the claim from growing too old.
BEFORE_FILING = ("draft", "approved")
# While it is with an authority.
WITH_AUTHORITY = ("filed", "pending")

# step: (states it starts from, state it leads to)
STEPS = {
    "approve": (("draft",), "approved"),
    "send_back": (("approved",), "draft"),
    "file": (("approved",), "filed"),
    "note_filing": (("draft", "approved"), "filed"),
    "take_up": (("filed",), "pending"),
    "decide": (("filed", "pending"), "decided"),
    "enforce": (("decided",), "enforced"),
    "close": (("decided",), "closed"),
    "settle": (("approved", "filed", "pending", "decided"), "settled"),
    "withdraw": (("draft", "approved", "filed", "pending"), "withdrawn"),
}
# the plain way ahead, which a form offers first
AHEAD = {
    "draft": "approve",
    "approved": "file",
    "filed": "take_up",
    "pending": "decide",
    "decided": "close",
}
# steps that ask for a reason, because they leave the plain way
REASONED = frozenset({"send_back", "settle", "withdraw", "reopen"})
# decisions taken on the organization's side, at which the sheet is frozen
WEIGHED = frozenset({"approve", "settle", "withdraw"})


def target(step, state, ended_from=None):
    """Return where ``step`` leads from ``state``, or ``None`` if it does not.

    :param ended_from: the state in which an ended referral was ended; reopening
        leads back there
    """
    if step == "reopen":
        return ended_from if state in ENDS and ended_from in OPEN_STATES else None
    starts, end = STEPS.get(step, ((), None))
    return end if state in starts else None


# ----------------------------------------------------------------
# When to remind
# ----------------------------------------------------------------

# days between two reminders of something that stays undone
REPEAT = 7
# a limit that was let go is never silent, nor a review that nobody made
LIMIT = Ladder((10, 5, 2, 0), REPEAT)
REVIEW = Ladder((0,), REPEAT)
