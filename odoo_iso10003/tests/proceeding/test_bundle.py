# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import hashlib
import io
from unittest.mock import patch

from pypdf import PdfReader

from odoo.exceptions import UserError
from odoo.fields import Command

from ...core import pdf, solar_hijri
from ...report.proceeding import exhibited
from .document_common import DocumentCase, new_pdf


class TestBundle(DocumentCase):
    """A frozen selection for one reader, its pages numbered through."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # on a busy machine, what looks at a file takes its time to start
        cls.startClassPatcher(patch.object(exhibited, "EXHIBIT_SECONDS", 60))
        cls.body = cls.env["res.partner"].create({"name": "The ombudsman"})
        cls.invoice = cls._put_on_file(
            "The invoice",
            new_pdf(101, 102),
            file_name="invoice.pdf",
            audience="parties",
            source="other",
        )
        cls.table = cls._put_on_file("A table", b"1;2", audience="public")
        cls.letter = cls._put_on_file(
            "A letter", new_pdf(103), file_name="letter.pdf", audience="parties"
        )
        cls.note = cls._put_on_file("Our note", audience="internal")
        cls.offer = cls._put_on_file(
            "Secret offer", b"Offer", audience="parties", without_prejudice=True
        )
        cls.opinion = cls._put_on_file(
            "Secret opinion", b"Opinion", user=cls.manager, audience="privileged"
        )

    def _open(self, **values):
        action = self.dispute.with_user(self.handler).action_make_bundle()
        bundles = self.env["iso10003.bundle"].with_user(self.handler)
        return bundles.with_context(**action["context"]).create(
            {"partner_id": self.body.id, **values}
        )

    def _bundle(self, *documents, **values):
        lines = [Command.create({"document_id": one.id}) for one in documents]
        return self._open(line_ids=lines, **values)

    def _read(self, bundle):
        content = base64.b64decode(bundle.content)
        self.assertEqual(hashlib.sha256(content).hexdigest(), bundle.sha256)
        pages = PdfReader(io.BytesIO(content)).pages
        texts = [" ".join(page.extract_text().split()) for page in pages]
        return [round(page.mediabox.width) for page in pages], texts

    def _find_first_sheet(self, texts):
        """Return after how many pages, of index and story, the documents begin."""
        [*_before, first] = [
            number for number, text in enumerate(texts) if "Its pages follow" in text
        ][:1]
        self.assertGreater(first, 0)
        return first

    def test_it_begins_with_what_its_reader_may_have(self):
        bundle = self._open()
        self.assertEqual(
            bundle.line_ids.document_id, self.invoice | self.table | self.letter
        )
        self.assertEqual(bundle.name, self.dispute.subject)

    def test_its_pages_are_numbered_through_with_index_and_digests(self):
        bundle = self._open()
        bundle.line_ids = [
            Command.create({"document_id": self.note.id, "reason": "Ours alone"})
        ]
        bundle.action_issue()
        widths, texts = self._read(bundle)
        first = self._find_first_sheet(texts)
        self.assertEqual(widths[first:], [595, 101, 102, 595, 103])
        self.assertEqual(bundle.page_count, first + 5)
        self.assertEqual(bundle.line_ids.mapped("number"), [1, 2, 3, 4])
        self.assertEqual(bundle.line_ids.mapped("pages"), [2, 0, 1, 0])
        index = texts[0]
        for document in (self.invoice, self.table, self.letter):
            self.assertIn(document.name, index)
            self.assertIn(document.sha256, index.replace(" ", ""))
        self.assertIn("The invoice SHA-256", index)
        self.assertIn("neither a PDF nor a picture", index)
        self.assertIn("Our note Not shown: Ours alone", index)
        self.assertNotIn(self.note.sha256, index.replace(" ", ""))
        # where the index says that they begin, they begin
        self.assertRegex(index, rf"Of the other party {first + 1} 2\b")
        self.assertRegex(index, rf"Ours {first + 4} 1\b")
        self.assertIn(f"Page {first + 1}", texts[first])
        self.assertEqual(texts[first + 1 : first + 3], [f"{first + 2}", f"{first + 3}"])
        self.assertIn(f"Page {first + 4}", texts[first + 3])
        self.assertEqual(texts[first + 4], f"{first + 5}")

    def test_nothing_marked_or_privileged_is_in_it(self):
        bundle = self._open()
        bundle.action_issue()
        _widths, texts = self._read(bundle)
        for word in ("Secret", self.offer.sha256[:12], self.opinion.sha256[:12]):
            self.assertNotIn(word, " ".join(texts))
        with self.assertRaisesRegex(
            UserError, r"“Secret offer” \(it is without prejudice\)"
        ):
            self._bundle(self.invoice, self.offer).action_issue()
        with self.assertRaisesRegex(UserError, r"it is privileged"):
            self._bundle(self.invoice).with_user(self.manager).write(
                {"line_ids": [Command.create({"document_id": self.opinion.id})]}
            )
            self.env["iso10003.bundle"].search([], limit=1).with_user(
                self.manager
            ).action_issue()
        # nor for the complainant, who knows of the offer
        with self.assertRaisesRegex(UserError, "without prejudice"):
            self._bundle(
                self.offer, reader="complainant", partner_id=self.customer.id
            ).action_issue()

    def test_what_is_marked_after_it_was_chosen_is_refused(self):
        bundle = self._bundle(self.invoice)
        self.invoice.without_prejudice = True
        with self.assertRaisesRegex(UserError, "without prejudice"):
            bundle.action_issue()

    def test_what_is_internal_wants_a_reason(self):
        with self.assertRaisesRegex(UserError, "say why it is not shown"):
            self._bundle(self.note).action_issue()

    def test_an_unchecked_copy_an_old_version_and_a_restricted_paper_are_refused(self):
        copy = self._put_on_file(
            "Redacted", b"...", audience="parties", redacts_id=self.note.id
        )
        self._put_on_file(
            "Newer", b"2;3", audience="parties", replaces_id=self.table.id
        )
        self.env["iso10003.restriction"].with_user(self.handler).create(
            {
                "file_id": self.file.id,
                "name": "Not to be shown",
                "document_ids": [Command.set(self.letter.ids)],
            }
        )
        with self.assertRaises(UserError) as refused:
            self._bundle(self.invoice, copy, self.table, self.letter).action_issue()
        for words in (
            "“Redacted” (nobody has checked",
            "“A table” (there is a newer version)",
            "“A letter” (an order or a term forbids it)",
        ):
            self.assertIn(words, str(refused.exception))
        self.assertNotIn("invoice", str(refused.exception))

    def test_a_document_that_changed_is_refused(self):
        bundle = self._bundle(self.invoice)
        other = self.env["ir.attachment"].create({"name": "x", "raw": new_pdf(102)})
        stored = self.invoice.sudo()._get_stored_files()[self.invoice.sudo()]
        self.env.flush_all()
        # past all that forbids it
        self.env.cr.execute(
            """UPDATE ir_attachment stored SET store_fname = other.store_fname
                 FROM ir_attachment other WHERE other.id = %s AND stored.id = %s""",
            [other.id, stored.id],
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "is not the file of its SHA-256"):
            bundle.action_issue()
        self.assertEqual(bundle.state, "draft")

    def test_once_issued_it_is_frozen(self):
        bundle = self._bundle(self.invoice)
        bundle.action_issue()
        row = self.dispute.register_ids.filtered(
            lambda one: one.event == "bundle_issued"
        )
        self.assertEqual(row.data["sha256"], bundle.sha256)
        self.assertIn(
            f"version 1: 1 documents on {bundle.page_count} pages", row.summary
        )
        self.assertGreater(bundle.page_count, 3)
        line = bundle.line_ids
        for door in (
            lambda: bundle.write({"name": "Other"}),
            lambda: bundle.write({"line_ids": [Command.clear()]}),
            lambda: bundle.write({"content": base64.b64encode(b"x")}),
            lambda: line.write({"reason": "x"}),
            lambda: line.unlink(),
            lambda: line.create(
                {"bundle_id": bundle.id, "document_id": self.letter.id}
            ),
            lambda: bundle.unlink(),
            lambda: bundle.sudo().unlink(),
            lambda: bundle.action_issue(),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                door()

    def test_a_newer_version_takes_its_place_with_newer_documents(self):
        bundle = self._bundle(self.invoice)
        bundle.action_issue()
        newer = self._put_on_file(
            "New invoice", new_pdf(105), audience="parties", replaces_id=self.invoice.id
        )
        second = bundle.browse(bundle.action_reissue()["res_id"])
        self.assertEqual(second.line_ids.document_id, newer)
        self.assertEqual(bundle.state, "issued")
        second.action_issue()
        self.assertEqual((second.version, bundle.state), (2, "replaced"))
        _widths, texts = self._read(second)
        self.assertIn("version 2", texts[0])
        self.assertIn(bundle.sha256, texts[0].replace(" ", ""))
        with self.assertRaisesRegex(UserError, "only the version that is issued"):
            bundle.action_reissue()

    def test_handed_over_each_document_shown_is_noted(self):
        bundle = self._bundle(self.invoice)
        bundle.line_ids = [
            Command.create({"document_id": self.note.id, "reason": "Ours alone"})
        ]
        with self.assertRaisesRegex(UserError, "issue it first"):
            bundle.action_hand_over()
        bundle.action_issue()
        bundle.action_hand_over()
        rows = self.invoice.disclosure_ids
        self.assertEqual((rows.partner_id, rows.bundle_id), (self.body, bundle))
        self.assertFalse(rows.flaws)
        self.assertFalse(self.note.disclosure_ids)
        with self.assertRaisesRegex(UserError, "already"):
            bundle.action_hand_over()

    def test_a_draft_goes_with_its_lines(self):
        bundle = self._bundle(self.invoice)
        lines = bundle.line_ids
        bundle.unlink()
        self.assertFalse(bundle.exists() or lines.exists())

    def test_another_matters_papers_stay_out(self):
        other = self._open_dispute(self._new_ticket())
        foreign = self._put_on_file("Foreign", file_id=other.file_ids.id)
        with self.assertRaisesRegex(UserError, "belongs to another matter"):
            self._bundle(foreign)

    def test_in_persian(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        bundle = self._bundle(self.invoice).with_context(lang="fa_IR")
        bundle.action_issue()
        _widths, texts = self._read(bundle)
        self.assertEqual(texts[-2:], self._in_persian(len(texts) - 1, len(texts)))
        self.assertNotIn("Index", texts[0])

    def _in_persian(self, *numbers):
        return [solar_hijri.persian_digits(number) for number in numbers]

    def test_it_tells_its_reader_what_parties_know(self):
        """Parties, claims, position, proceedings, results, duties, limits: no more."""
        self._lead_to(self.dispute, "resolution")
        self._propose(self.dispute)
        self.dispute.with_context(tracking_disable=True).write(
            {"findings": "<p>Zarbolmasal</p>", "lessons": "Zarbolmasal"}
        )
        self._put_on_file("Left out of it", b"x", audience="parties")
        limits = self.dispute.deadline_ids
        ours = limits.filtered(lambda one: one.actor == "organization")
        self.assertTrue(ours)
        bundle = self._bundle(self.invoice)
        bundle.action_issue()
        _widths, texts = self._read(bundle)
        said = " ".join(texts)
        for words in (
            "Parties and claims",
            self.customer.name,
            "We contest",
            "Proceedings",
            "Mediation",
            "Timeline",
            "The invoice",
        ):
            self.assertIn(words, said)
        for words in ("Zarbolmasal", "Secret", "Left out of it", "A letter", "Lessons"):
            self.assertNotIn(words, said)
        untold = limits - limits._filter_told_outside()
        self.assertFalse(untold.filtered(lambda one: one.display_name in said))

    def test_without_the_engine_it_is_refused_in_words(self):
        bundle = self._bundle(self.invoice)
        with patch.object(pdf, "is_available", return_value=False):
            with self.assertRaisesRegex(UserError, "WeasyPrint"):
                bundle.action_issue()
        self.assertEqual(bundle.state, "draft")
