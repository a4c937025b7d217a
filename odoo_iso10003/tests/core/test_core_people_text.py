# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import lxml.html
from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...core import people_text
from . import hypothesis_profile  # noqa: F401

TAG_NAMES = sorted(
    people_text.BLOCKS
    | people_text.INLINE
    | people_text.DROPPED
    | set(people_text.MEANT)
    | {"font", "roya@example.com", "o:p", "textarea", "button", "select", "option"}
)
ATTRIBUTES = {
    "class": "footer header article page",
    "style": "position:fixed;margin-top:-900px;page-break-after:always",
    "id": "pages-of-exhibit-1",
    "rel": "attachment",
    "href": "/web/content/7",
    "data-append": "/web/content/7",
    "data-oe-model": "res.users",
    "src": "https://192.0.2.1/spy.png",
    "background": "https://192.0.2.1/spy.png",
    "onclick": "alert(1)",
    "align": "right",
    "dir": "rtl",
    "colspan": "2",
    "width": "90000",
}
KEPT = {"dir", "colspan", "rowspan", "href", "src", "alt"}


@st.composite
def soups(draw):
    """Return HTML as an attacker or a bad mail client writes it."""
    parts = []
    for kind in draw(st.lists(st.sampled_from("<>w/c"), max_size=30)):
        name = draw(st.sampled_from(TAG_NAMES))
        if kind == "<":
            names = draw(st.sets(st.sampled_from(sorted(ATTRIBUTES)), max_size=3))
            given_ = "".join(f' {key}="{ATTRIBUTES[key]}"' for key in sorted(names))
            parts.append(f"<{name}{given_}>")
        elif kind == ">":
            parts.append(f"</{name}>")
        elif kind == "/":
            parts.append(
                draw(st.sampled_from(["</body>", "</html>", "</div>", "<!--"]))
            )
        else:
            parts.append(
                draw(st.sampled_from([" words ", "a<b", "&lt;", "پرونده", "-->"]))
            )
    return "".join(parts)


def read(text):
    return lxml.html.document_fromstring(f"<html><body>{text}</body></html>")


class TestClean(BaseCase):
    """Nothing that people write can move, cover, hide or fetch anything."""

    @given(soups())
    def test_only_what_is_allowed_is_left(self, soup):
        allowed = people_text.BLOCKS | people_text.INLINE
        page = read(people_text.clean(soup))
        (box,) = page.find_class("iso10003_people")
        for node in box.iterdescendants():
            self.assertIn(node.tag, allowed)
            self.assertLessEqual(set(node.attrib), KEPT)
            self.assertFalse(node.get("src"))
            self.assertNotIn("/web/content", node.get("href", ""))

    @given(soups())
    def test_it_stays_in_its_box(self, soup):
        page = read(f"<p>before</p>{people_text.clean(soup)}<p id='after'>after</p>")
        (box,) = page.find_class("iso10003_people")
        (after,) = page.xpath("//*[@id='after']")
        self.assertIs(box.getnext(), after)
        self.assertEqual((box.tail or "").strip(), "")

    @given(
        st.lists(st.sampled_from(["<b>", "</b>", "<p>", "</div>", "</html>", "<x>"]))
    )
    def test_no_word_is_lost(self, tags):
        soup = "".join(f"{tag} word{number} " for number, tag in enumerate(tags))
        text = read(people_text.clean(soup)).text_content()
        for number in range(len(tags)):
            self.assertIn(f"word{number} ", text + " ")

    def test_no_word_is_lost_however_deep(self):
        deep = "<div>" * 1000 + "deep" + "</div>" * 1000 + "<p>after"
        text = read(people_text.clean(deep)).text_content()
        self.assertIn("deep", text)
        self.assertIn("after", text)

    def test_a_text_looks_as_it_did(self):
        told = (
            "<p>It <b>broke</b> on the <em>fifth</em> day.<br>Twice.</p>"
            "<ul><li>drum</li><li>pump</li></ul>"
            '<table><tr><td colspan="2">a</td></tr></table>'
            "<blockquote><p>Dear all</p></blockquote>"
        )
        self.assertIn(told, people_text.clean(told))

    def test_a_heading_is_no_heading_of_the_page(self):
        self.assertIn(
            "<p><strong>The register is whole</strong></p>",
            people_text.clean("<h2>The register is whole</h2>"),
        )

    def test_links_lead_to_others_only(self):
        own = {"odoo.example.com", "localhost:8069"}
        for address, kept in (
            ("https://example.org/order/7", True),
            ("mailto:roya@example.com", True),
            ("https://odoo.example.com/web/content/7", False),
            ("https://ODOO.example.com./web", False),
            ("https://ｏdoo.example.com/web", False),
            ("https://odoo.example.com:443/web", False),
            ("https:\\\\odoo.example.com/web", False),
            ("https:/web/content/7", False),
            ("https://user@odoo.example.com/", False),
            ("//odoo.example.com/web", False),
            ("/web/content/7", False),
            ("#register", False),
            ("http://localhost:8069/web", False),
            ("http://127.0.0.1/web", False),
            ("javascript:alert(1)", False),
            ("data:text/html,x", False),
        ):
            with self.subTest(address):
                made = people_text.clean(f'<a href="{address}">x</a>', own_hosts=own)
                self.assertEqual("href" in made, kept, made)

    def test_pictures_are_those_that_are_found(self):
        soup = '<img src="/web/image/5"><img src="/web/image/6" alt="the drum">'
        made = people_text.clean(
            soup, find_picture={"/web/image/5": "/web/image/5"}.get, missing="[none]"
        )
        self.assertIn('<img src="/web/image/5" alt="">', made)
        self.assertIn("[the drum]", made)
        self.assertEqual(made.count("src="), 1)
        self.assertIn(
            "data:image/png",
            people_text.clean("<img src='data:image/png;base64,AA=='>"),
        )
        for other in ("svg+xml", "x"):
            made = people_text.clean(f"<img src='data:image/{other};base64,AA=='>")
            self.assertNotIn("src", made)


class TestToHtml(BaseCase):
    """Words from a file or a mail: not one is lost."""

    def test_what_is_no_markup_is_a_word(self):
        for told, html in (
            (
                "From <roya@example.com>: I paid <all> in March",
                "<p>From &lt;roya@example.com&gt;: I paid &lt;all&gt; in March</p>",
            ),
            ("a<b", "<p>a&lt;b</p>"),
            ("a <b and c> d", "<p>a &lt;b and c&gt; d</p>"),
            ("if a<b>c", "<p>if a&lt;b&gt;c</p>"),
            ("Tom & Jerry &lt;", "<p>Tom &amp; Jerry &amp;lt;</p>"),
            ("one\r\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>"),
            ("<p>It broke.</p>", "<p>It broke.</p>"),
            ('<p dir="rtl">a</p> <x@y>', '<p dir="rtl">a</p> &lt;x@y&gt;'),
            ("a <b>bold</b>\nline", "a <b>bold</b><br>line"),
        ):
            with self.subTest(told):
                self.assertEqual(people_text.to_html(told), html)

    @given(st.text(st.sampled_from("ab <>&;\n@/x='\"1-")))
    def test_no_letter_is_lost(self, told):
        if people_text.find_tags(told):
            return
        shown = read(people_text.to_html(told)).text_content()
        self.assertEqual("".join(shown.split()), "".join(told.split()))
