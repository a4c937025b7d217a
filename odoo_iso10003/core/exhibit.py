# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Make files into pages that follow a printed document, without Odoo.

A PDF gives its own pages, a picture is laid on a sheet of its own, and anything else
is refused with a code that says why (:class:`ExhibitError`).
"""

import io
from operator import itemgetter

from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.generic import ArrayObject, NameObject

MAX_BYTES = 25 * 1024 * 1024
MAX_PAGES = 500
# more than any camera has; what unpacks to more fills the memory
MAX_PIXELS = 120_000_000

# no others: Odoo keeps the readers of all further kinds out of its process
PICTURES = ("BMP", "GIF", "JPEG", "PNG")
# where a PDF says that it is one; there may be something before it
HEADER = 1024

# A4 and its margin, in points
SHEET = (595.28, 841.89)
MARGIN = 42.5
# a picture is not made larger than a screen shows it, nor finer than print needs
SCREEN_DPI, PRINT_DPI = 96, 300

# what is no ink: links and players, and files inside of files
NOT_PRINTED = {
    "/3D",
    "/FileAttachment",
    "/Link",
    "/Movie",
    "/Popup",
    "/RichMedia",
    "/Screen",
    "/Sound",
}
# what an annotation does, and what ties it to the rest of its file
NOT_TAKEN_OVER = ("/A", "/AA", "/Dest", "/IRT", "/P", "/Parent", "/Popup")


class ExhibitError(Exception):
    """The file cannot be made into pages.

    ``code`` says why: ``kind`` (neither a PDF nor a picture), ``encrypted``,
    ``broken`` or ``large``.
    """

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def make_pages(content):
    """Return ``(pdf, count)``: the pages of a file as a PDF, and how many they are.

    Only what is printed is taken over: no actions, links, or files inside the file.

    :param content: the file, as bytes
    :raises ExhibitError: when it cannot be appended; nothing else is raised
    """
    if len(content) > MAX_BYTES:
        raise ExhibitError("large")
    make = _take_pages if b"%PDF-" in content[:HEADER] else _lay_out_picture
    try:
        pages = make(content)
        if not pages.pages:
            raise ExhibitError("broken")
        made = io.BytesIO()
        pages.write(made)
    except ExhibitError:
        raise
    except Exception as error:
        # what a broken file makes of the libraries that read it, nobody can list
        raise ExhibitError("broken") from error
    return made.getvalue(), len(pages.pages)


def insert(document, exhibits):
    """Return ``document`` with the pages of exhibits in their places.

    Links, outline and tags of the document are kept.

    :param document: a PDF, as bytes
    :param exhibits: ``[(page, pdf)]``: after which page of the document, counted
        from zero, the pages of which PDF come
    """
    writer = PdfWriter(clone_from=io.BytesIO(document))
    # from the end, so that the places before stay where they are
    for place, pdf in sorted(exhibits, key=itemgetter(0), reverse=True):
        pages = PdfReader(io.BytesIO(pdf)).pages
        for offset, page in enumerate(pages, 1):
            writer.insert_page(page, place + offset)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


# ----------------------------------------------------------------
# PDFs
# ----------------------------------------------------------------


def _take_pages(content):
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        raise ExhibitError("encrypted")
    if len(reader.pages) > MAX_PAGES:
        raise ExhibitError("large")
    writer = PdfWriter()
    for page in reader.pages:
        page.pop("/AA", None)
        if "/Annots" in page:
            page[NameObject("/Annots")] = _keep_printed(page["/Annots"])
        writer.add_page(page)
    return writer


def _keep_printed(annotations):
    """Return the stamps, notes and filled-in fields, without what they would do."""
    kept = ArrayObject()
    for reference in annotations.get_object():
        annotation = reference.get_object()
        if annotation.get("/Subtype") in NOT_PRINTED:
            continue
        for key in NOT_TAKEN_OVER:
            annotation.pop(key, None)
        kept.append(reference)
    return kept


# ----------------------------------------------------------------
# Pictures
# ----------------------------------------------------------------


def _lay_out_picture(content):
    try:
        picture = Image.open(io.BytesIO(content), formats=PICTURES)
    except UnidentifiedImageError as error:
        raise ExhibitError("kind") from error
    except Image.DecompressionBombError as error:
        raise ExhibitError("large") from error
    if picture.width * picture.height > MAX_PIXELS:
        raise ExhibitError("large")
    writer = PdfWriter()
    _lay_on_sheet(writer, _flatten(picture))
    return writer


def _flatten(picture):
    """Return the picture as ink on white paper, the right way up."""
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("1", "L"):
        return upright.convert("L")
    if not upright.has_transparency_data:
        return upright.convert("RGB")
    ink = upright.convert("RGBA")
    paper = Image.new("RGBA", ink.size, "white")
    return Image.alpha_composite(paper, ink).convert("RGB")


def _lay_on_sheet(writer, picture):
    """Add a sheet with the picture in its middle, lengthwise if it is wide."""
    width, height = SHEET if picture.height >= picture.width else SHEET[::-1]
    room = (width - 2 * MARGIN, height - 2 * MARGIN)
    fit = min(room[0] / picture.width, room[1] / picture.height)
    size = [side * min(fit, 72 / SCREEN_DPI) for side in picture.size]
    picture.thumbnail([max(1, round(side / 72 * PRINT_DPI)) for side in room])
    drawn = io.BytesIO()
    picture.save(
        drawn, "PDF", resolution=72 * picture.width / size[0], quality=90, title=""
    )
    sheet = writer.add_blank_page(width, height)
    sheet.merge_transformed_page(
        PdfReader(drawn).pages[0],
        Transformation().translate((width - size[0]) / 2, (height - size[1]) / 2),
    )
