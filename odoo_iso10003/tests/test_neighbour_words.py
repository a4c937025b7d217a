# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from html import unescape

import polib

from odoo.tests.common import TransactionCase, tagged

from ..models.mixin.neighbour_words import get_web_words
from .test_translations import NEIGHBOURS

PLACE = re.compile(r"(model|model_terms):([\w.]+),(\w+):(\S+)")


@tagged("-at_install", "post_install")
class TestNeighbourWords(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.module = cls.env.ref("base.module_mgmtsystem_nonconformity")
        cls.module._update_translations(["fa_IR"])
        cls.persian = cls.env(context={"lang": "fa_IR"})

    def test_an_update_of_a_neighbour_keeps_our_words(self):
        self.module._update_translations(["fa_IR"], overwrite=True)
        info = self.persian["mgmtsystem.nonconformity"].fields_get()
        self.assertEqual(info["number_of_days_to_close"]["string"], "روز تا بستن")
        menu = self.persian.ref("mgmtsystem_nonconformity.menu_open_nonconformity")
        self.assertNotIn("تطابق", menu.name)

    def test_a_word_that_an_organization_chose_stays(self):
        stage = self.persian.ref("mgmtsystem_nonconformity.stage_draft")
        analysed = self.persian.ref("mgmtsystem_nonconformity.stage_pending")
        self.assertEqual(analysed.name, "برنامهٔ اقدام")
        stage.name = "تازه‌رسیده"
        self.module._update_translations(["fa_IR"], overwrite=True)
        self.assertEqual(stage.name, "تازه‌رسیده")
        self.assertEqual(analysed.name, "برنامهٔ اقدام")

    def test_choices_of_mixins_are_called_as_there(self):
        theirs = self.persian["mail.activity.mixin"].fields_get(["activity_state"])
        words = dict(theirs["activity_state"]["selection"])
        self.assertEqual(words["today"], "امروز")
        asked = 0
        for name in self.env:
            field = self.env[name]._fields.get("activity_state")
            if name.startswith("iso10003.") and field:
                label = dict(field._description_selection(self.persian))
                self.assertEqual(label, words, name)
                asked += 1
        self.assertGreater(asked, 5)

    def test_what_scripts_say(self):
        terms, _lang = self.env["ir.http"]._get_translations_for_webclient(
            ["web", "mail"], "fa_IR"
        )
        said = {term["id"]: term["string"] for term in terms["web"]["messages"]}
        self.assertEqual(said["Custom Filter"], "فیلتر سفارشی")
        self.assertEqual(said["Cancel"], "لغو")
        terms, _lang = self.env["ir.http"]._get_translations_for_webclient(
            ["web"], "fr_FR"
        )
        self.assertNotIn("فیلتر سفارشی", str(terms))

    def test_each_word_stands_for_what_a_neighbour_says(self):
        """What a neighbour says otherwise meanwhile would not be corrected."""
        self.assertTrue(get_web_words("fa_IR"))
        lost = []
        for entry in polib.pofile(str(NEIGHBOURS)):
            for place, _line in entry.occurrences:
                if match := PLACE.fullmatch(place):
                    kind, _model, name, xmlid = match.groups()
                    record = self.env.ref(xmlid, raise_if_not_found=False)
                    text = record and record.with_context(lang="en_US")[name] or ""
                    if not (
                        entry.msgid == text
                        if kind == "model"
                        else entry.msgid in unescape(text)
                    ):
                        lost.append((entry.msgid, place))
        self.assertFalse(lost)
