# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from io import BytesIO
from unittest.mock import patch

from pypdf import PdfReader, PdfWriter

from odoo.tests import BaseCase

from ...core import pdf

PAGE = """<!DOCTYPE html>
<html style="height: 0"><head><base href="http://192.0.2.1/"/>%(head)s</head>
<body class="container overflow-hidden">%(body)s</body></html>"""
# A word of its own on each sheet
THREE_SHEETS = "".join(
    f'<p style="break-after: {after}">{word}</p>'
    for word, after in (("alpha", "page"), ("beta", "page"), ("gamma", "auto"))
)
NUMBERS = '<div>sheet <span class="page"></span> of <span class="topage"></span></div>'


def page(body, head=""):
    return PAGE % {"head": head, "body": body}


def exhibit_pages(*widths):
    """Return a PDF whose pages are known by their widths."""
    content, writer = BytesIO(), PdfWriter()
    for width in widths:
        writer.add_blank_page(width, 300)
    writer.write(content)
    return content.getvalue()


def nothing(url):
    return None


def texts(content):
    return [
        " ".join(sheet.extract_text().split()) for sheet in PdfReader(content).pages
    ]


class TestPdf(BaseCase):
    def render(self, *documents, sheet=None, fetch=nothing):
        return BytesIO(pdf.render(documents, sheet or pdf.Sheet(), fetch))

    def test_header_and_footer_run_on_every_sheet(self):
        content = self.render(
            pdf.Document(page(THREE_SHEETS), header="<b>File 7</b>", footer=NUMBERS)
        )
        self.assertEqual(
            texts(content),
            [
                f"{word} File 7 sheet {number} of 3"
                for number, word in enumerate(("alpha", "beta", "gamma"), 1)
            ],
        )

    def test_every_document_counts_its_own_sheets(self):
        content = self.render(
            pdf.Document(page(THREE_SHEETS), footer=NUMBERS),
            pdf.Document(page("<p>delta</p>"), header="<b>File 8</b>", footer=NUMBERS),
        )
        self.assertEqual(
            texts(content),
            [
                "alpha sheet 1 of 3",
                "beta sheet 2 of 3",
                "gamma sheet 3 of 3",
                "delta File 8 sheet 1 of 1",
            ],
        )

    def test_persian_counts_in_persian_digits(self):
        document = pdf.Document(
            page("<p>الف</p>"), footer=NUMBERS, language="fa-IR", rtl=True
        )
        (text,) = texts(self.render(document))
        self.assertIn("۱", text)
        self.assertNotIn("1", text)

    def test_a_file_follows_the_page_that_asks_for_it(self):
        files = {
            "http://localhost/a.pdf": exhibit_pages(101, 102),
            "http://localhost/b.pdf": exhibit_pages(103),
        }

        def fetch(url):
            return (files[url], "application/pdf") if url in files else None

        def asking(address):
            return (
                f'<p id="{address[1]}" data-append="{address}">{address}</p>'
                '<p style="break-after: page">and</p>'
            )

        first = pdf.Document(page(asking("/a.pdf") + "<p>last</p>"), footer=NUMBERS)
        second = pdf.Document(page(asking("/b.pdf")), footer=NUMBERS)
        content = self.render(first, second, fetch=fetch)
        self.assertEqual(
            [round(sheet.mediabox.width) for sheet in PdfReader(content).pages],
            [595, 101, 102, 595, 595, 103],
        )
        # what is appended is not counted
        self.assertIn("last sheet 2 of 2", texts(content)[3])

    def test_a_file_that_is_missing_or_broken_is_told(self):
        for found, reason in ((None, "not found"), ((b"words", ""), "kind")):
            with (
                self.subTest(reason),
                self.assertRaisesRegex(pdf.PdfError, f"/a.pdf .*{reason}"),
            ):
                self.render(
                    pdf.Document(page('<p id="a" data-append="/a.pdf">a</p>')),
                    fetch=lambda url, found=found: found,
                )

    def test_words_of_people_run_as_they_were_written(self):
        for text, page_is_rtl, expected in [
            ("«پرونده» 12", False, "rtl"),
            ("12: the file", True, "ltr"),
            ("12", True, "rtl"),
            ("12", False, "ltr"),
        ]:
            with self.subTest(text, page_is_rtl=page_is_rtl):
                body = page(f'<p dir="auto"><b>{text}</b></p>')
                found = pdf._page(
                    pdf.Document(body, rtl=page_is_rtl), pdf.Sheet(), outline=True
                )
                self.assertIn(f'<p dir="{expected}">', found.html)

    def test_sheet(self):
        content = self.render(
            pdf.Document(page("<p>x</p>")),
            sheet=pdf.Sheet(size="100mm 50mm", left=10, top=10),
        )
        box = PdfReader(content).pages[0].mediabox
        millimetre = 72 / 25.4
        self.assertAlmostEqual(float(box.width), 100 * millimetre, places=2)
        self.assertAlmostEqual(float(box.height), 50 * millimetre, places=2)

    def test_a_screen_reader_can_read_it(self):
        content = self.render(
            pdf.Document(page("<h1>x</h1>"), language="fa-IR", title="Dispute file")
        )
        reader = PdfReader(content)
        root = reader.trailer["/Root"]
        self.assertTrue(root["/MarkInfo"]["/Marked"])
        self.assertIn("/StructTreeRoot", root)
        self.assertEqual(root["/Lang"], "fa-IR")
        self.assertEqual(reader.metadata.title, "Dispute file")

    def _fonts(self, reader):
        for sheet in reader.pages:
            fonts = sheet["/Resources"].get("/Font", {})
            for font in fonts.values():
                found = font.get_object()
                for one in found.get("/DescendantFonts", [found]):
                    yield one.get_object()["/FontDescriptor"]

    def test_it_can_be_kept_for_years(self):
        """PDF/A-3, level A: says so, with colours, fonts and an identity in it."""
        first, second = (
            pdf.Document(page(f"<h1>{word}</h1>"), language=lang, title=word, rtl=rtl)
            for word, lang, rtl in (("اظهارنامه", "fa-IR", True), ("Two", "en-US", 0))
        )
        for documents in ((first,), (first, second)):
            reader = PdfReader(self.render(*documents))
            root = reader.trailer["/Root"]
            said = root["/Metadata"].get_object().get_data().decode()
            with self.subTest(documents=len(documents)):
                self.assertIn('pdfaid:part="3"', said)
                self.assertIn('pdfaid:conformance="A"', said)
                self.assertIn("اظهارنامه", said)
                self.assertIn("/OutputIntents", root)
                self.assertIn("/ID", reader.trailer)
                self.assertIn("/StructTreeRoot", root)
                fonts = list(self._fonts(reader))
                self.assertTrue(fonts)
                for font in fonts:
                    self.assertTrue({"/FontFile2", "/FontFile3"} & set(font))

    def test_what_follows_from_elsewhere_is_not_claimed_to_be_kept(self):
        """A file that nobody looked at is no PDF/A; tags and title stay."""
        content = self.render(
            pdf.Document(
                page('<h1 id="a" data-append="/a.pdf">a</h1>'), title="With exhibits"
            ),
            fetch=lambda url: (exhibit_pages(101), "application/pdf"),
        )
        reader = PdfReader(content)
        self.assertNotIn("/Metadata", reader.trailer["/Root"])
        self.assertIn("/StructTreeRoot", reader.trailer["/Root"])
        self.assertEqual(reader.metadata.title, "With exhibits")

    def test_outline_of_one_document_only(self):
        document = pdf.Document(page("<h1>First</h1><h2>Second</h2>"))
        alone = PdfReader(self.render(document)).outline
        self.assertEqual(alone[0].title, "First")
        self.assertFalse(PdfReader(self.render(document, document)).outline)

    def test_what_is_referred_to_is_asked_of_the_caller_only(self):
        asked = []

        def fetch(url):
            asked.append(url)
            if url.endswith(".css"):
                return b"@page { size: 90mm 90mm }", "text/css"
            return None

        self.render(
            pdf.Document(
                page(
                    '<img src="/web/image/1"/><img src="https://192.0.2.2/spy.png"/>'
                    '<img src="file:///etc/hostname"/><script src="x.js"></script>',
                    '<link rel="stylesheet" href="/web/assets/x.css"/>',
                )
            ),
            fetch=fetch,
        )
        self.assertEqual(
            sorted(asked),
            [
                "file:///etc/hostname",
                "http://localhost/web/assets/x.css",
                "http://localhost/web/image/1",
                "https://192.0.2.2/spy.png",
            ],
        )

    def test_a_style_sheet_is_asked_once_for_many_documents(self):
        asked = []

        def fetch(url):
            asked.append(url)
            return b"p::after { content: ' styled' }", "text/css"

        document = pdf.Document(
            page("<p>plain</p>", '<link rel="stylesheet" href="/x.css"/>')
        )
        content = self.render(document, document, document, fetch=fetch)
        self.assertEqual(texts(content), ["plain styled"] * 3)
        self.assertEqual(asked, ["http://localhost/x.css"])

    def test_a_missing_style_sheet_is_an_error(self):
        document = pdf.Document(
            page("<p>x</p>", '<link rel="stylesheet" href="/gone.css"/>')
        )
        with self.assertRaisesRegex(pdf.PdfError, "/gone.css"):
            self.render(document)

    def test_what_the_caller_raises_reaches_the_caller(self):
        """A database error has to reach Odoo, which then tries the request again."""

        def fetch(url):
            raise LookupError(url)

        with self.assertRaises(LookupError):
            self.render(pdf.Document(page('<img src="/x.png"/>')), fetch=fetch)

    def test_a_failure_of_the_library_has_a_name(self):
        with (
            patch("weasyprint.HTML.render", side_effect=ZeroDivisionError("in layout")),
            self.assertRaisesRegex(pdf.PdfError, "in layout"),
        ):
            self.render(pdf.Document(page("<p>x</p>")))

    def test_without_the_library(self):
        with patch.object(pdf, "_weasyprint", return_value=None):
            self.assertFalse(pdf.is_available())
            with self.assertRaisesRegex(pdf.PdfError, "not installed"):
                self.render(pdf.Document(page("<p>x</p>")))
        self.assertTrue(pdf.is_available())
