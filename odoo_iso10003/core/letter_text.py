# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The words of a file in the text of a letter, without Odoo.

A text has places such as ``{number}``. They are names from a list and nothing else, so
that whoever may write a letter may write its text: no expression is evaluated.
"""

import html
import re
from difflib import SequenceMatcher

PLACE = re.compile(r"\{([a-z_]+)\}")
GAP = re.compile("⟦([^⟦⟧]*)⟧")
# so many words in a row are no chance, where a text has that many
IN_A_ROW = 3


def find_places(text):
    """Return the names of the places in a text, each once, in their order."""
    return list(dict.fromkeys(PLACE.findall(text or "")))


def find_gaps(text):
    """Return what is still to be written by hand in a text, each once."""
    return list(dict.fromkeys(GAP.findall(text or "")))


def fill(text, words, labels):
    """Return a plain text with its words.

    A place without a word becomes a gap for who writes on: ``⟦its label⟧``.

    :param words: ``{name of a place: word}``
    :param labels: ``{name of a place: what is meant there}``
    """

    def replace(place):
        name = place[1]
        return words.get(name) or f"⟦{labels.get(name, name)}⟧"

    return PLACE.sub(replace, text or "")


def fill_html(text, words, labels):
    """Return HTML with its words, which are no HTML themselves; lines stay lines."""
    words = {name: _to_html(word) for name, word in words.items()}
    return fill(text, words, {name: _to_html(label) for name, label in labels.items()})


def _to_html(word):
    """Return a word as HTML; what says that it is some already is left as it is."""
    if hasattr(word, "__html__"):
        return str(word)
    return html.escape(word or "", quote=False).replace("\n", "<br>")


def has_words(text):
    """Return whether anything is written in HTML beside its elements."""
    return bool(re.sub(r"<[^<>]*>|&nbsp;|\s", "", text or ""))


def still_says(text, word):
    """Return whether what filled a place still stands in HTML, in the main.

    Who writes on may polish it; once half of it is gone, it is not said any more.

    :param word: HTML or plain text that filled the place
    """
    said, now = _list_words(word), _list_words(text)
    if not said:
        return False
    blocks = SequenceMatcher(None, said, now, autojunk=False).get_matching_blocks()
    least = min(IN_A_ROW, len(said))
    kept = sum(block.size for block in blocks if block.size >= least)
    return kept * 2 > len(said)


def _list_words(text):
    plain = html.unescape(re.sub(r"<[^<>]*>", " ", text or ""))
    return re.findall(r"\w+", plain.casefold())
