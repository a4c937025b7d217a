# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a document may ask of the engine that prints it, without Odoo.

Laying out costs more than reading: a word of 200,000 letters takes minutes, a cell
over a billion columns all the memory. :func:`check` refuses such a document before
anything of it is laid out.
"""

import base64
import binascii
import io
import re
import unicodedata
import warnings

import lxml.html
from PIL import Image, UnidentifiedImageError

from .people_text import TOO_DEEP

MAX_WORD = 2_000  # characters without a place to break the line
MAX_DEPTH = 100  # elements inside of each other
MAX_SPAN = 100  # columns or rows of one cell
MAX_PAGES = 500  # of a document
MAX_PEOPLE_PAGES = 50  # of one text of people; what is longer is a file to attach
MAX_PIXELS = 50_000_000  # of a picture; more than cameras of phones take
MAX_ALL_PIXELS = 200_000_000  # of all pictures of a document

# no others: Odoo keeps the readers of all further kinds out of its process
PICTURES = ("BMP", "GIF", "JPEG", "PNG")

LINES_A_PAGE, LETTERS_A_LINE = 45, 90
LINES = {"br", "dd", "div", "dt", "h1", "h2", "h3", "hr", "li", "p", "tr"}
FORCED_BREAK = re.compile(
    r"(?:page-)?break-(?:before|after)\s*:\s*(?:always|page|left|right|recto|verso)"
)
# a run in which no line breaks: no-break spaces are in it, and Chinese, Japanese and
# Korean letters are not, for between those a line breaks anywhere
_ANYWHERE = "\u2e80-\u2fff\u3040-\ua4cf\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_JOINERS = "\u2060\ufeff"
WORD = re.compile(
    f"(?:[^\\s\u200b{_ANYWHERE}]|[\u00a0\u2007\u202f]|[{_ANYWHERE}](?=[{_JOINERS}]))+"
)
# Thai, Lao, Burmese and Khmer are written without spaces; a line breaks between words
# that only a dictionary knows
SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
# words longer than this get places to break, that far apart
LONG_WORD, STEP = 80, 12


class BoundsError(Exception):
    """A document asks for more than it may.

    ``code`` says of what: ``word``, ``depth``, ``span``, ``pages``, ``people_pages``,
    ``pixels`` or ``all_pixels``; ``found`` and ``limit`` are numbers, ``label`` names
    the text of people in which it is, and ``excerpt`` its first words.
    """

    def __init__(self, code, found, limit, label="", excerpt=""):
        super().__init__(f"{code}: {found}, more than {limit}")
        self.code, self.found, self.limit = code, found, limit
        self.label, self.excerpt = label, excerpt


def check(text, fetch=None):
    """Refuse a document that the engine could not print in time.

    :param text: HTML
    :param fetch: as that of :func:`.pdf.render`, for the pictures in it
    :raises BoundsError: with the first thing that is over its bound
    """
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=False)
    root = lxml.html.document_fromstring(text.encode(errors="replace"), parser)
    if any("depth" in entry.message for entry in parser.error_log):
        raise BoundsError("depth", 256, MAX_DEPTH, *_tell(_deepest(root)))
    _check_depth(root)
    _check_words(root)
    _check_spans(root)
    _check_pictures(root, fetch)
    for box in root.find_class("iso10003_people"):
        _check_pages(box, "people_pages", MAX_PEOPLE_PAGES)
    _check_pages(root, "pages", MAX_PAGES)


def _tell(node):
    """Return label and first words of the text in which ``node`` is."""
    label = ""
    for parent in (node, *node.iterancestors()):
        if parent.get("data-people"):
            label = parent.get("data-people")
            break
    words = " ".join("".join(node.itertext()).split())
    return label, words[:40]


def _check_depth(root):
    for node in root.iter():
        if isinstance(node.tag, str) and node.get(TOO_DEEP):
            raise BoundsError("depth", 256, MAX_DEPTH, *_tell(node))
    node = _deepest(root)
    depth = sum(1 for _parent in node.iterancestors())
    if depth > MAX_DEPTH:
        raise BoundsError("depth", depth, MAX_DEPTH, *_tell(node))


def _deepest(root):
    """Return the element that lies deepest."""
    level = [root]
    while True:
        below = [child for node in level for child in node]
        if not below:
            return level[0]
        level = below


def _check_words(root):
    for node, text in _runs(root):
        for word in WORD.finditer(text):
            length = word.end() - word.start()
            if length > MAX_WORD:
                label, _words = _tell(node)
                raise BoundsError("word", length, MAX_WORD, label, word[0][:40])


def _runs(root):
    """Yield the texts that are laid out as one, with an element in which each is."""
    parts, start = [], root
    events = ("start", "end", "comment", "pi")
    for event, node in lxml.etree.iterwalk(root, events=events):
        if node.tag in ("style", "script") or event in ("comment", "pi"):
            parts.append((node.tail or "") if event != "start" else "")
            continue
        if node.tag in LINES or node.tag in ("td", "th", "table", "body", "pre"):
            if parts:
                yield start, "".join(parts)
            parts, start = [], node
        parts.append((node.text if event == "start" else node.tail) or "")
    yield start, "".join(parts)


def _check_spans(root):
    for cell in root.iter("td", "th", "col", "colgroup"):
        for name in ("colspan", "rowspan", "span"):
            value = cell.get(name, "").strip()
            if not re.match(r"\+?\d", value):
                continue
            digits = re.match(r"\+?(\d+)", value)[1][:18]
            if int(digits) > MAX_SPAN:
                raise BoundsError("span", int(digits), MAX_SPAN, *_tell(cell))


def _check_pages(root, code, limit):
    pages = estimate_pages(root)
    if pages > limit:
        raise BoundsError(code, pages, limit, *_tell(root))


def estimate_pages(root):
    """Return on how many sheets of A4 an element comes, at the least, about."""
    lines = breaks = 0
    for node in root.iter():
        if not isinstance(node.tag, str) or node.tag in ("style", "script"):
            continue
        own = len(node.text or "") + sum(len(child.tail or "") for child in node)
        lines += own // LETTERS_A_LINE
        # a box around boxes takes no line of its own
        lines += node.tag in LINES and (
            next(node.iterdescendants(*LINES), None) is None
            or bool((node.text or "").strip())
        )
        breaks += len(FORCED_BREAK.findall(node.get("style", "")))
    return lines // LINES_A_PAGE + breaks


# ----------------------------------------------------------------
# Pictures
# ----------------------------------------------------------------


def _check_pictures(root, fetch):
    total = 0
    for image in root.iter("img"):
        try:
            total += check_picture(_read_picture(image.get("src") or "", fetch))
        except BoundsError as error:
            error.label, error.excerpt = _tell(image)
            raise
    if total > MAX_ALL_PIXELS:
        raise BoundsError("all_pixels", total, MAX_ALL_PIXELS)


def _read_picture(address, fetch):
    head, _comma, data = address.partition(",")
    if not head.startswith("data:"):
        found = fetch and fetch(address)
        return found[0] if found else b""
    try:
        return base64.b64decode(data)
    except (binascii.Error, ValueError):
        return b""


def check_picture(content):
    """Return the number of pixels of a picture; 0 for what is no picture.

    Only its head is read.

    :raises BoundsError: when it has too many
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=PICTURES) as picture:
                pixels = picture.width * picture.height
    except Image.DecompressionBombError:
        pixels = 2 * (Image.MAX_IMAGE_PIXELS or MAX_PIXELS)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return 0
    if pixels > MAX_PIXELS:
        raise BoundsError("pixels", pixels, MAX_PIXELS)
    return pixels


# ----------------------------------------------------------------
# Places to break a line
# ----------------------------------------------------------------


def break_long_words(text):
    """Return the text with places to break its line in words like addresses.

    Without them, a long word is cut at the edge of the sheet, and takes the engine
    a time that grows with its square.
    """
    return WORD.sub(lambda word: _break_word(word[0]), text)


def _break_word(word):
    if len(word) <= LONG_WORD or SPACELESS.search(word):
        return word
    pieces, start = [], 0
    for place in range(STEP, len(word)):
        if place - start >= STEP and not unicodedata.combining(word[place]):
            pieces.append(word[start:place])
            start = place
    return "\u200b".join([*pieces, word[start:]])
