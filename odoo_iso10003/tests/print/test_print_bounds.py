# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What would take the server down is refused by name, and the server goes on."""

import io
import threading
import time
from unittest.mock import patch

from markupsafe import Markup
from pypdf import PdfReader

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from ...core import pdf, press
from ..common import ADDON, DisputeCase
from ..core.test_core_bounds import TOO_MUCH, large_picture
from ..core.test_core_press import Watch

REPORT = f"{ADDON}.dispute_file"


class Prints:
    def _print(self, dispute, user=None):
        reports = self.env["ir.actions.report"].with_user(user or self.handler)
        return reports.with_context(force_report_rendering=True)._render_qweb_pdf(
            REPORT, dispute.ids
        )[0]


class TestRefusals(Prints, DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dispute = cls._open_dispute()

    def _describe(self, html):
        """Store a text as who attacks would have it, past the sanitizer."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE iso10003_dispute SET description = %s WHERE id = %s",
            (html, self.dispute.id),
        )
        self.env.invalidate_all()

    def _assert_refused(self, *words):
        began = time.monotonic()
        with self.assertRaises(UserError) as refused:
            self._print(self.dispute)
        self.assertLess(time.monotonic() - began, 10)
        for word in (self.dispute.name, *words):
            self.assertIn(word, str(refused.exception))

    def test_what_is_too_much_is_refused_by_name(self):
        # Odoo makes what people upload smaller; what comes in otherwise it does not
        attachments = self.env["ir.attachment"].with_context(image_no_postprocess=True)
        attachment = attachments.create(
            {
                "name": "large.png",
                "raw": large_picture(),
                "res_model": self.dispute._name,
                "res_id": self.dispute.id,
            }
        )
        for html, words in (
            (TOO_MUCH["word"], ("a word has 200000 characters", "Shorten it", "aaaaa")),
            (TOO_MUCH["span"], ("1000000000 columns",)),
            (TOO_MUCH["pages"], ("pages, more than 50",)),
            (TOO_MUCH["depth"], ("inside of each other",)),
            (f'<img src="/web/image/{attachment.id}">', ("118800000 pixels",)),
        ):
            with self.subTest(words):
                self._describe(html)
                self._assert_refused("Description", *words)

    def test_plain_texts_are_bound_too(self):
        self.dispute.remedy_sought = "a" * 200_000
        self._assert_refused("a word has 200000 characters")

    def test_what_takes_too_long_is_refused_by_name(self):
        with patch.object(
            self.env.registry["ir.actions.report"],
            "_iso10003_limits",
            lambda self: press.Limits(seconds=0.05),
        ):
            self._assert_refused("takes more than 0.05 seconds")

    def test_administrators_set_the_limits(self):
        reports = self.env["ir.actions.report"]
        self.assertEqual(reports._iso10003_limits(), press.Limits(60, 1024))
        settings = self.env["res.config.settings"].create(
            {"iso10003_print_seconds": 7, "iso10003_print_memory": 300}
        )
        settings.execute()
        self.assertEqual(reports._iso10003_limits(), press.Limits(7, 300))
        for nonsense in ("0", "-5", "soon"):
            self.env["ir.config_parameter"].set_param(
                "odoo_iso10003.print_seconds", nonsense
            )
            self.assertEqual(reports._iso10003_limits().seconds, 60)

    def test_one_process_prints_all_records(self):
        other = self._open_dispute(self._new_ticket(name="The kettle leaks"))
        started = []
        start = press.subprocess.Popen

        def note(*args, **kwargs):
            started.append(press.START in args[0])
            return start(*args, **kwargs)

        with patch.object(press.subprocess, "Popen", note):
            self._print(self.dispute | other)
        self.assertEqual(sum(started), 1)

    def test_a_long_word_wraps_in_a_table(self):
        word = "x" * 600
        self.dispute.description = Markup(
            f"<table><tr><td>{word}</td><td>neighbour</td></tr></table>"
        )
        reader = PdfReader(io.BytesIO(self._print(self.dispute)))
        for page in reader.pages:
            edge = float(page.mediabox.width)
            found = []

            def note(text, matrix, at, _font, _size, found=found):
                left = at[4] * matrix[0] + at[5] * matrix[2] + matrix[4]
                found.append((text, left))

            page.extract_text(visitor_text=note)
            self.assertTrue(all(left < edge for text, left in found if text.strip()))
        text = "".join(page.extract_text() for page in reader.pages)
        self.assertIn("neighbour", text)
        self.assertGreaterEqual(text.count("x"), 600)

    def test_an_attached_link_puts_no_file_into_the_print(self):
        # which the one who prints may read
        secret = self.env["ir.attachment"].create(
            {
                "name": "s",
                "raw": b"the secret",
                "res_model": self.dispute._name,
                "res_id": self.dispute.id,
            }
        )
        self.assertTrue(secret.with_user(self.handler).has_access("read"))
        self._describe(
            f'<p><a rel="attachment" href="/web/content/{secret.id}">x</a>'
            f'<a rel="attachment" href="http://localhost/web/image/{secret.id}">x</a></p>'
        )
        reader = PdfReader(io.BytesIO(self._print(self.dispute)))
        self.assertFalse(reader.attachments)
        for page in reader.pages:  # where the file of a link would hang
            for note in page.get("/Annots", ()):
                self.assertNotIn("/FS", note.get_object())


@tagged("-at_install", "post_install")
class TestServerGoesOn(HttpCase):
    def test_the_server_answers_while_a_bad_print_runs_into_its_limits(self):
        """Here it passes no check before: what comes when a bound was forgotten."""
        ended, answers = [], []
        bad = pdf.Document(f"<html><body>{'a' * 1_000_000}</body></html>")

        def render(printing):
            try:
                printing.render([bad], pdf.Sheet(), lambda url: None)
            except press.PressError as error:
                ended.append(error.code)

        self.url_open("/web/health")  # what is made once is made
        with press.Press(press.Limits(seconds=8, memory=500)) as printing:
            watch = Watch(printing)
            thread = threading.Thread(target=render, args=[printing], daemon=True)
            watch.start()
            thread.start()
            while thread.is_alive():
                began = time.monotonic()
                status = self.url_open("/web/health").status_code
                answers.append((status, time.monotonic() - began))
                thread.join(0.2)
            watch.done.set()
            watch.join()
        self.assertEqual(ended, ["time"])
        self.assertGreater(len(answers), 3)
        for status, taken in answers:
            self.assertEqual(status, 200)
            self.assertLess(taken, 5)
        self.assertGreater(watch.peak, 1)
        self.assertLess(watch.peak, 500)
