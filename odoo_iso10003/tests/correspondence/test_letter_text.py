# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from odoo.tests import BaseCase, tagged

from ...core import letter_text

words = st.text(st.characters(blacklist_characters="⟦⟧{}", codec="utf-8"), min_size=1)


@tagged("-at_install", "post_install")
class TestLetterText(BaseCase):
    @given(words)
    def test_a_word_stands_in_its_place(self, word):
        self.assertEqual(letter_text.fill("A {b} c", {"b": word}, {}), f"A {word} c")

    def test_a_place_without_a_word_is_a_gap_with_its_label(self):
        text = letter_text.fill("{a} and {b}", {"a": ""}, {"a": "our reasons"})
        self.assertEqual(text, "⟦our reasons⟧ and ⟦b⟧")
        self.assertEqual(letter_text.find_gaps(text), ["our reasons", "b"])

    @given(words)
    def test_words_are_no_html(self, word):
        filled = letter_text.fill_html("<p>{a}</p>", {"a": f"<b>{word}"}, {})
        self.assertNotIn("<b>", filled)

    def test_what_is_html_stays(self):
        filled = letter_text.fill_html("{a}", {"a": Markup("<ul><li>x</li></ul>")}, {})
        self.assertEqual(filled, "<ul><li>x</li></ul>")

    def test_no_expression_is_evaluated(self):
        for text in ("{a.b}", "{a!r}", "{a[0]}", "{{a}}", "{A}"):
            self.assertEqual(letter_text.fill(text, {"b": "x"}, {}).strip("{}"), {
                "{a.b}": "a.b", "{a!r}": "a!r", "{a[0]}": "a[0]", "{{a}}": "⟦a⟧",
                "{A}": "A",
            }[text])  # fmt: skip

    def test_elements_alone_are_no_words(self):
        self.assertFalse(letter_text.has_words("<p><br/>&nbsp;</p> "))
        self.assertTrue(letter_text.has_words("<p>Yes</p>"))


class TestStillSays(BaseCase):
    WORD = "<p>You may go to the Board of Trade.</p><p>Or to court, at your cost.</p>"

    def _assert_says(self, text, says):
        self.assertEqual(letter_text.still_says(text, self.WORD), says, text)

    def test_what_filled_a_place_and_still_stands_there(self):
        self._assert_says(f"<p>Dear Roya,</p><div>{self.WORD}</div>", True)
        self._assert_says(self.WORD.replace("at your cost", "which costs you"), True)
        self._assert_says("<p>Dear Roya, no.</p>", False)
        self._assert_says("<p>You may go to the court of your town.</p>", False)
        self._assert_says("", False)
        self.assertFalse(letter_text.still_says("<p>Anything</p>", ""))
        self.assertTrue(letter_text.still_says("<p>Go to <b>court</b>!</p>", "court"))
