# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Complaints that tell of the same, found by their words, without Odoo.

A text is the list of its stems: the beginnings of its words, folded as references
are, so that neither endings, nor ي and ی, nor case make a difference. A stem weighs
the more the fewer texts have it and the more often its text has it. Two texts are as
similar as the weight of what they share is to the weight of what they have (the
cosine), and a short text less than a long one: what two of three words say is little.
A group is a text with those that are similar to it, and no chain leads from member to
member.
"""

import math
import re
from collections import Counter, namedtuple
from itertools import combinations

from .reference import fold_reference

# how similar texts are at least that are said to tell of the same …
LEAST = 0.16
# … and how many stems they share
SHARED = 3
# … and how many a group has in common: fewer are a name, or a turn of speech
IN_COMMON = 4
# the beginning of a word that is compared, and the words that join sentences
STEM, SHORT = 6, 3
# a stem that more of the texts have than this part says nothing about one of them,
# unless they are so few that a part says nothing itself
COMMON, FEW = 0.25, 50
# in whichever order a computer adds up, so far it comes to the same
DIGITS = 6
# so much of the average length is added to each
SMOOTH = 0.3
# so many stems are looked for at once
TELLING = 4
# letters, with the marks on them and what joins them
WORD = re.compile(r"[^\W\d_][\w\u064b-\u065f\u0670\u200c]*")

Group = namedtuple("Group", "leader members stems")
Match = namedtuple("Match", "key score stems")


def list_stems(text):
    """Return the stems of a text in its order, as often as it has them."""
    return [stem for _word, stem in _walk(text)]


def name_stems(text):
    """Return ``{stem: the first word that has it}``, for people to read."""
    named = {}
    for word, stem in _walk(text):
        named.setdefault(stem, word)
    return named


def _walk(text):
    for word in WORD.findall(text or ""):
        folded = fold_reference(word)
        # one sign repeated stands for what was blotted out
        if len(folded) > SHORT and len(set(folded)) > 1:
            yield word, folded[:STEM]


def count_stems(texts):
    """Return in how many texts each stem is."""
    return Counter(stem for stems in texts for stem in set(stems))


def choose_telling(stems, counts, total, most=TELLING):
    """Return the stems by which texts like this one are looked for, rarest first.

    One that nobody has counted yet comes last: a slip of the pen, or a name.
    """
    least, limit = find_limits(total)
    stems = set(stems)
    known = [stem for stem in stems if least <= counts.get(stem, 0) <= limit]
    unknown = [stem for stem in stems if stem not in counts]
    known.sort(key=lambda stem: (counts[stem], stem))
    unknown.sort(key=lambda stem: (-len(stem), stem))
    return (known + unknown)[:most]


def find_limits(total):
    """Return how many texts at least and at most have a stem that says something.

    Among many texts, what only two share is chance more often than it is a cause.
    """
    return (2 if total <= FEW else 3), max(FEW, total * COMMON)


class Weights:
    """How much the stems of texts say, and how similar that makes them.

    :param counts: in how many texts each stem is
    :param total: how many texts there are
    """

    def __init__(self, counts, total):
        self.counts = counts
        self.total = max(total, *counts.values(), 2) if counts else max(total, 2)
        self.least, self.limit = find_limits(self.total)

    def weigh(self, stem, often=1):
        # what nobody has counted yet is new, and as telling as what is rare
        count = self.counts.get(stem, self.least)
        if not self.least <= count <= self.limit:
            return 0
        return math.log((self.total + 1) / count) * (1 + math.log(often))

    def pack(self, stems):
        """Return ``{stem: weight}`` of a text, without what says nothing."""
        packed = {stem: self.weigh(stem, n) for stem, n in Counter(stems).items()}
        return {stem: weight for stem, weight in packed.items() if weight > 0}


def compare(stems, others, weights, least=LEAST):
    """Return those of the others that tell of the same, the nearest first.

    :param others: ``{key: stems}``
    :param weights: :class:`Weights`
    """
    own = weights.pack(stems)
    packed = {key: weights.pack(theirs) for key, theirs in others.items()}
    smooth = _smooth([own, *packed.values()])
    found = []
    for key, theirs in packed.items():
        shared = own.keys() & theirs.keys()
        if len(shared) < SHARED:
            continue
        both = math.sqrt((_square(own) + smooth) * (_square(theirs) + smooth))
        weight = sum(own[stem] * theirs[stem] for stem in shared)
        score = round(weight / both, DIGITS)
        if score >= least:
            found.append(Match(key, score, _by_weight(shared, own, theirs)))
    return sorted(found, key=lambda match: (-match.score, match.key))


def _square(packed):
    return math.fsum(weight * weight for weight in packed.values())


def _smooth(texts):
    return SMOOTH * math.fsum(map(_square, texts)) / len(texts)


def _by_weight(stems, own, theirs):
    return sorted(stems, key=lambda stem: (-own[stem] * theirs[stem], stem))


def group(texts, size, kinds=None, least=LEAST):
    """Return the groups of texts that tell of the same, the most alike first.

    :param texts: ``{key: stems}``
    :param size: how many texts make a group
    :param kinds: ``{key: kind}``; texts of different kinds are in no group together
    :return: :class:`Group`; its members are keys with their similarity to the leader,
        the nearest first, its stems those that half of them share with the leader
    """
    weights = Weights(count_stems(texts.values()), len(texts))
    packed = {key: weights.pack(stems) for key, stems in texts.items()}
    near = _find_near(packed, kinds or {}, least)
    groups, free = [], set(texts)
    while free:
        leader = max(free, key=lambda key: (_pull(near[key], free, size), key))
        members = [one for one in near[leader].items() if one[0] in free]
        if len(members) + 1 < size:
            free.discard(leader)  # nobody else draws them, either
            continue
        members.sort(key=lambda member: (-member[1], member[0]))
        stems = _find_shared(leader, members, packed)
        if len(stems) < IN_COMMON:
            free.discard(leader)
            continue
        groups.append(Group(leader, members, stems))
        free -= {leader, *dict(members)}
    return sorted(groups, key=lambda one: (-_hold_together(one), one.leader))


def _find_near(packed, kinds, least):
    """Return ``{key: {key of one near enough: similarity}}``, both ways."""
    smooth = _smooth(packed.values()) if packed else 0
    lengths = {key: math.sqrt(_square(own) + smooth) for key, own in packed.items()}
    having = {}
    for key, own in packed.items():
        for stem in own:
            having.setdefault((kinds.get(key), stem), []).append(key)
    scores, shared = Counter(), Counter()
    for (_kind, stem), keys in having.items():
        for one, other in combinations(keys, 2):
            scores[one, other] += packed[one][stem] * packed[other][stem]
            shared[one, other] += 1
    near = {key: {} for key in packed}
    for (one, other), weight in scores.items():
        score = round(weight / (lengths[one] * lengths[other]), DIGITS)
        if score >= least and shared[one, other] >= SHARED:
            near[one][other] = near[other][one] = score
    return near


def _hold_together(one):
    """Return how similar the members of a group are to its leader, on the average."""
    scores = [score for _key, score in one.members]
    return round(math.fsum(scores) / len(scores), DIGITS)


def _pull(near, free, size):
    """Return how strongly a text draws its nearest ones that are free."""
    drawn = sorted((score for key, score in near.items() if key in free), reverse=True)
    return (len(drawn) + 1 >= size, sum(drawn[:5]))


def _find_shared(leader, members, packed):
    """Return the stems that half of the members share with their leader."""
    own = packed[leader]
    counts = Counter(stem for key, _score in members for stem in packed[key])
    shared = [stem for stem in own if 2 * counts[stem] >= len(members)]
    return sorted(shared, key=lambda stem: (-own[stem] * counts[stem], stem))
