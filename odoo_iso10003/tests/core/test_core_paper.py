# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.tests.common import BaseCase

from ...core import paper

PNG = b"\x89PNG\r\n\x1a\n and so on"


class TestPaper(BaseCase):
    """What can be put on record, and what is refused, by a code that says why."""

    def test_what_is_what_its_name_says_may_be_kept(self):
        for content, name in (
            (b"%PDF-1.7 a letter", "letter.pdf"),
            (b"\n%PDF-1.4 with something before it", "Letter.PDF"),
            (PNG, "photo.png"),
            (b"\xff\xd8\xff\xe0 a photo", "photo.JPEG"),
            (b"PK\x03\x04 a table", "table.xlsx"),
            (b"BMW was sold", "note.txt"),
            ("متن".encode(), "یادداشت.txt"),
            (b"anything", "of.unknown"),
            (b"anything", ""),
            (b"anything", None),
            (b"a", "no ending"),
        ):
            with self.subTest(name):
                self.assertIsNone(paper.find_fault(content, name))

    def test_what_is_empty_or_too_large_is_refused(self):
        self.assertEqual(paper.find_fault(b"", "letter.pdf"), "empty")
        with patch.object(paper, "MAX_BYTES", 10):
            self.assertIsNone(paper.find_fault(b"0123456789", "a.txt"))
            self.assertEqual(paper.find_fault(b"0123456789a", "a.txt"), "large")

    def test_what_a_computer_runs_is_refused_by_name_or_content(self):
        for content, name in (
            (b"MZ\x90\x00", "letter.pdf"),
            (b"\x7fELF", "letter"),
            (b"#!/bin/sh", "letter.txt"),
            (b"%PDF-1.7", "letter.pdf.exe"),
            (b"echo", "letter.BAT"),
            (b"PK\x03\x04", "letter.jar"),
        ):
            with self.subTest(name):
                self.assertEqual(paper.find_fault(content, name), "run")

    def test_what_is_not_what_its_name_says_is_refused(self):
        for content, name in (
            (b"Hello", "letter.pdf"),
            (PNG, "letter.pdf"),
            (b"%PDF-1.7", "photo.png"),
            (b"%PDF-1.7", "letter.docx"),
            (b"%PDF-1.7", "note.txt"),
            (b"PK\x03\x04", "note.html"),
            (b"<html>", "letter.doc"),
        ):
            with self.subTest(name):
                self.assertEqual(paper.find_fault(content, name), "kind")
