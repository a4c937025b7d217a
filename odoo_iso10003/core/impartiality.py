# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What speaks against somebody's being impartial in a file, without Odoo (4.9).

To add a fact: a row here, its method ``_fact_<code>`` and its row of words in
``models/participation/facts.py``.
"""

from dataclasses import dataclass

OWNER = "owner"
EVALUATOR = "evaluator"
AUTHORIZER = "authorizer"
RESOLVER = "resolver"
OURS = (OWNER, EVALUATOR, AUTHORIZER)
ALL = (*OURS, RESOLVER)
# the rule of separate duties that says how strictly a role is meant
RULE_OF = {role: f"{role}_interested" for role in ALL}

NONE = "none"
SOME = "some"

CLEAR = "clear"
FOUND = "found"
WAIVED = "waived"


@dataclass(frozen=True)
class Fact:
    """Something that is found out by itself about somebody in a file.

    :param asked: the roles for which it is looked for
    :param stands: of these, the ones that it stands against; for the others it is on
        record, and says nothing by itself or has a rule of its own
    """

    asked: tuple[str, ...]
    stands: tuple[str, ...]


FACTS = {
    # whether that matters, the rules on who handled the complaint say
    "complaint": Fact(OURS, ()),
    "wrote": Fact(OURS, (EVALUATOR,)),
    "salesperson": Fact(OURS, OURS),
    "same_body": Fact(ALL, ALL),
    "same_domain": Fact(ALL, ALL),
    "same_bank": Fact(ALL, ALL),
    "employee": Fact(ALL, ALL),
    "colleague": Fact(OURS, ()),
    "line_manager": Fact(OURS, OURS),
    "manages_handler": Fact(OURS, (EVALUATOR,)),
    "earlier_files": Fact(ALL, ()),
    "share": Fact((RESOLVER,), ()),
}

# at which everybody has an address, and which nobody owns (RFC 2606)
COMMON_DOMAINS = frozenset(
    [
        "aol.com",
        "chmail.ir",
        "example.com",
        "example.net",
        "example.org",
        "fastmail.com",
        "gmail.com",
        "gmx.com",
        "gmx.de",
        "gmx.net",
        "googlemail.com",
        "hotmail.com",
        "icloud.com",
        "live.com",
        "mac.com",
        "mail.com",
        "mail.ru",
        "mailfa.com",
        "me.com",
        "msn.com",
        "outlook.com",
        "proton.me",
        "protonmail.com",
        "web.de",
        "yahoo.co.uk",
        "yahoo.com",
        "yahoo.fr",
        "yandex.com",
        "yandex.ru",
        "ymail.com",
        "zoho.com",
    ]
)


def find_asked(role):
    """Return the codes of the facts that are looked for in a role."""
    return [code for code, fact in FACTS.items() if role in fact.asked]


def find_standing(facts, role):
    """Return those of some facts that stand against somebody in a role."""
    return [code for code in FACTS if code in facts and role in FACTS[code].stands]


def domain_of(email):
    """Return the domain of an address, if it is that of one organization."""
    domain = (email or "").strip().lower().rpartition("@")[2].strip(" >")
    return "" if domain in COMMON_DOMAINS or "." not in domain else domain


def judge(facts, role, interests):
    """Return how a declaration begins: nothing stands against it, or something."""
    stands = interests == SOME or find_standing(facts, role)
    return FOUND if stands else CLEAR
