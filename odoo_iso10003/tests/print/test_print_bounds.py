# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What would take the server down is refused by name, and the server goes on."""

import contextlib
import html
import io
import json
import threading
import time
from unittest.mock import patch

import psutil
import requests
from markupsafe import Markup
from pypdf import PdfReader

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ...core import bounds, pdf, press
from ..common import ADDON, DisputeCase, DisputePeople
from ..core.test_core_bounds import TOO_MUCH, large_picture

REPORT = f"{ADDON}.dispute_file"


class Prints:
    def _print(self, dispute, user=None):
        reports = self.env["ir.actions.report"].with_user(user or self.handler)
        return reports.with_context(force_report_rendering=True)._render_qweb_pdf(
            REPORT, dispute.ids
        )[0]


class Attacks:
    """What took the server down, as a text of a dispute."""

    def _attach_picture(self, width, height):
        # Odoo makes what people upload smaller; what comes in otherwise it does not
        attachments = self.env["ir.attachment"].with_context(image_no_postprocess=True)
        attachment = attachments.create(
            {
                "name": "large.png",
                "raw": large_picture(width, height),
                "res_model": self.dispute._name,
                "res_id": self.dispute.id,
            }
        )
        return f'<img src="/web/image/{attachment.id}">'

    def _list_attacks(self):
        """Return ``[(bound, text, what is said of it besides the record)]``."""
        whole = self._attach_picture(11_000, 10_800)
        part = self._attach_picture(7_000, 7_000)
        return [
            (
                "word",
                TOO_MUCH["word"],
                ("Description", "a word has 200000 characters", "aaaaa", "Shorten it"),
            ),
            (
                "span",
                TOO_MUCH["span"],
                ("Description", "1000000000 columns", "make it smaller"),
            ),
            (
                "people_pages",
                TOO_MUCH["pages"],
                ("Description", "66 pages, more than 50", "into an attached file"),
            ),
            (
                "depth",
                TOO_MUCH["depth"],
                ("Description", "inside of each other", "as plain paragraphs"),
            ),
            (
                "depth that can still be read",
                "<div>" * 150 + "x" + "</div>" * 150,
                ("Description", "inside of each other", "as plain paragraphs"),
            ),
            (
                "pixels",
                whole,
                ("Description", "118800000 pixels", "Make it smaller"),
            ),
            (
                "all pixels",
                part * 5,
                ("245000000 pixels together", "Make them smaller"),
            ),
        ]

    def _describe(self, html):
        """Store a text as who attacks would have it, past the sanitizer."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE iso10003_dispute SET description = %s WHERE id = %s",
            (html, self.dispute.id),
        )
        self.env.invalidate_all()


class TestRefusals(Prints, Attacks, DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dispute = cls._open_dispute()

    def _assert_refused(self, *words):
        began = time.monotonic()
        with self.assertRaises(UserError) as refused:
            self._print(self.dispute)
        self.assertLess(time.monotonic() - began, 10)
        for word in (self.dispute.name, *words):
            self.assertIn(word, str(refused.exception))

    def test_a_document_of_ours_has_its_bound_too(self):
        """Only what people write is cleaned of what breaks pages."""
        report = self.env.ref(f"{ADDON}.dispute_file_report")
        body = (
            f'<html><body><div class="article" data-oe-model="{self.dispute._name}"'
            f' data-oe-id="{self.dispute.id}">{TOO_MUCH["pages"]}</div></body></html>'
        )
        with self.assertRaises(UserError) as refused:
            report._iso10003_print([pdf.Document(body)], pdf.Sheet(), report)
        for word in (self.dispute.name, "3066 pages, more than 500", "attached files"):
            self.assertIn(word, str(refused.exception))

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

    def test_what_takes_too_much_memory_is_refused_by_name(self):
        """As if the bound of spans had been forgotten."""
        self._describe(TOO_MUCH["span"])
        self.env["ir.config_parameter"].set_param("odoo_iso10003.print_memory", "500")
        with patch.object(bounds, "check"):
            self._assert_refused("takes more than 500 MiB", "Print fewer records")

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


class Probe(threading.Thread):
    """Asks the server something all the time, and notes what the print takes.

    A static file: a test has one connection to the database, which the print holds.
    """

    def __init__(self, address):
        super().__init__(daemon=True)
        self.address, self.answers, self.peak = address, [], 0
        self.done = threading.Event()
        self.process = psutil.Process()
        self.before = self.process.memory_info().rss

    def run(self):
        session = requests.Session()
        while not self.done.wait(0.05):
            began = time.monotonic()
            status = session.get(self.address, timeout=10).status_code
            self.answers.append((status, time.monotonic() - began))
            taken = self.process.memory_info().rss - self.before
            for child in self.process.children():
                with contextlib.suppress(psutil.Error):
                    if press.START in child.cmdline():
                        taken += child.memory_info().rss
            self.peak = max(self.peak, taken / press.MEBIBYTE)


@tagged("-at_install", "post_install")
class TestServerGoesOn(Attacks, DisputePeople, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_people()
        cls.dispute = cls._open_dispute()

    def _download(self):
        """Ask for the print as the web client does; return what it gets."""
        asked = {
            "data": json.dumps([f"/report/pdf/{REPORT}/{self.dispute.id}", "qweb-pdf"]),
            "context": json.dumps({"force_report_rendering": True}),
        }
        with mute_logger("odoo.addons.web.controllers.report", "odoo.http"):
            answer = self.url_open("/report/download", params=asked, timeout=60)
        return html.unescape(answer.text)

    def _watch(self):
        probe = Probe(f"{self.base_url()}/{ADDON}/static/description/icon.png")
        probe.start()
        return probe

    def test_each_bad_print_is_refused_while_the_server_answers(self):
        self.authenticate(self.handler.login, self.handler.login)
        self.assertIn("%PDF", self._download()[:20])  # what is made once is made
        for bound, text, words in self._list_attacks():
            with self.subTest(bound):
                self._describe(text)
                probe = self._watch()
                began = time.monotonic()
                said = self._download()
                taken = time.monotonic() - began
                probe.done.set()
                probe.join()
                for word in (self.dispute.name, *words):
                    self.assertIn(word, said)
                self.assertLess(taken, 10)
                self._assert_answered(probe)

    def _assert_answered(self, probe):
        self.assertTrue(probe.answers)
        for status, taken in probe.answers:
            self.assertEqual(status, 200)
            self.assertLess(taken, 5)
        self.assertLess(probe.peak, 500)

    def test_the_server_answers_while_a_bad_print_runs_into_its_limits(self):
        """Here it passes no check before: what comes when a bound was forgotten."""
        self.authenticate(self.handler.login, self.handler.login)
        self._download()
        self._describe(f"<p>{'a' * 1_000_000}</p>")
        with (
            patch.object(bounds, "check"),
            patch.object(
                self.env.registry["ir.actions.report"],
                "_iso10003_limits",
                lambda self: press.Limits(seconds=8, memory=500),
            ),
        ):
            probe = self._watch()
            said = self._download()
            probe.done.set()
            probe.join()
        for word in (self.dispute.name, "takes more than 8 seconds"):
            self.assertIn(word, said)
        self.assertGreater(len(probe.answers), 3)
        self.assertGreater(probe.peak, 50)  # its process was watched
        self._assert_answered(probe)
