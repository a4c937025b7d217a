# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import functools
import io
import struct
import time
import zlib

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from odoo.tests import BaseCase

from ...core import bounds
from . import hypothesis_profile  # noqa: F401


@functools.cache  # packing it takes seconds
def large_picture(width=11_000, height=10_800):
    """Return a picture of a hundred million pixels in some hundred kilobytes."""
    rows = zlib.compressobj(9)
    row = b"\0" + b"\xff" * (3 * width)
    data = b"".join(rows.compress(row) for _row in range(height)) + rows.flush()

    def chunk(kind, content):
        check = struct.pack("!I", zlib.crc32(kind + content))
        return struct.pack("!I", len(content)) + kind + content + check

    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", data)
        + chunk(b"IEND", b"")
    )


def as_data(content):
    return f"data:image/png;base64,{base64.b64encode(content).decode()}"


# what took the server down, and what is refused of it
TOO_MUCH = {
    "word": "<p>" + "a" * 200_000 + "</p>",
    "span": '<table><tr><td colspan="1000000000">x</td></tr></table>',
    "pages": '<p style="page-break-after: always">x</p>' * 3_000,
    "depth": "<div>" * 1_000 + "x" + "</div>" * 1_000,
}


class TestCheck(BaseCase):
    def assert_refused(self, html, code):
        began = time.monotonic()
        with self.assertRaises(bounds.BoundsError) as refused:
            bounds.check(f"<html><body>{html}</body></html>")
        self.assertEqual(refused.exception.code, code)
        self.assertGreater(refused.exception.found, refused.exception.limit)
        self.assertLess(time.monotonic() - began, 10)
        return refused.exception

    def test_what_would_take_too_much_is_refused_at_once(self):
        for code, html in TOO_MUCH.items():
            with self.subTest(code):
                self.assert_refused(html, code)
        picture = large_picture()
        self.assertLess(len(picture), 500_000)
        self.assert_refused(f'<img src="{as_data(picture)}">', "pixels")

    def test_the_text_is_named(self):
        error = self.assert_refused(
            f'<div class="iso10003_people" data-people="What happened"><p>'
            f"It broke. {'a' * 3_000}</p></div>",
            "word",
        )
        self.assertEqual((error.label, error.excerpt), ("What happened", "a" * 40))

    def test_a_word_may_be_hidden_in_many_ways(self):
        for html in (
            "<b>" + "</b><b>".join(["aaaaa"] * 1_000) + "</b>",
            "\u00a0".join(["aaaaa"] * 1_000),
            "漢\u2060" * 3_000,
            "<td>" + "a<!-- -->" * 3_000 + "</td>",
        ):
            with self.subTest(html[:20]):
                self.assert_refused(html, "word")

    def test_a_text_of_people_takes_fewer_pages(self):
        page = "<p>x</p>" * 3_000
        self.assert_refused(
            f'<div class="iso10003_people">{page}</div>', "people_pages"
        )
        bounds.check(f"<html><body>{page}</body></html>")

    def test_each_row_takes_a_line_whatever_is_in_it(self):
        for html in (
            "<table>" + "<tr><td>x</td><td>y</td></tr>" * 3_000 + "</table>",
            "<p><b>x</b></p>" * 3_000,
            "<ul>" + "<li><a><i>x</i></a></li>" * 3_000 + "</ul>",
        ):
            with self.subTest(html[:20]):
                self.assert_refused(
                    f'<div class="iso10003_people">{html}</div>', "people_pages"
                )

    def test_ordinary_documents_pass(self):
        for html in (
            "<p>" + "some words of people " * 3_000 + "</p>",
            "<p>" + "漢字" * 5_000 + "</p>",
            "<p>" + "aaaa bbb\n" * 20_000 + "</p>",
            "<table><tr><td>" * 12 + "a mail" + "</table>" * 12,
            # a box around boxes takes no line
            "<div class='iso10003_people'>"
            + ("<div><p>x</p></div>" * 2_000)
            + "</div>",
            '<td colspan="7" rowspan="">x</td>',
            '<img src="data:image/png;base64,===">',
        ):
            with self.subTest(html[:20]):
                bounds.check(f"<html><body>{html}</body></html>")

    @given(st.text(), st.integers(1, 200))
    def test_no_text_breaks_it(self, text, times):
        try:
            bounds.check(f"<html><body>{text * times}</body></html>")
        except bounds.BoundsError as error:
            self.assertGreater(error.found, error.limit)

    @given(st.integers(1, 3_000), st.sampled_from("aنй-"))
    def test_a_word_is_refused_by_its_length(self, length, letter):
        html = f"<html><body><p>a {letter * length} b</p></body></html>"
        if length > bounds.MAX_WORD:
            self.assert_refused(html, "word")
        else:
            bounds.check(html)


class TestPictures(BaseCase):
    def test_only_the_head_is_read(self):
        content = io.BytesIO()
        Image.new("L", (30, 20)).save(content, "PNG")
        self.assertEqual(bounds.check_picture(content.getvalue()), 600)
        self.assertEqual(bounds.check_picture(content.getvalue()[:45]), 600)
        for other in (b"", b"words", b"<svg/>", b"%PDF-1.7", b"II*\x00fax"):
            self.assertEqual(bounds.check_picture(other), 0)


class TestBreakLongWords(BaseCase):
    def test_only_long_words(self):
        for told in ("It broke.", "a" * 80, "--head 12:" + "f" * 64, "ا" * 60):
            self.assertEqual(bounds.break_long_words(told), told)
        made = bounds.break_long_words("see https://example.com/" + "a" * 300)
        self.assertIn("\u200b", made)

    @given(st.text(max_size=400), st.integers(1, 20))
    def test_nothing_is_lost(self, told, times):
        made = bounds.break_long_words(told * times)
        self.assertEqual(
            made.replace("\u200b", ""), (told * times).replace("\u200b", "")
        )
