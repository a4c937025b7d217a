# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How much is asked of a file, by what is at stake in it, without Odoo (4.8, 4.15).

A policy version has tracks, one above the other. The lowest holds every file; a file
is on a higher one when one of its criteria holds. So each file finds a track.
"""

from dataclasses import dataclass

SMALL, STANDARD, SERIOUS = LEVELS = ("small", "standard", "serious")
# from which one of these on, where a criterion names one
SEVERITIES = ("0", "1", "2", "3")


@dataclass(frozen=True)
class Facts:
    """What is at stake in a file, as far as it is known.

    :param amount: claimed, in the money of the criteria; ``None`` where nobody can say
        how much it is, which is taken for more than any amount
    """

    amount: float | None = 0
    severity: str = ""
    method: str = ""
    complainant_type: str = ""


@dataclass(frozen=True)
class Criterion:
    """What lets a file be on a track at least; what is not given is not asked.

    :param amount: from this amount on
    :param severity: from this severity on
    """

    amount: float = 0
    severity: str = ""
    method: str = ""
    complainant_type: str = ""

    def says_something(self):
        return bool(
            self.amount or self.severity or self.method or self.complainant_type
        )

    def holds(self, facts):
        return (
            self.says_something()
            and self._reaches_amount(facts.amount)
            and self._reaches_severity(facts.severity)
            and self.method in ("", facts.method)
            and self.complainant_type in ("", facts.complainant_type)
        )

    def _reaches_amount(self, amount):
        return not self.amount or amount is None or amount >= self.amount

    def _reaches_severity(self, severity):
        if not self.severity:
            return True
        # what nobody assessed yet reaches nothing
        return bool(severity) and severity >= self.severity


@dataclass(frozen=True)
class Track:
    """What is asked of the files on it.

    :param people: so many people of ours look at a file before we take a position
    :param merges: evaluation and position are one step
    """

    level: str
    people: int = 0
    merges: bool = False
    criteria: tuple[Criterion, ...] = ()


# What policy versions begin with. No amount is made up: which ones count is the
# organization's to say.
SHIPPED = (
    Track(SMALL, people=2, merges=True),
    Track(
        STANDARD,
        people=2,
        criteria=(
            Criterion(severity="1"),
            Criterion(method="determinative"),
            Criterion(complainant_type="other"),
        ),
    ),
    Track(SERIOUS, people=3, criteria=(Criterion(severity="2"),)),
)


def is_above(level, other):
    """Return whether a track is heavier than another one."""
    return LEVELS.index(level) > LEVELS.index(other)


def sort_tracks(tracks):
    """Return tracks in their order, the lowest first."""
    return sorted(tracks, key=lambda track: LEVELS.index(track.level))


def find_level(tracks, facts):
    """Return the level of the highest track on which a file has to be.

    :param tracks: of one version, one or more
    """
    lowest, *others = sort_tracks(tracks)
    held = [
        track.level
        for track in others
        if any(criterion.holds(facts) for criterion in track.criteria)
    ]
    return held[-1] if held else lowest.level


def find_unreached(tracks):
    """Return the levels above the lowest that no file comes to."""
    return [
        track.level
        for track in sort_tracks(tracks)[1:]
        if not any(criterion.says_something() for criterion in track.criteria)
    ]
