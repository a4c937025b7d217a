# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Link
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    Fit,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from odoo.tests import BaseCase

from ...core import exhibit, pdf
from . import hypothesis_profile  # noqa: F401

A4_PORTRAIT, A4_LANDSCAPE = (595, 842), (842, 595)


def written(writer):
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def new_pdf(*widths, height=300, outline=False):
    """Return a PDF whose pages are known by their widths."""
    writer = PdfWriter()
    for number, width in enumerate(widths):
        writer.add_blank_page(width, height)
        if outline:
            writer.add_outline_item(title=f"Chapter {number}", page_number=number)
    return written(writer)


def new_picture(size, kind="PNG", mode="RGB", color="red", **options):
    content = io.BytesIO()
    Image.new(mode, size, color).save(content, kind, **options)
    return content.getvalue()


def sizes(content):
    return [
        (round(page.mediabox.width), round(page.mediabox.height))
        for page in PdfReader(io.BytesIO(content)).pages
    ]


def widths(content):
    return [width for width, _height in sizes(content)]


class TestMakePages(BaseCase):
    def assert_refused(self, content, code):
        with self.assertRaises(exhibit.ExhibitError) as refused:
            exhibit.make_pages(content)
        self.assertEqual(refused.exception.code, code)

    def test_a_pdf_gives_its_own_pages(self):
        content, count = exhibit.make_pages(new_pdf(100, 200, 150))
        self.assertEqual(count, 3)
        self.assertEqual(widths(content), [100, 200, 150])
        # a mail server or a scanner may write something before it
        self.assertEqual(exhibit.make_pages(b"\r\n" + new_pdf(100))[1], 1)

    def test_a_picture_lies_on_a_sheet_of_its_own(self):
        for kind in exhibit.PICTURES:
            with self.subTest(kind):
                content, count = exhibit.make_pages(new_picture((400, 900), kind))
                self.assertEqual((count, sizes(content)), (1, [A4_PORTRAIT]))
        wide, _count = exhibit.make_pages(new_picture((900, 400)))
        self.assertEqual(sizes(wide), [A4_LANDSCAPE])

    def test_a_photo_stands_upright(self):
        turned = Image.Exif()
        turned[0x0112] = 6  # taken with the camera held on its side
        content, _count = exhibit.make_pages(
            new_picture((900, 400), "JPEG", exif=turned)
        )
        self.assertEqual(sizes(content), [A4_PORTRAIT])

    def test_what_is_transparent_is_white(self):
        content, _count = exhibit.make_pages(
            new_picture((50, 50), mode="RGBA", color=(0, 0, 0, 0))
        )
        (picture,) = PdfReader(io.BytesIO(content)).pages[0].images
        self.assertEqual(picture.image.convert("RGB").getpixel((5, 5)), (255,) * 3)

    @given(width=st.integers(1, 3000), height=st.integers(1, 3000))
    def test_a_picture_stays_within_the_margins(self, width, height):
        content, _count = exhibit.make_pages(
            new_picture((width, height), "GIF", "L", 0)
        )
        (page,) = PdfReader(io.BytesIO(content)).pages
        found = []

        def note(operator, _args, matrix, _text_matrix):
            if operator == b"Do":
                found.append(matrix)

        page.extract_text(visitor_operand_before=note)
        ((across, _b, _c, up, left, bottom),) = found
        margin = exhibit.MARGIN - 0.1
        self.assertGreaterEqual(min(left, bottom), margin)
        self.assertLessEqual(left + across, page.mediabox.width - margin)
        self.assertLessEqual(bottom + up, page.mediabox.height - margin)
        # a pixel of the edge more or less
        self.assertAlmostEqual(across / up, width / height, delta=0.03 * width / height)

    def test_only_what_is_printed_is_taken_over(self):
        writer = PdfWriter(clone_from=io.BytesIO(new_pdf(100, 200)))
        writer.root_object[NameObject("/OpenAction")] = script = DictionaryObject(
            {
                NameObject("/S"): NameObject("/JavaScript"),
                NameObject("/JS"): TextStringObject("app.alert(1)"),
            }
        )
        writer.add_attachment("inside.txt", b"inside")
        writer.pages[0][NameObject("/AA")] = DictionaryObject(
            {NameObject("/O"): script}
        )
        writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://example.com"))
        writer.add_annotation(
            0, Link(rect=(0, 0, 9, 9), target_page_index=1, fit=Fit.fit())
        )
        writer.add_annotation(0, FreeText(text="A stamp", rect=(0, 0, 9, 9)))
        content, count = exhibit.make_pages(written(writer))
        self.assertEqual(count, 2)
        reader = PdfReader(io.BytesIO(content))
        (stamp,) = reader.pages[0]["/Annots"]
        self.assertEqual(stamp.get_object()["/Contents"], "A stamp")
        for trace in (b"app.alert", b"inside", b"example.com", b"/AA"):
            self.assertNotIn(trace, content)

    def test_no_file_survives_in_whatever_it_is_hidden(self):
        def name(**entries):
            return DictionaryObject(
                {NameObject(f"/{key}"): value for key, value in entries.items()}
            )

        writer = PdfWriter(clone_from=io.BytesIO(new_pdf(100)))
        page = writer.pages[0]

        def hide(trace, is_file=True):
            """Return a file, or an action, as an object of its own."""
            inner = StreamObject()
            inner.set_data(trace)
            if not is_file:
                return writer._add_object(
                    name(S=NameObject("/JavaScript"), JS=writer._add_object(inner))
                )
            inner[NameObject("/Type")] = NameObject("/EmbeddedFile")
            embedded = name(F=writer._add_object(inner))
            return writer._add_object(
                name(Type=NameObject("/Filespec"), EF=embedded, F=TextStringObject("x"))
            )

        form = StreamObject()
        form.set_data(b"0 0 m")
        form.update(
            name(
                Type=NameObject("/XObject"),
                Subtype=NameObject("/Form"),
                BBox=ArrayObject([NumberObject(0)] * 4),
                AF=ArrayObject([hide(b"in the look")]),
                Resources=name(Properties=name(P0=hide(b"in properties"))),
            )
        )
        stamp = name(
            Type=NameObject("/Annot"),
            Subtype=NameObject("/Stamp"),
            Rect=ArrayObject([NumberObject(0)] * 4),
            Contents=TextStringObject("A stamp"),
            AP=name(N=writer._add_object(form)),
            AF=ArrayObject([hide(b"in a stamp")]),
            FS=hide(b"as its file"),
            Whatever=hide(b"in a key of nobody"),
            PO=hide(b"a script", is_file=False),
        )
        page[NameObject("/Annots")] = ArrayObject([writer._add_object(stamp)])
        page[NameObject("/AF")] = ArrayObject([hide(b"at the page")])
        page[NameObject("/PieceInfo")] = name(X=hide(b"in piece info"))
        page[NameObject("/X")] = ArrayObject([ArrayObject([hide(b"in a list")])])
        page[NameObject("/Y")] = name(Z=hide(b"another script", is_file=False))
        content, _count = exhibit.make_pages(written(writer))
        (kept,) = PdfReader(io.BytesIO(content)).pages[0]["/Annots"]
        self.assertEqual(kept.get_object()["/Contents"], "A stamp")
        self.assertIn("/N", kept.get_object()["/AP"])
        for trace in (
            b"in the look",
            b"in properties",
            b"in a stamp",
            b"as its file",
            b"in a key of nobody",
            b"a script",
            b"at the page",
            b"in piece info",
            b"in a list",
            b"another script",
            b"/EmbeddedFile",
            b"/Filespec",
            b"/JavaScript",
        ):
            with self.subTest(trace):
                self.assertNotIn(trace, content)

    def test_what_cannot_be_appended_is_refused_with_its_reason(self):
        locked = PdfWriter(clone_from=io.BytesIO(new_pdf(100)))
        locked.encrypt("secret")
        self.assert_refused(written(locked), "encrypted")
        for content in (b"%PDF-1.7", new_pdf(100)[:60], b"%PDF-1.4\n%%EOF"):
            self.assert_refused(content, "broken")
        for content in (b"", b"words", b"PK\x03\x04", b"<svg/>", b"II*\x00fax"):
            self.assert_refused(content, "kind")

    def test_what_is_too_large_is_refused_before_it_is_read(self):
        with patch.object(exhibit, "MAX_BYTES", 3):
            self.assert_refused(b"%PDF", "large")
        with patch.object(exhibit, "MAX_PAGES", 1):
            self.assert_refused(new_pdf(100, 200), "large")
        for owner, name in ((exhibit, "MAX_PIXELS"), (Image, "MAX_IMAGE_PIXELS")):
            with patch.object(owner, name, 40):
                self.assert_refused(new_picture((10, 10)), "large")

    @given(st.binary(max_size=200))
    def test_no_file_breaks_it(self, tail):
        whole = new_pdf(100)
        for content in (tail, b"%PDF-1.7\n" + tail, whole[: len(tail)] + tail):
            try:
                exhibit.make_pages(content)
            except exhibit.ExhibitError as error:
                self.assertIn(error.code, ("kind", "broken", "encrypted"))


class TestInsert(BaseCase):
    @given(
        st.lists(st.integers(100, 199), min_size=1, max_size=5),
        st.data(),
    )
    def test_each_comes_after_its_page(self, pages, data):
        exhibits = data.draw(
            st.lists(
                st.tuples(
                    st.integers(0, len(pages) - 1),
                    st.lists(st.integers(200, 299), min_size=1, max_size=3),
                ),
                unique_by=lambda found: found[0],
                max_size=len(pages),
            )
        )
        expected = []
        for place, width in enumerate(pages):
            expected += [width, *dict(exhibits).get(place, [])]
        made = exhibit.insert(
            new_pdf(*pages), [(place, new_pdf(*found)) for place, found in exhibits]
        )
        self.assertEqual(widths(made), expected)

    def test_what_a_document_says_of_itself_is_kept(self):
        """Metadata, language, colours and tags stand after the steps that follow."""
        document = pdf.render(
            [pdf.Document("<html><body><h1>x</h1></body></html>", title="Kept")],
            pdf.Sheet(),
            lambda url: None,
        )
        before, after = (
            PdfReader(io.BytesIO(content)).trailer["/Root"]
            for content in (document, exhibit.insert(document, []))
        )
        self.assertEqual(
            before["/Metadata"].get_object().get_data(),
            after["/Metadata"].get_object().get_data(),
        )
        for key in ("/Lang", "/OutputIntents", "/StructTreeRoot", "/MarkInfo"):
            self.assertIn(key, after)

    def test_the_outline_leads_where_it_led(self):
        made = exhibit.insert(
            new_pdf(100, 110, outline=True), [(0, new_pdf(200, 210, 220))]
        )
        reader = PdfReader(io.BytesIO(made))
        self.assertEqual(
            [item["/Page"]["/MediaBox"][2] for item in reader.outline], [100, 110]
        )
