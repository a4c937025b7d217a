# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import contextlib
import io
import os
import re
import threading
import time
from pathlib import Path
from unittest.mock import patch

from pypdf import PdfReader

from odoo.tests import BaseCase

from ...core import exhibit, pdf, press
from .test_core_bounds import large_picture
from .test_core_exhibit import new_pdf

SOON = press.Limits(seconds=10, memory=500)


def nothing(url):
    return None


def document(body):
    return pdf.Document(f"<html><body>{body}</body></html>")


def exists(pid):
    return Path(f"/proc/{pid}").exists()


class Watch(threading.Thread):
    """Notes the memory of a press, and that this process goes on meanwhile."""

    def __init__(self, printing):
        super().__init__(daemon=True)
        self.printing, self.peak, self.longest = printing, 0, 0
        self.done = threading.Event()

    def run(self):
        before = time.monotonic()
        while not self.done.wait(0.05):
            now = time.monotonic()
            self.longest, before = max(self.longest, now - before), now
            with contextlib.suppress(OSError, TypeError):
                status = Path(f"/proc/{self.printing.pid}/status").read_text()
                if found := re.search(r"VmHWM:\s+(\d+) kB", status):
                    self.peak = max(self.peak, int(found[1]) / 1024)


class TestPress(BaseCase):
    def setUp(self):
        super().setUp()
        self.press = press.Press()
        self.addCleanup(self.press.close)

    def test_what_is_printed_there_is_what_is_printed_here(self):
        asked = []

        def fetch(url):
            asked.append(url)
            return (b"p::after { content: ' styled' }", "text/css")

        told = pdf.Document(
            '<html><head><link rel="stylesheet" href="/x.css"></head>'
            "<body><p>پرونده</p><p>told</p></body></html>",
            language="fa-IR",
            rtl=True,
        )
        made = self.press.render([told], pdf.Sheet(), fetch)
        here = pdf.render([told], pdf.Sheet(), fetch)
        texts = [
            PdfReader(io.BytesIO(one)).pages[0].extract_text() for one in (made, here)
        ]
        self.assertIn("toldstyled", "".join(texts[0].split()))
        self.assertEqual(*texts)
        self.assertEqual(asked, ["http://localhost/x.css"] * 2)

    def test_one_process_prints_all_of_a_job(self):
        with press.job(press.Limits()) as outer, press.job(SOON) as inner:
            self.assertIs(inner, outer)
            outer.count_pages(new_pdf(100, 110))
            pid = outer.pid
            outer.render([document("one")], pdf.Sheet(), nothing)
            inner.render([document("two")], pdf.Sheet(), nothing)
            self.assertEqual(outer.pid, pid)
        self.assertFalse(exists(pid))
        with press.job(SOON) as other:
            self.assertIsNot(other, outer)

    def test_it_is_a_fresh_interpreter_that_knows_no_secrets(self):
        os.environ["PGPASSWORD"] = "secret"
        self.addCleanup(os.environ.pop, "PGPASSWORD")
        self.press.start()
        self.press.count_pages(new_pdf(100))
        process = Path(f"/proc/{self.press.pid}")
        self.assertNotIn(b"secret", (process / "environ").read_bytes())
        loaded = (process / "maps").read_text()
        self.assertNotIn("psycopg2", loaded)
        opened = {os.readlink(file) for file in (process / "fd").iterdir()}
        self.assertFalse({name for name in opened if name.startswith("socket:")})

    def test_exhibits(self):
        self.assertEqual(self.press.count_pages(new_pdf(100, 110)), 2)
        with self.assertRaises(exhibit.ExhibitError) as refused:
            self.press.count_pages(b"words")
        self.assertEqual(refused.exception.code, "kind")

    def test_what_goes_wrong_there_is_told_here(self):
        gone = pdf.Document(
            '<html><head><link rel="stylesheet" href="/gone.css"></head><body>x</body>'
        )
        with self.assertRaisesRegex(pdf.PdfError, "/gone.css"):
            self.press.render([gone], pdf.Sheet(), nothing)
        # and it goes on
        self.press.render([document("x")], pdf.Sheet(), nothing)

    def test_what_the_caller_raises_reaches_the_caller(self):
        def fetch(url):
            raise LookupError(url)

        with self.assertRaises(LookupError):
            self.press.render([document("<img src='/x.png'>")], pdf.Sheet(), fetch)
        self.assertIsNone(self.press.pid)

    def _assert_ended(self, html, code):
        """Here a document passes no check before: it took the server with it."""
        with press.Press(SOON) as printing:
            watch = Watch(printing)
            watch.start()
            began = time.monotonic()
            with self.assertRaises(press.PressError) as ended:
                printing.render([document(html)], pdf.Sheet(), nothing)
            taken = time.monotonic() - began
            pid = printing.pid
            watch.done.set()
            watch.join()
        self.assertEqual(ended.exception.code, code)
        self.assertLess(taken, SOON.seconds + 2)
        self.assertGreater(watch.peak, 1)
        self.assertLess(watch.peak, SOON.memory)
        self.assertLess(watch.longest, 5)
        self.assertFalse(pid and exists(pid))

    def test_what_takes_too_long_ends_the_press_and_not_the_server(self):
        self._assert_ended(f"<p>{'a' * 1_000_000}</p>", "time")

    def test_what_takes_too_much_memory_ends_the_press_and_not_the_server(self):
        # of which no part is too large for a machine, as that of a billion columns is
        self._assert_ended('<table><tr><td colspan="100000000">x</table>', "memory")

    def test_it_ends_by_itself_when_nobody_is_left_to_end_it(self):
        with (
            patch.object(press.threading, "Timer"),
            press.Press(press.Limits(seconds=2, memory=500)) as printing,
        ):
            began = time.monotonic()
            with self.assertRaises(press.PressError) as ended:
                printing.render(
                    [document(f"<p>{'a' * 1_000_000}</p>")], pdf.Sheet(), nothing
                )
        self.assertEqual(ended.exception.code, "time")
        self.assertLess(time.monotonic() - began, 20)  # of work, which others share

    def test_a_large_picture_is_no_exhibit(self):
        watch = Watch(self.press)
        watch.start()
        with self.assertRaises(exhibit.ExhibitError) as refused:
            self.press.count_pages(large_picture())
        watch.done.set()
        watch.join()
        self.assertEqual(refused.exception.code, "large")
        self.assertLess(watch.peak, 200)

    def test_time_is_that_of_the_whole_job(self):
        with press.Press(press.Limits(seconds=0.01)) as printing:
            with self.assertRaises(press.PressError) as ended:
                printing.render([document("x")], pdf.Sheet(), nothing)
            self.assertEqual(ended.exception.code, "time")

    def test_a_press_that_dies_is_told(self):
        self.press.start()
        self.press._process.kill()
        self.press._process.wait()
        with self.assertRaises(press.PressError):
            self.press.render([document("x")], pdf.Sheet(), nothing)
