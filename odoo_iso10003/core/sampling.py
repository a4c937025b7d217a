# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which files an audit looks at, without Odoo: drawn by rule, drawn again alike.

The order of the lots is the SHA-256 of seed and key, so that the same seed draws the
same files on any machine, in any version of Python, in whatever order they come.
"""

import hashlib
from dataclasses import dataclass
from math import isqrt

MINIMUM = 5


@dataclass(frozen=True)
class File:
    """A file that may be drawn.

    :param key: what names it for ever, such as its number
    :param stratum: the group it is drawn in
    :param major: it is looked at in any case
    :param part: of each part of all files, such as those that are closed, one is
        drawn at least
    """

    key: str
    stratum: str = ""
    major: bool = False
    part: str = ""


def size(population, minimum=MINIMUM):
    """Return how many of ``population`` files are drawn: √n, but not too few."""
    root = isqrt(population)
    root += root * root < population  # rounded up
    return min(population, max(minimum, root))


def draw(files, seed, minimum=MINIMUM):
    """Return the files drawn, in the order of their lots.

    All major files, and of the others so many that √n are reached, shared out to the
    strata by their size.

    :raises ValueError: without a seed, without files, or with a key given twice
    """
    files = list(files)
    if not seed:
        raise ValueError("a sample needs a seed")
    if not files:
        raise ValueError("there is nothing to draw from")
    if len({file.key for file in files}) != len(files):
        raise ValueError("a file is there twice")
    drawn = [file for file in files if file.major]
    missing = max(0, size(len(files), minimum) - len(drawn))
    strata = {}
    for file in files:
        if not file.major:
            strata.setdefault(file.stratum, []).append(file)
    for stratum, count in _share_out(strata, missing, seed).items():
        lots = sorted(strata[stratum], key=lambda file: lot(file.key, seed))
        drawn += lots[:count]
    drawn += _represent(files, drawn, seed)
    return sorted(drawn, key=lambda file: lot(file.key, seed))


def _represent(files, drawn, seed):
    """Return the first lot of each part of which no file was drawn."""
    missing = {}
    there = {file.part for file in drawn}
    for file in sorted(files, key=lambda file: lot(file.key, seed)):
        if file.part not in there:
            missing.setdefault(file.part, file)
    return list(missing.values())


def lot(key, seed):
    """Return the place of a key among all keys, for this seed."""
    return hashlib.sha256(f"{seed}\n{key}".encode()).hexdigest(), key


def _share_out(strata, count, seed):
    """Share ``count`` out by size; what is left goes to the largest remainders."""
    total = sum(map(len, strata.values()))
    count = min(count, total)
    shares = {name: count * len(files) // total for name, files in strata.items()}
    by_remainder = sorted(
        strata,
        key=lambda name: (-(count * len(strata[name]) % total), lot(name, seed)),
    )
    for name in by_remainder[: count - sum(shares.values())]:
        shares[name] += 1
    return shares
