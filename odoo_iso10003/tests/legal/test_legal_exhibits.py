# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io
from unittest.mock import patch

from PIL import Image
from pypdf import PdfWriter

from odoo.exceptions import UserError

from ...core import exhibit, pdf
from ...report.proceeding import exhibited
from ..migration_common import run_migration
from .legal_common import DossierPrints, LegalCase


def new_pdf(*widths, password=None):
    """Return a PDF whose pages are known by their widths."""
    content, writer = io.BytesIO(), PdfWriter()
    for width in widths:
        writer.add_blank_page(width, 300)
    if password:
        writer.encrypt(password)
    writer.write(content)
    return content.getvalue()


def new_photo():
    content = io.BytesIO()
    Image.new("RGB", (300, 400), "teal").save(content, "JPEG")
    return content.getvalue()


class TestExhibits(DossierPrints, LegalCase):
    """The dossier is followed by the files it lists, each after a page of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("en_US", "fa_IR"):
            cls.env["res.lang"]._activate_lang(lang)
        cls.first = cls._draft_referral()
        # on a busy machine, what looks at a file takes its time to start
        cls.startClassPatcher(patch.object(exhibited, "EXHIBIT_SECONDS", 60))

    @classmethod
    def _put_on_file(cls, name, content, file_name, **values):
        return cls.first.env["iso10003.document"].create(
            {
                "file_id": cls.first.file_ids.id,
                "name": name,
                "content": base64.b64encode(content),
                "file_name": file_name,
                **values,
            }
        )

    def _widths(self, reader):
        return [round(page.mediabox.width) for page in reader.pages]

    def _find_page(self, reader, *words):
        """Return the index of the only page with all of these words."""
        texts = self._page_texts(reader)
        found = [
            index
            for index, text in enumerate(texts)
            if all(word in text for word in words)
        ]
        self.assertEqual(len(found), 1, (words, texts))
        return found[0]

    def _list_titles(self, outline):
        """Return the titles of an outline and of what is under them."""
        titles = []
        for item in outline:
            if isinstance(item, list):
                titles += self._list_titles(item)
            else:
                titles.append(" ".join(item.title.split()))
        return titles

    def _assert_not_appended(self, text, paper, reason):
        # the hash goes over two lines
        told = f"{paper.sha256} Not appended: {reason}".replace(" ", "")
        self.assertIn(told, text.replace(" ", ""))

    def test_files_follow_in_the_order_of_the_list(self):
        invoice = self._put_on_file(
            "The invoice", new_pdf(101, 102), "invoice.pdf", date="2026-02-01"
        )
        letter = self._put_on_file(
            "A letter", new_pdf(103), "letter.pdf", date="2026-01-01"
        )
        photo = self._put_on_file(
            "A photo", new_photo(), "photo.jpg", date="2026-03-01"
        )
        for user in (self.counsel, self.manager, self.auditor):
            with self.subTest(user.login):
                reader, _text = self._print(user)
                widths = self._widths(reader)
                for title, paper, pages in (
                    ("Exhibit 1: The invoice", invoice, [101, 102]),
                    ("Exhibit 2: A letter", letter, [103]),
                    ("Exhibit 3: A photo", photo, [595]),
                ):
                    before = self._find_page(
                        reader, title, paper.sha256, paper.file_name
                    )
                    following = widths[before + 1 : before + 1 + len(pages)]
                    self.assertEqual(following, pages)
                # nothing comes after the last one
                self.assertEqual(len(widths), before + 2)

    def _numbers(self):
        return self.first._get_tree().document_ids.sorted("id").mapped("exhibit_number")

    def test_a_number_once_given_stays(self):
        content = new_pdf(101)
        self._put_on_file("Invoice", content, "a.pdf", date="2026-02-01")
        self._put_on_file("Letter", content, "b.pdf", date="2026-01-01")
        offer = self._put_on_file("Offer", content, "c.pdf", without_prejudice=True)
        self._put_on_file("Photo", content, "d.pdf", date="2025-01-01")
        # what is in no dossier leaves no gap by which it could be told
        self.assertEqual(self._numbers(), [1, 2, 0, 3])
        with self.assertRaisesRegex(UserError, "lifts the mark"):
            offer.without_prejudice = False
        offer.with_user(self.manager).action_lift_mark("law", "Article 7")
        self.assertEqual(self._numbers(), [1, 2, 4, 3])
        row = self.first.register_ids.filtered(lambda one: one.event == "document")[-1]
        self.assertEqual(row.data["exhibit"], 4)
        offer.without_prejudice = True
        offer.with_user(self.manager).action_lift_mark("law", "Article 7")
        self.assertEqual(self._numbers(), [1, 2, 4, 3])
        with self.assertRaisesRegex(UserError, "cannot be written directly"):
            offer.exhibit_number = 1

    def test_a_matter_numbers_over_all_its_instances(self):
        content = new_pdf(101)
        self._put_on_file("Invoice", content, "a.pdf")
        self._lead_referral(self.first, "decided")
        self._step(self.first, "appeal", appeal_decision="use", reason="They erred.")
        self._put_on_file(
            "Appeal", content, "b.pdf", file_id=self.first.child_ids.file_ids.id
        )
        self._put_on_file("Late letter", content, "c.pdf", date="2020-01-01")
        self.assertEqual(self._numbers(), [1, 2, 3])

    def test_an_update_keeps_the_numbers_that_were_printed(self):
        content = new_pdf(101)
        for name, day, marked in (
            ("Invoice", "2026-02-01", False),
            ("Offer", "2026-01-15", True),
            ("Letter", "2026-01-01", False),
        ):
            self._put_on_file(
                name, content, "a.pdf", date=day, without_prejudice=marked
            )
        self.env.flush_all()
        self.env.cr.execute("UPDATE iso10003_document SET exhibit_number = NULL")
        self.env.cr.execute("UPDATE iso10003_referral SET last_exhibit = NULL")
        for _time in range(2):
            run_migration(self.env, "19.0.1.4.0/post-exhibit", "19.0.1.3.0")
            self.assertEqual(self._numbers(), [2, 0, 1])
            self.assertEqual(self.first.last_exhibit, 2)
        self._put_on_file("Photo", content, "d.pdf", date="2025-01-01")
        self.assertEqual(self._numbers(), [2, 0, 1, 3])

    def test_exhibits_are_in_the_outline_and_linked_from_the_list(self):
        self._put_on_file("The invoice", new_pdf(101, 102), "invoice.pdf")
        paper = self._put_on_file("A letter", new_pdf(103), "letter.pdf")
        reader, _text = self._print(self.counsel)

        titles = self._list_titles(reader.outline)
        self.assertIn("Exhibit 1: The invoice", titles)
        destination = reader.named_destinations[f"exhibit-{paper.id}"]
        (page,) = (
            page
            for page in reader.pages
            if page.indirect_reference == destination.raw_get("/Page")
        )
        self.assertIn("Exhibit 2: A letter", " ".join(page.extract_text().split()))

    def test_what_cannot_be_appended_stays_in_the_list_with_the_reason(self):
        papers = {
            "neither a PDF nor a picture": (b"PK\x03\x04 a table", "table.xlsx"),
            "the PDF is encrypted": (new_pdf(104, password="secret"), "locked.pdf"),
            "the file is damaged": (b"%PDF-1.7 nothing", "damaged.pdf"),
        }
        files = [
            self._put_on_file(f"Paper {number}", content, name)
            for number, (content, name) in enumerate(papers.values())
        ]
        self._put_on_file("The invoice", new_pdf(101), "invoice.pdf")
        reader, text = self._print(self.counsel)
        for reason, file in zip(papers, files, strict=True):
            self._assert_not_appended(text, file, reason)
        # the numbers are those of the list
        self.assertNotIn("Exhibit 1:", text)
        self.assertIn("Exhibit 4: The invoice", text)
        self.assertEqual(self._widths(reader)[-1], 101)

    def test_what_is_too_large_is_not_read(self):
        self._put_on_file("The invoice", new_pdf(101), "invoice.pdf")
        big = self._put_on_file("A film", new_pdf(*range(200, 230)), "film.pdf")
        size = len(new_pdf(*range(200, 230)))
        with patch.object(exhibit, "MAX_BYTES", size - 1):
            _reader, text = self._print(self.counsel)
        self._assert_not_appended(text, big, "the file is too large")
        self.assertIn("Exhibit 1: The invoice", text)
        # nor more than one print can hold
        with patch.object(exhibited, "MAX_APPENDED", size):
            _reader, text = self._print(self.counsel)
        self._assert_not_appended(text, big, "the file is too large")
        self.assertIn("Exhibit 1: The invoice", text)

    def test_a_file_that_is_not_the_one_put_on_file_is_not_appended(self):
        paper = self._put_on_file("The invoice", new_pdf(101), "invoice.pdf")
        other = self.env["ir.attachment"].create({"name": "x", "raw": new_pdf(102)})
        self.env.flush_all()
        # past all that forbids it
        self.env.cr.execute(
            """UPDATE ir_attachment stored SET store_fname = other.store_fname
                 FROM ir_attachment other WHERE other.id = %s AND stored.id = %s""",
            [other.id, paper.sudo()._get_stored_files()[paper.sudo()].id],
        )
        self.env.invalidate_all()
        reader, text = self._print(self.counsel)
        self._assert_not_appended(text, paper, "what is stored is not the file")
        self.assertNotIn(102, self._widths(reader))

    def test_what_is_without_prejudice_is_not_appended(self):
        self._put_on_file("The invoice", new_pdf(101), "invoice.pdf")
        offer = self._put_on_file(
            "An offer", new_pdf(105), "offer.pdf", without_prejudice=True
        )
        reader, text = self._print(self.counsel)
        self.assertNotIn(105, self._widths(reader))
        self.assertNotIn(offer.name, text)

    def test_all_instances_and_several_matters_in_one_print(self):
        self._put_on_file("The invoice", new_pdf(101), "invoice.pdf")
        other = self._draft_referral(
            dispute_id=False, scope_reason="A lease", subject="The lease"
        )
        other.env["iso10003.document"].create(
            {
                "file_id": other.file_ids.id,
                "name": "The lease",
                "content": base64.b64encode(new_pdf(106)),
                "file_name": "lease.pdf",
            }
        )
        reader, _text = self._print(self.counsel, records=self.first | other)
        first = self._find_page(reader, "Exhibit 1: The invoice")
        second = self._find_page(reader, "Exhibit 1: The lease")
        widths = self._widths(reader)
        self.assertEqual((widths[first + 1], widths[second + 1]), (101, 106))

    def test_in_persian(self):
        self._put_on_file("صورت‌حساب", new_pdf(101), "صورت‌حساب.pdf")
        reader, text = self._print(self.counsel, "fa_IR")
        self.assertEqual(self._widths(reader)[-1], 101)
        self.assertNotIn("Exhibit", text)
        self.assertNotIn("pages of the file", text)
        self.assertEqual(reader.trailer["/Root"]["/Lang"], "fa-IR")

    def test_the_usual_engine_says_that_it_appends_nothing(self):
        self._put_on_file("The invoice", new_pdf(101), "invoice.pdf")
        with patch.object(pdf, "is_available", return_value=False):
            text = self._text(self.counsel)
        self.assertIn("Not appended to this view or print", text)
        self.assertNotIn("Exhibit 1:", text)

    def test_the_list_asks_for_all_files_at_once(self):
        report = self.env["report.odoo_iso10003.referral_dossier"].with_user(
            self.counsel
        )

        def count():
            self.env.invalidate_all()
            documents = self.first.document_ids.with_user(self.counsel)
            documents.mapped("sha256")
            documents._filter_unmarked()
            before = self.env.cr.sql_log_count
            report._list_exhibits(documents, appends=True)
            return self.env.cr.sql_log_count - before

        self._put_on_file("The invoice", new_pdf(101), "invoice.pdf")
        count()  # what is kept at hand from now on
        one = count()
        for number in range(5):
            self._put_on_file(f"Paper {number}", new_pdf(101), f"{number}.pdf")
        self.assertEqual(count(), one)
