# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests.common import BaseCase

from ...core.linked import find_linked

ATTACHMENT = "ir.attachment"


class TestLinked(BaseCase):
    """Which stored files a text leads to, however the address is written."""

    def test_each_way_of_writing_it(self):
        for address, found in (
            ("/web/image/12", (ATTACHMENT, 12)),
            ("/web/image/12-a1b2c3/name.png", (ATTACHMENT, 12)),
            ("/web/content/12?access_token=x&amp;download=1", (ATTACHMENT, 12)),
            ("https://example.com/web/content/12", (ATTACHMENT, 12)),
            ("/web/content/res.partner/7/image_1920", ("res.partner", 7)),
            ("/web/content?id=5", (ATTACHMENT, 5)),
            (
                "/web/image?model=iso10003.document&amp;id=5&amp;field=content",
                ("iso10003.document", 5),
            ),
        ):
            with self.subTest(address=address):
                self.assertEqual(find_linked(f'<img src="{address}"/>'), {found})

    def test_what_is_no_file_of_ours(self):
        for text in ("", None, "<p>12</p>", "/web/login", "/web/image?id=x", "/web/"):
            with self.subTest(text=text):
                self.assertEqual(find_linked(text), set())
