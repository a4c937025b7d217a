# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What people wrote, made fit for a page that is not theirs, without Odoo.

:func:`clean` is the only way from HTML of people to a page, a mail or the portal:
their words, in paragraphs, lists and tables, and nothing that could move, cover,
hide or fetch anything. :func:`to_html` is the way from plain words to HTML: it keeps
every one of them, also ``<roya@example.com>``.
"""

import html
import re
import unicodedata
from urllib.parse import urlsplit

import lxml.html

# elements that stay what they are
BLOCKS = {
    "blockquote", "br", "caption", "dd", "div", "dl", "dt", "hr", "li", "ol", "p",
    "pre", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
INLINE = {
    "a", "b", "bdi", "code", "del", "em", "i", "img", "ins", "kbd", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "u", "wbr",
}  # fmt: skip
# elements with an outline, a place or a shape of their own, as what they are in a text
MEANT = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "strong"),
    **dict.fromkeys(
        (
            "address", "article", "aside", "body", "center", "details", "dialog",
            "fieldset", "figcaption", "figure", "footer", "form", "header", "html",
            "legend", "main", "nav", "section", "summary",
        ),
        "div",
    ),
}  # fmt: skip
# what is no text, with all that is in it
DROPPED = {
    "applet", "area", "audio", "base", "basefont", "bgsound", "canvas", "embed",
    "frame", "frameset", "iframe", "input", "link", "map", "math", "meta", "noframes",
    "noscript", "object", "param", "script", "source", "style", "svg", "template",
    "track", "video",
}  # fmt: skip
PICTURE_DATA = re.compile(r"data:image/(?:png|jpe?g|gif|bmp);base64,[\w+/=\s]+\Z")
# a longer one is cut off by the readers of HTML that come after this one
MAX_PICTURE_DATA = 5_000_000
WEB = re.compile(r"https?://([\w.-]+)(?::\d+)?(?:[/?#][^\s\\]*)?\Z", re.IGNORECASE)
MAIL = re.compile(r"(?:mailto|tel):[^\s\\<>]+\Z", re.IGNORECASE)
NUMBER = re.compile(r"\d{1,18}\Z", re.ASCII)
DIRECTIONS = {"ltr", "rtl", "auto"}
# the mark of a text whose elements lie deeper than it can be read
TOO_DEEP = "data-too-deep"


def clean(text, label="", own_hosts=(), find_picture=None, missing="[…]"):
    """Return what people wrote as harmless HTML, in a box of its own.

    :param text: HTML as it is stored; never trusted
    :param label: what the text is called, for those who are told to shorten it
    :param own_hosts: names of our own servers, to which no link of people leads
    :param find_picture: function of an address; it returns the address under which
        the picture is shown, or None when it is none of the file
    :param missing: what stands in the place of a picture that is not shown
    """
    box = f'<div class="iso10003_people" data-people="{html.escape(label)}"'
    body = _read(text)
    if body is None:
        return f'{box} {TOO_DEEP}="1">{_as_lines(_strip(text))}</div>'
    for node in list(body.iter()):
        if node is body:
            continue
        if not isinstance(node.tag, str) or node.tag in DROPPED:
            node.drop_tree()
        else:
            _clean_element(node, own_hosts, find_picture, missing)
    return f"{box}>{_inner_html(body)}</div>"


def _read(text):
    """Return the body of a text, or None where its elements lie too deep.

    libxml2 drops all that comes after the 256th level without a word, and all that
    comes after the end of a body.
    """
    text = re.sub(r"(?i)</(?:body|html)\b[^<>]*>", "", text.replace("\0", ""))
    parser = lxml.html.HTMLParser(encoding="utf-8")
    source = f"<!DOCTYPE html><html><body>{text}"
    root = lxml.html.document_fromstring(source.encode(errors="replace"), parser)
    if any("depth" in entry.message for entry in parser.error_log):
        return None
    return root.find("body")


def _strip(text):
    """Return the words of a text whose elements nobody can follow."""
    text = re.sub(r"(?is)<(script|style)\b.*?</\1\s*>", "", text)
    text = re.sub(r"(?i)<(?:br|/?p|/?div|/?li|/?tr)\b[^<>]*>", "\n", text)
    return html.unescape(re.sub(r"<[^<>]*>", "", text))


def _inner_html(body):
    parts = [html.escape(body.text or "", quote=False)]
    parts += [lxml.html.tostring(child, encoding="unicode") for child in body]
    return "".join(parts)


def _clean_element(node, own_hosts, find_picture, missing):
    written = dict(node.attrib)
    node.attrib.clear()
    heading = MEANT.get(node.tag) == "strong"
    if node.tag not in BLOCKS and node.tag not in INLINE:
        node.tag = MEANT.get(node.tag, "span")
    if written.get("dir", "").lower() in DIRECTIONS:
        node.set("dir", written["dir"].lower())
    if node.tag in ("td", "th"):
        for name in ("colspan", "rowspan"):
            if NUMBER.match(written.get(name, "")):
                node.set(name, written[name])
    elif node.tag == "a":
        address = written.get("href", "").strip()
        if _leads_outside(address, own_hosts):
            node.set("href", address)
        else:
            node.tag = "span"
    elif node.tag == "img":
        _clean_picture(node, written, find_picture, missing)
    if heading:
        _make_paragraph(node)


def _make_paragraph(node):
    paragraph = lxml.html.Element("p")
    paragraph.tail, node.tail = node.tail, None
    node.getparent().replace(node, paragraph)
    paragraph.append(node)


def _clean_picture(node, written, find_picture, missing):
    address, words = written.get("src", "").strip(), written.get("alt", "").strip()
    if len(address) <= MAX_PICTURE_DATA and PICTURE_DATA.match(address):
        shown = address
    else:
        shown = find_picture(address) if find_picture and address else None
    if shown:
        node.set("src", shown)
        node.set("alt", words)
    else:
        node.tag = "span"
        node.text = f"[{words}]" if words else missing


def _leads_outside(address, own_hosts):
    """Whether a link leads to somebody else: a whole address, and not one of ours."""
    if MAIL.match(address):
        return True
    found = WEB.match(address)
    if not found:
        return False
    host = _plain_host(found[1])
    own = {_plain_host(name) for name in own_hosts}
    return "." in host and not host.replace(".", "").isdigit() and host not in own


def _plain_host(name):
    """Return a host's name as a browser compares it."""
    name = urlsplit(f"//{name}").hostname or ""
    return unicodedata.normalize("NFKC", name).casefold().rstrip(".")


# ----------------------------------------------------------------
# Plain words
# ----------------------------------------------------------------

# what people mean when they write a tag; the others are words in angle brackets
TAGS = BLOCKS | INLINE | set(MEANT) | {"font", "strike", "title", "head", "style"}
VOID = {"br", "hr", "img", "wbr"}
# whose end may be left out
OPEN = {"p", "li", "td", "th", "tr", "dt", "dd", "tbody", "thead", "tfoot"}
ATTRIBUTE = r"""\s+[\w:-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=]+)"""
TAG = re.compile(rf"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:{ATTRIBUTE})*)\s*/?>")


def find_tags(text):
    """Return the tags in a text, as matches: what is markup, and no word in brackets.

    ``<roya@example.com>``, ``<all of it>`` and ``a <b and c> d`` are words; ``<b>`` is
    a tag when its end is there too.
    """
    found = [match for match in TAG.finditer(text) if match[2].lower() in TAGS]
    ended = {match[2].lower() for match in found if match[1]}
    begun = {match[2].lower() for match in found if not match[1]}
    return [
        match
        for match in found
        if match[2].lower() in VOID | OPEN
        or match[2].lower() in (begun if match[1] else ended)
    ]


def to_html(text):
    """Return words that came from elsewhere as HTML: not one is lost.

    What is no markup is escaped. Lines are kept, unless the text has paragraphs of
    its own.
    """
    tags = find_tags(text)
    if not tags:
        return _as_lines(text)
    escaped, place = [], 0
    for tag in tags:
        escaped += [_escape_brackets(text[place : tag.start()]), tag[0]]
        place = tag.end()
    escaped.append(_escape_brackets(text[place:]))
    whole = "".join(escaped)
    if {tag[2].lower() for tag in tags} <= INLINE | VOID:
        return re.sub(r"\r\n|\r|\n", "<br>", whole)
    return whole


def _escape_brackets(words):
    # beside markup, &amp; is markup as well
    return words.replace("<", "&lt;").replace(">", "&gt;")


def _as_lines(text):
    """Return plain text as paragraphs with their lines."""
    paragraphs = re.split(r"\n[ \t]*(?:\n[ \t]*)+", re.sub(r"\r\n?", "\n", text))
    return "".join(
        "<p>{}</p>".format(html.escape(part, quote=False).replace("\n", "<br>"))
        for part in paragraphs
        if part.strip()
    )
