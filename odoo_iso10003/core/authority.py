# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who may give up how much for the organization, without Odoo (5.3.1, 5.4).

A policy version says for each level up to which amount it decides. A limit of
``None`` is none; a level without a tier decides nothing.
"""

HANDLER, MANAGER, SPONSOR = LEVELS = ("handler", "manager", "sponsor")


def covers(limits, level, amount):
    """Return whether a level decides about an amount.

    :param limits: ``{level: limit}``
    """
    limit = limits.get(level, 0)
    return limit is None or amount <= limit


def lowest_level(limits, amount):
    """Return the first level that decides about an amount, or ``None``."""
    return next((level for level in LEVELS if covers(limits, level, amount)), None)


def is_whole(limits):
    """Return whether somebody decides about every amount."""
    return None in limits.values()


def find_falling(limits):
    """Return the first level that decides less than one below it, or ``None``."""
    least = 0
    for level in LEVELS:
        limit = limits.get(level, 0)
        if limit is not None and (least is None or limit < least):
            return level
        least = limit
    return None
