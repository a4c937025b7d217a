# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Turn HTML into PDF with WeasyPrint, without Odoo and without a network.

The caller gives whole HTML pages and fragments that run along on each sheet
(:class:`Document`), the sheet (:class:`Sheet`), and a function that finds what the
HTML refers to. Page numbers appear in the elements where Odoo's layouts expect
them: ``<span class="page"/>`` and ``<span class="topage"/>``.
"""

import functools
import logging
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urljoin

import lxml.html

from . import exhibit, solar_hijri
from .bounds import break_long_words

_logger = logging.getLogger(__name__)

# Only a base to resolve relative addresses against: nothing is ever asked from it.
BASE_URL = "http://localhost"

# for the archive, tagged, with whatever language it is in (ISO 19005-3, level A)
VARIANT = "pdf/a-3a"

# Latin fonts have no Arabic letters, and what the machine then falls back to is an
# accident. The first of these that is installed writes right-to-left text. (Not Noto
# Naskh Arabic: WeasyPrint gets the Urdu forms of the digits 6 and 7 from it.)
RTL_FONTS = (
    "Vazirmatn",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Lato",
    "DejaVu Sans",
    "sans-serif",
)

# Made for a browser window or for wkhtmltopdf; on paged media they cut the document
# off after its first page, or make it narrower than the sheet.
SCREEN_CLASSES = {"container", "overflow-hidden", "overflow-x-hidden"}

CSS = """
@page {
  size: %(size)s;
  margin: %(margins)s;
  @top-center { content: element(running-header); width: 100%%; vertical-align: top }
  @bottom-center {
    content: element(running-footer); width: 100%%; vertical-align: bottom
  }
}
.running-header { position: running(running-header); width: 100%% }
.running-footer { position: running(running-footer); width: 100%% }
span.page::after { content: counter(page) }
span.topage::after { content: counter(pages) }
span.page:lang(fa)::after { content: counter(page, persian) }
span.topage:lang(fa)::after { content: counter(pages, persian) }
[dir=rtl] .header, [dir=rtl] .article, [dir=rtl] .footer { font-family: %(rtl_fonts)s }
"""


class PdfError(Exception):
    """The document could not be made into a PDF."""


@dataclass(frozen=True)
class Sheet:
    """The paper: ``size`` as CSS names or measures it, and margins in millimetres."""

    size: str = "A4"
    top: float = 20
    right: float = 15
    bottom: float = 20
    left: float = 15

    def css(self):
        """Return the style sheet that lays a document out on this paper."""
        margins = (self.top, self.right, self.bottom, self.left)
        return CSS % {
            "size": self.size,
            "margins": " ".join(f"{margin:g}mm" for margin in margins),
            "rtl_fonts": ", ".join(
                font if font == "sans-serif" else f'"{font}"' for font in RTL_FONTS
            ),
        }


@dataclass(frozen=True)
class Document:
    """One document of a print; its pages are numbered from 1.

    ``body`` is a whole HTML page with its style sheets, ``header`` and ``footer``
    are fragments repeated on every sheet, ``language`` is a BCP 47 tag.
    """

    body: str
    header: str = ""
    footer: str = ""
    language: str = "en"
    rtl: bool = False
    title: str = ""


@functools.cache
def _weasyprint():
    """Return the library, imported when first needed, or None without it."""
    # It warns of every rule made for browsers, hundreds of them a document.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    try:
        import weasyprint
    except (ImportError, OSError) as error:  # OSError: the library without Pango
        _logger.info("WeasyPrint cannot be used: %s", error)
        return None
    return weasyprint


def is_available():
    """Say whether this machine can make PDFs."""
    return _weasyprint() is not None


def render(documents, sheet, fetch):
    """Return one PDF, as bytes, with all ``documents`` one after the other.

    The PDF is tagged, so that a screen reader can read it, and fit to be kept for
    years (PDF/A), unless files from elsewhere follow. Its outline is made of the
    headings when there is one document. Where an element says ``data-numbered``,
    appended pages bear their numbers in the whole.

    :param fetch: function of an address, as the HTML has it but absolute; it
        returns the content as bytes and its MIME type, or None when there is no
        such thing or it shall not be had. What it raises reaches the caller.
    :raises PdfError: when WeasyPrint is missing or fails, or a style sheet is missing
    """
    weasyprint = _weasyprint()
    if weasyprint is None:
        raise PdfError("WeasyPrint is not installed, or it does not find Pango.")
    fetcher = _fetcher(fetch)
    fonts = weasyprint.text.fonts.FontConfiguration()
    options = {"pdf_tags": True, "font_config": fonts}

    @functools.cache  # reading Bootstrap takes longer than laying out a document
    def style_sheet(address):
        return weasyprint.CSS(
            url=urljoin(BASE_URL, address), url_fetcher=fetcher, font_config=fonts
        )

    appended = {}
    numbered = any("data-numbered" in document.body for document in documents)

    def lay_out(document):
        page = _page(document, sheet, outline=len(documents) == 1)
        appended.update(page.appended)
        html = weasyprint.HTML(string=page.html, base_url=BASE_URL, url_fetcher=fetcher)
        sheets = [style_sheet(address) for address in page.style_sheets]
        return html.render(stylesheets=sheets, **options)

    try:
        laid_out = [lay_out(document) for document in documents]
        pages = [page for part in laid_out for page in part.pages]
        # files from elsewhere may not be as PDF/A wants them: then it is not claimed
        variant = None if appended else VARIANT
        whole = laid_out[0].copy(pages)
        content = whole.write_pdf(pdf_tags=True, pdf_variant=variant)
        exhibits = _fetch_exhibits(pages, appended, fetch)
        if numbered:
            exhibits = _number_through(exhibits, documents[0].language)
        return exhibit.insert(content, exhibits) if exhibits else content
    except PdfError:
        raise
    except weasyprint.urls.FatalURLFetchingError as error:
        raise error.__cause__ from None
    except Exception as error:
        raise PdfError(f"WeasyPrint failed: {error}") from error


def _fetcher(fetch):
    """Return WeasyPrint's view of ``fetch``: no network, and no silent failures."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):
        def fetch(self, url, headers=None):
            if url.startswith("data:"):
                return super().fetch(url, headers)
            found = fetch(url)
            if found is None:
                if url.partition("?")[0].endswith(".css"):
                    raise PdfError(f"The style sheet {url} was not found.")
                _logger.debug("%s was not found; printing goes on without it", url)
                return URLFetcherResponse(url, b"")
            content, mimetype = found
            return URLFetcherResponse(url, content, {"Content-Type": mimetype})

    return Fetcher(allowed_protocols=["data"], fail_on_errors=True)


def _fetch_exhibits(pages, appended, fetch):
    """Return ``[(page, pdf)]``: what follows which page, as its HTML wants it.

    :param pages: what was laid out, which knows the ids on each page
    :param appended: ``{id: address}``
    """
    exhibits = []
    for number, page in enumerate(pages):
        for name in appended.keys() & page.anchors.keys():
            found = fetch(urljoin(BASE_URL, appended[name]))
            if found is None:
                raise PdfError(f"The file {appended[name]} was not found.")
            try:
                exhibits.append((number, exhibit.make_pages(found[0])[0]))
            except exhibit.ExhibitError as error:
                raise PdfError(
                    f"The file {appended[name]} cannot be appended: {error.code}."
                ) from error
    return exhibits


def _number_through(exhibits, language):
    """Write on appended pages the numbers that they have in the whole.

    The pages of the document itself count on by their style sheet.
    """
    numbered, before = [], 0
    for place, pdf in exhibits:  # one after the other, in the order of the pages
        count = exhibit.count(pdf)
        first = place + before + 2
        stamps = _stamps(range(first, first + count), language)
        numbered.append((place, exhibit.stamp(pdf, stamps)))
        before += count
    return numbered


def _stamps(numbers, language):
    """Return a PDF with a small page for each of these numbers."""
    weasyprint = _weasyprint()
    digits = solar_hijri.persian_digits if language.startswith("fa") else str
    fonts = ", ".join(f'"{font}"' for font in RTL_FONTS[:-1])
    html = (
        f"<style>@page {{ size: {exhibit.STAMP[0]}pt {exhibit.STAMP[1]}pt; margin: 0 }}"
        f"div {{ break-after: page; text-align: center; background: white;"
        f" font: 9pt {fonts}, sans-serif; line-height: {exhibit.STAMP[1]}pt }}</style>"
    ) + "".join(f"<div>{digits(number)}</div>" for number in numbers)
    return weasyprint.HTML(string=html).write_pdf()


class Page(NamedTuple):
    """A document ready for paged media, and the addresses of what it wants."""

    html: str
    style_sheets: list
    appended: dict


def _page(document, sheet, outline):
    """Return ``document`` as a :class:`Page`."""
    html = lxml.html.document_fromstring(document.body)
    _take_out(html)
    addresses = []
    for node in html.xpath("//link[@rel='stylesheet']"):
        addresses.append(node.get("href"))
        node.drop_tree()
    html.attrib.pop("style", None)
    html.set("lang", document.language)
    body = html.find("body")
    body.set("dir", "rtl" if document.rtl else "ltr")
    body.set("style", "overflow: visible")
    _add_running(body, document)
    _add_head(html, document, sheet, outline)
    for node in html.xpath("//*[@dir='auto']"):
        node.set("dir", _direction(node.text_content()) or body.get("dir"))
    _break_long_words(body)
    if document.rtl:
        # WeasyPrint 70 loses an image of limited size that is itself an item of a
        # right-to-left flex box: the company's logo in Odoo's layouts.
        for image in html.xpath("//*[contains(@class, 'd-flex')]/img"):
            item = lxml.html.Element("div")
            image.addprevious(item)
            item.append(image)
    appended = {
        node.get("id"): node.attrib.pop("data-append")
        for node in html.xpath("//*[@id and @data-append]")
    }
    text = lxml.html.tostring(html, encoding="unicode", doctype="<!DOCTYPE html>")
    return Page(text, addresses, appended)


def _take_out(html):
    """Take out what does nothing on paper, or would bring in more than a picture."""
    # a base would point to a server
    for node in html.xpath("//script | //base | //object | //embed | //iframe"):
        node.drop_tree()
    # to WeasyPrint, these are files to put into the PDF
    for node in html.xpath("//a[@rel] | //area[@rel]"):
        del node.attrib["rel"]
    for node in html.xpath("//link[not(@rel='stylesheet')]"):
        node.drop_tree()


def _add_running(body, document):
    """Add what runs along, before the first page's content, as it has to be.

    It gets the body's classes, for the margins that style sheets give the body.
    """
    classes = [name for name in body.classes if name not in SCREEN_CLASSES]
    body.set("class", " ".join(classes))
    for name in ("footer", "header"):
        if fragment := getattr(document, name):
            running = lxml.html.fragment_fromstring(fragment, create_parent="div")
            running.set("class", " ".join([*classes, f"running-{name}"]))
            body.insert(0, running)


def _add_head(html, document, sheet, outline):
    """Add the sheet's style and the title."""
    head = html.find("head")
    if head is None:
        head = lxml.html.Element("head")
        html.insert(0, head)
    style = lxml.html.Element("style")
    style.text = sheet.css()
    if not outline:
        style.text += "h1, h2, h3, h4, h5, h6 { bookmark-level: none }"
    head.append(style)
    if document.title:
        for node in head.findall("title"):
            node.drop_tree()
        title = lxml.html.Element("title")
        title.text = document.title
        head.append(title)


def _break_long_words(body):
    for node in body.iter():
        if isinstance(node.tag, str) and node.tag != "style":
            node.text = node.text and break_long_words(node.text)
        node.tail = node.tail and break_long_words(node.tail)


def _direction(text):
    """Return ``rtl`` or ``ltr`` as the first letter has it, None without letters.

    Browsers do so for ``dir="auto"``; WeasyPrint 70 does not know it.
    """
    for letter in text:
        match unicodedata.bidirectional(letter):
            case "L":
                return "ltr"
            case "R" | "AL":
                return "rtl"
    return None
