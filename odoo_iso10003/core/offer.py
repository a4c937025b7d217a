# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The course of an offer, and which word of the other side binds, without Odoo.

ISO 10003:2018, 7.5.1: in facilitated talks each side makes offers and answers those of
the other. What was said by word alone is confirmed before anything is owed by it.
"""

DRAFT, APPROVED, MADE = "draft", "approved", "made"
COUNTERED, ACCEPTED, BY_WORD = "countered", "accepted", "by_word"
CONTESTED, REJECTED = "contested", "rejected"
LAPSED, WITHDRAWN = "lapsed", "withdrawn"

# accepted, and not known yet whether that binds
PENDING = (BY_WORD, CONTESTED)
# not at its end
OPEN = (DRAFT, APPROVED, MADE, *PENDING)

# from which states a deed leads on
FROM = {
    "make": (DRAFT, APPROVED),
    "accept": (MADE, LAPSED),
    "confirm": PENDING,
    "contest": (BY_WORD,),
    "decide": (CONTESTED,),
    "reject": (MADE,),
    "withdraw": (DRAFT, APPROVED, MADE),
}

# what binds the complainant who accepts, as the policy says
ANY, WRITTEN, SIGNED = "any", "written", "signed"
# ways by which something in writing comes by itself, once it is on file
IN_WRITING = ("email", "portal", "post")
ON_PAPER = ("post", "person", "representative")


def binds(rule, channel, shown):
    """Return whether an acceptance binds, by the way on which it came.

    :param rule: which the policy names
    :param shown: whether what shows it is on file: the mail, or the signed paper
    """
    if rule == ANY:
        return True
    ways = ON_PAPER if rule == SIGNED else (*IN_WRITING, *ON_PAPER)
    return bool(shown) and channel in ways
