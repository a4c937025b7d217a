# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import re
from collections import Counter
from html import unescape
from os import walk
from pathlib import Path
from unittest.mock import patch

import polib

from odoo.exceptions import UserError
from odoo.tests.common import BaseCase, TransactionCase, tagged
from odoo.tools.translate import (
    TranslationFileWriter,
    TranslationModuleReader,
    code_translations,
)

from .common import ADDON, DisputeCase

FOLDER = Path(__file__).parents[1]
POT = FOLDER / "i18n" / f"{ADDON}.pot"
PERSIAN = FOLDER / "i18n" / "fa.po"
# of what people see of other addons
NEIGHBOURS = FOLDER / "i18n_neighbours" / "fa.po"

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")
TAG = re.compile(r"<[^>]*>")
# attributes whose text is translated as well
TEXT_ATTRIBUTE = re.compile(r'(title|alt|placeholder|aria-label)="[^"]*"')
PERSIAN_LETTER = re.compile("[آ-ی]")
# names that stay as they are in Persian prose
NAME = re.compile(r"ISO 100\d\d(:2018)?|SHA-256")
# what another word comes in the place of
STAND_IN = re.compile(rf"{NAME.pattern}|{PLACEHOLDER.pattern}|<[^>]*/>")
# an expression only looks like a term: it stays empty
EXPRESSION = "model:ir.actions.report,print_report_name:"

MISTAKES = {
    "an Arabic letter": "[يكىةإـ]",
    "an Arabic digit": "[٠-٩]",
    "a European digit": "[0-9]",
    "a European mark": "[,;?]",
    "a European quotation mark": "[\"'“”]",
    "dots in place of …": r"\.\.",
    "no ZWNJ after می": r"\bن?می\s+[آ-ی]",
    "no ZWNJ before ها": r"\sها(ی|یی|یم|یت|یش)?\b",
    "no ZWNJ before ای": r"ه\s+(ای|اند|ام)\b",
    "a ZWNJ that joins nothing": r"(^|[^آ-یٔ])\u200c|\u200c($|[^آ-ی])",
    "a space before a mark": r"\s[.،؛:؟!»)]",
    "a space after an opening mark": r"[«(]\s",
    "no space after a mark": "[،؛؟][^\\s»)]",
    "a doubled space": r"[ \t]{2}",
    "a spelling that is not ours": "این\u200cجا|گواهی\u200cنامه|اختلاف\u200cها|گفتگو",
    "a word that means something else, or another than stands elsewhere": (
        "بذر|دیرکرد|پالایه|احقاق|ممتاز|کارشناس رسیدگی|مرور زمان|گواهی\u200cدهنده"
        "|گاه\u200cشمار|عدم تطابق|حسابرس|استماع|پس\u200c?\\s?گرفتن|هش(\\s|$)"
    ),
    "a space at an end": r"^\s|\s$",
}


class OwnTerms(TranslationModuleReader):
    """The terms of this addon. Odoo looks into each file of each addon for them."""

    # pylint: disable=missing-return
    def _export_translatable_resources(self):
        def walk_here(top, **options):
            return walk(FOLDER, **options) if Path(top) == FOLDER.parent else ()

        with patch("odoo.tools.translate.os.walk", walk_here):
            super()._export_translatable_resources()


def places(file):
    """Return where each term is used; of code, the language is enough."""
    return {
        entry.msgid: {
            Path(name).suffix if name.startswith("code:") else name
            for name, _line in entry.occurrences
        }
        for entry in file
    }


def tags(text):
    return Counter(TEXT_ATTRIBUTE.sub(r"\1", tag) for tag in TAG.findall(text))


@tagged("-at_install", "post_install")
class TestTemplate(TransactionCase):
    def test_has_all_terms_and_no_other(self):
        buffer = io.BytesIO()
        TranslationFileWriter(buffer, "po").write_rows(OwnTerms(self.env.cr, [ADDON]))
        now = places(polib.pofile(buffer.getvalue().decode()))
        noted = places(polib.pofile(str(POT)))
        problems = [
            *(f"missing: {term!r}" for term in now.keys() - noted.keys()),
            *(f"left over: {term!r}" for term in noted.keys() - now.keys()),
            *(
                f"used elsewhere now: {term!r}"
                for term in now.keys() & noted.keys()
                if now[term] != noted[term]
            ),
        ]
        self.assertFalse(problems, "\nrun script/translate:\n" + "\n".join(problems))


@tagged("-at_install", "post_install")
class TestPersian(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pot = polib.pofile(str(POT))
        cls.persian = polib.pofile(str(PERSIAN))

    def _assert_none(self, problems):
        self.assertFalse(problems, "\n" + "\n".join(problems))

    def test_has_the_terms_of_the_template(self):
        self.assertEqual(places(self.persian), places(self.pot))
        self.assertFalse(self.persian.obsolete_entries())

    def test_is_complete(self):
        self._assert_none(
            [
                entry.msgid
                for entry in self.persian
                if bool(entry.msgstr) == entry.occurrences[0][0].startswith(EXPRESSION)
                or entry.msgstr == entry.msgid
                or entry.fuzzy
            ]
        )

    def test_keeps_placeholders_and_tags(self):
        self._assert_none(
            [
                f"{entry.msgid!r} ≠ {entry.msgstr!r}"
                for entry in self.persian.translated_entries()
                if sorted(PLACEHOLDER.findall(entry.msgid))
                != sorted(PLACEHOLDER.findall(entry.msgstr))
                or tags(entry.msgid) != tags(entry.msgstr)
                or entry.msgid.endswith(":") != entry.msgstr.endswith(":")
            ]
        )

    def test_is_written_with_care(self):
        problems = []
        for entry in [*self.persian, *polib.pofile(str(NEIGHBOURS))]:
            text = unescape(entry.msgstr)
            if not PERSIAN_LETTER.search(text):
                continue
            texts = [
                value for tag in TAG.findall(text) for value in self._texts_in(tag)
            ]
            texts.append(TAG.sub("", STAND_IN.sub("نام", text)))
            problems += [
                f"{what}: {entry.msgstr!r}"
                for what, pattern in MISTAKES.items()
                for part in texts
                if re.search(pattern, part)
            ]
        self._assert_none(problems)

    def _texts_in(self, tag):
        return [
            attribute[0].partition("=")[2].strip('"')
            for attribute in TEXT_ATTRIBUTE.finditer(tag)
        ]


@tagged("-at_install", "post_install")
class TestPersianUser(DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "fa_IR" not in dict(cls.env["res.lang"].get_installed()):
            cls.env["res.lang"]._activate_lang("fa_IR")
            cls.env.ref(f"base.module_{ADDON}")._update_translations(["fa_IR"])
        cls.handler.lang = "fa_IR"
        cls.persian = cls.env(
            user=cls.handler, context={**cls.env.context, "lang": "fa_IR"}
        )

    def _assert_persian(self, text):
        self.assertRegex(text, PERSIAN_LETTER)
        words = NAME.sub("", re.sub(r"DSP/\S+|HT\d+", "", text))
        self.assertNotRegex(words, "[A-Za-z]{2}")

    def test_labels_of_fields(self):
        for name in ("dispute", "policy", "gate", "register", "remedy", "dispute.step"):
            for info in self.persian[f"iso10003.{name}"].fields_get().values():
                self._assert_persian(info["string"])

    def test_selections(self):
        dispute = self.persian["iso10003.dispute"].fields_get(["state", "outcome"])
        step = self.persian["iso10003.dispute.step"].fields_get(["result", "early_end"])
        gate = self.persian["iso10003.gate"].fields_get(["state"])
        self.assertEqual(dispute["state"]["selection"][0], ("referral", "۷.۲ ارجاع"))
        self.assertEqual(gate["state"]["selection"], dispute["state"]["selection"])
        self.assertEqual(
            step["result"]["selection"] + step["early_end"]["selection"],
            dispute["outcome"]["selection"],
        )

    def test_menus(self):
        menus = self.persian["ir.ui.menu"].browse(
            self.env.ref(f"{ADDON}.menu_dispute").id
        )
        self.assertEqual(menus.name, "اختلافات")
        for menu in menus.search([("id", "child_of", menus.id)]):
            self._assert_persian(menu.name)

    def test_audits_and_actions_of_the_management_system(self):
        shown = {
            "mgmtsystem.audit": ["name", "date", "user_id", "state", "strong_points"],
            "mgmtsystem.action": ["name", "date_deadline", "type_action", "stage_id"],
        }
        for model, names in shown.items():
            for name, info in self.persian[model].fields_get(names).items():
                with self.subTest(model=model, field=name):
                    self._assert_persian(info["string"])
                    for _value, label in info.get("selection", ()):
                        self._assert_persian(label)
        form = self.env.ref("mgmtsystem_audit.view_mgmtsystem_audit_form")
        arch = form.with_context(lang="fa_IR").arch
        for word in ("Auditees", "Verification List", "Strong Points"):
            self.assertNotIn(f'"{word}"', arch)

    def test_refusal_by_gates(self):
        dispute = self._open_dispute().with_env(self.persian)
        with self.assertRaisesRegex(UserError, "این موارد هنوز لازم است") as refusal:
            dispute.action_advance()
        self._assert_persian(str(refusal.exception))
        self.assertIn("• ۷.۲: آگاه‌کردن شاکی", str(refusal.exception))

    def test_checklist(self):
        dispute = self._open_dispute().with_env(self.persian)
        for gate in dispute.gate_checklist:
            self._assert_persian(gate["name"])
            self._assert_persian(gate["advice"])
            self.assertNotRegex(gate["clause"], "[0-9]")

    def test_refusal_of_a_guarded_field(self):
        dispute = self._open_dispute().with_env(self.persian)
        with self.assertRaises(UserError) as refusal:
            dispute.write({"state": "closed"})
        self.assertIn(
            "اختلاف: وضعیت را نمی‌توان مستقیم تغییر داد", str(refusal.exception)
        )

    def test_default_policy(self):
        policy = self.env.ref(f"{ADDON}.default_policy").with_env(self.persian)
        recourse = policy.recourse
        self.assertIn("اگر پاسخ ما را نمی‌پذیرید", recourse)
        self.assertIn("دادگاه", recourse)
        self._assert_persian(TAG.sub("", recourse))

    def test_web_client(self):
        terms = code_translations.get_web_translations(ADDON, "fa_IR")["messages"]
        noted = [
            entry
            for entry in polib.pofile(str(PERSIAN))
            if "odoo-javascript" in entry.comment
        ]
        self.assertTrue(noted)
        self.assertEqual(
            {term["id"]: term["string"] for term in terms},
            {entry.msgid: entry.msgstr for entry in noted},
        )
