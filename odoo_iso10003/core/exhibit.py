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
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

# what a document may show, it may have appended
from .bounds import MAX_PIXELS, PICTURES

MAX_BYTES = 25 * 1024 * 1024
MAX_PAGES = 500
# where a PDF says that it is one; there may be something before it
HEADER = 1024

# A4 and its margin, in points
SHEET = (595.28, 841.89)
MARGIN = 42.5
# where a photo says how the camera was held
ORIENTATION, ON_ITS_SIDE = 0x0112, (5, 6, 7, 8)
# a picture is not made larger than a screen shows it, nor finer than print needs
SCREEN_DPI, PRINT_DPI = 96, 300
# the place of a page number, in points, and how far from the corner it is
STAMP, CORNER = (42, 14), 6

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
# what an annotation looks like and says; the rest is what it does
SHOWN = {
    "/AP", "/AS", "/BS", "/Border", "/C", "/CA", "/Contents", "/DA", "/DS", "/F", "/IC",
    "/InkList", "/L", "/LE", "/MK", "/NM", "/Name", "/Q", "/QuadPoints", "/RC", "/RD",
    "/Rect", "/Subj", "/Subtype", "/T", "/Type", "/Vertices",
}  # fmt: skip
# what leads out of the page, wherever it stands: actions, files, other programs' data
LEADS_OUT = {
    "/A", "/AA", "/AF", "/B", "/Dest", "/EF", "/JS", "/Metadata", "/OPI", "/OpenAction",
    "/Parent", "/PieceInfo", "/PresSteps", "/Ref", "/RichMediaContent", "/StructParent",
    "/StructParents", "/TemplateInstantiated", "/Thumb", "/URI", "/VP",
}  # fmt: skip
# of a stream: it lies in another file
OUTSIDE = {"/F", "/FFilter", "/FDecodeParms"}
FILES = {"/EmbeddedFile", "/Filespec", "/F"}
ACTIONS = {
    "/GoTo", "/GoTo3DView", "/GoToDp", "/GoToE", "/GoToR", "/Hide", "/ImportData",
    "/JavaScript", "/Launch", "/Movie", "/Named", "/Rendition", "/ResetForm",
    "/RichMediaExecute", "/SetOCGState", "/Sound", "/SubmitForm", "/Thread", "/Trans",
    "/URI",
}  # fmt: skip


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


def count(pdf):
    """Return how many pages a PDF of ours has."""
    return len(PdfReader(io.BytesIO(pdf)).pages)


def stamp(pdf, stamps):
    """Return ``pdf`` with the pages of another one in a corner, one on each."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    for page, number in zip(
        writer.pages, PdfReader(io.BytesIO(stamps)).pages, strict=False
    ):
        page.transfer_rotation_to_content()
        box = page.cropbox
        place = (float(box.right) - STAMP[0] - CORNER, float(box.bottom) + CORNER)
        page.merge_transformed_page(number, Transformation().translate(*place))
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
        if "/Annots" in page:
            page[NameObject("/Annots")] = _keep_printed(page["/Annots"])
        _keep_ink(page)
        writer.add_page(page)
    return writer


def _keep_printed(annotations):
    """Return the stamps, notes and filled-in fields, without what they would do."""
    kept = ArrayObject()
    for reference in annotations.get_object():
        annotation = reference.get_object()
        if annotation.get("/Subtype") in NOT_PRINTED:
            continue
        for key in set(annotation) - SHOWN:
            del annotation[key]
        kept.append(reference)
    return kept


def _keep_ink(page):
    """Take out of all that a page consists of what is a file or does something."""
    waiting, seen = [page], set()
    while waiting:
        found = waiting.pop()
        if id(found) in seen:
            continue
        seen.add(id(found))
        if isinstance(found, DictionaryObject):
            _take_out(found, found is page)
            parts = found.values()
        else:
            found[:] = [part for part in found if not _is_no_ink(part)]
            parts = found
        for part in parts:
            part = part.get_object() if part is not None else None
            if isinstance(part, DictionaryObject | ArrayObject):
                waiting.append(part)


def _take_out(found, is_page):
    stream = isinstance(found, StreamObject)
    for key in list(found):
        outside = stream and key in OUTSIDE
        if is_page and key == "/Parent":
            continue  # what the pages of a file have in common
        if key in LEADS_OUT or outside or _is_no_ink(found.raw_get(key)):
            del found[key]


def _is_no_ink(part):
    part = part.get_object() if part is not None else None
    if not isinstance(part, DictionaryObject):
        return False
    return part.get("/Type") in FILES or part.get("/S") in ACTIONS


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
    size = picture.size
    if picture.getexif().get(ORIENTATION) in ON_ITS_SIDE:
        size = size[::-1]
    _lay_on_sheet(writer, _flatten(picture), size)
    return writer


def _flatten(picture):
    """Return the picture as ink on white paper, the right way up, as fine as needed."""
    finest = round((max(SHEET) - 2 * MARGIN) / 72 * PRINT_DPI)
    picture.draft(None, (finest, finest))  # a large photo is not even unpacked whole
    if picture.mode not in ("L", "LA", "RGB", "RGBA", "CMYK"):
        gray = picture.mode == "1"
        inked = "RGBA" if picture.has_transparency_data else "L" if gray else "RGB"
        picture = picture.convert(inked)
    picture.thumbnail((finest, finest))
    upright = ImageOps.exif_transpose(picture)
    if upright.mode == "L" and not upright.has_transparency_data:
        return upright
    if not upright.has_transparency_data:
        return upright.convert("RGB")
    ink = upright.convert("RGBA")
    paper = Image.new("RGBA", ink.size, "white")
    return Image.alpha_composite(paper, ink).convert("RGB")


def _lay_on_sheet(writer, picture, pixels):
    """Add a sheet with the picture in its middle, lengthwise if it is wide.

    :param pixels: width and height of the picture before it was made smaller
    """
    width, height = SHEET if picture.height >= picture.width else SHEET[::-1]
    room = (width - 2 * MARGIN, height - 2 * MARGIN)
    fit = min(room[0] / pixels[0], room[1] / pixels[1])
    size = [side * min(fit, 72 / SCREEN_DPI) for side in pixels]
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
