# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import ast
from pathlib import Path

from odoo.exceptions import UserError, ValidationError
from odoo.tests.common import BaseCase, TransactionCase, tagged

from ...models.mixin.people_date import format_people_number, format_people_percent
from ..common import DisputeCase

ROOT = Path(__file__).parents[2]
CODE = [
    path
    for part in ("models", "report", "wizard")
    for path in (ROOT / part).rglob("*.py")
]
# what counts, and what is told of fields that hold numbers
COUNTING = {"len", "sum", "round", "int", "float_repr"}
NUMBERS = {"clause", "failing_count", "least", "memory", "most", "population"}
NUMBERS |= {"seconds", "threshold", "version"}
# what writes for a reader
WRITING = ("format_", "_tell_", "_written_", "_write_", "digits")


def name_of(node):
    return getattr(node, "attr", getattr(node, "id", ""))


def raw_numbers(node):
    """Yield the places of an expression that give a number as Python writes it."""
    if isinstance(node, ast.Call):
        if name_of(node.func).startswith(WRITING):
            return
        if name_of(node.func) in COUNTING:
            yield node
    if isinstance(node, ast.Attribute) and (
        node.attr in NUMBERS
        or (
            node.attr == "code"
            and name_of(node.value) in ("requirement_id", "question")
        )
    ):
        yield node
    for child in ast.iter_child_nodes(node):
        yield from raw_numbers(child)


class TestAllMessages(BaseCase):
    def test_numbers_pass_the_function_that_writes_them(self):
        raw = [
            f"{path.relative_to(ROOT)}:{number.lineno}: {ast.unparse(number)}"
            for path in CODE
            for call in ast.walk(ast.parse(path.read_text()))
            if isinstance(call, ast.Call) and name_of(call.func) == "_"
            for value in call.keywords
            for number in raw_numbers(value.value)
        ]
        self.assertFalse(raw, "format_people_number() writes them for the reader")

    def test_the_walk_finds_them(self):
        call = ast.parse('_("%(n)s of %(v)s", n=len(x), v=self.version)').body[0].value
        found = [n for value in call.keywords for n in raw_numbers(value.value)]
        self.assertEqual(len(found), 2)


@tagged("-at_install", "post_install")
class TestNumbers(TransactionCase):
    def test_persian(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        for number, written in (
            (2, "۲"),
            (75.6, "۷۵٫۶"),
            ("4.10", "۴.۱۰"),
            (-3, "-۳"),
        ):
            self.assertEqual(format_people_number(self.env, number, "fa_IR"), written)
        self.assertEqual(format_people_percent(self.env, 80.4, "fa_IR"), "۸۰٪")

    def test_english(self):
        self.assertEqual(format_people_number(self.env, 75.6, "en_US"), "75.6")
        self.assertEqual(format_people_percent(self.env, 80.4, "en_US"), "80 %")


@tagged("-at_install", "post_install")
class TestRefusalsInPersian(DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.env.ref("base.module_odoo_iso10003")._update_translations(["fa_IR"])

    def _in_persian(self, records):
        return records.with_context(lang="fa_IR")

    def test_names(self):
        policy = self._in_persian(self.env.ref("odoo_iso10003.default_policy"))
        self.assertRegex(policy.display_name, "نسخهٔ [۰-۹]+$")
        clause = self._in_persian(self.env.ref("odoo_iso10003.clause_10003_4_10"))
        self.assertRegex(clause.display_name, "^ISO 10003، بند ۴.۱۰ ")

    def test_a_value_that_cannot_be_true(self):
        rules = self._in_persian(self.env["iso10003.role"])
        field = self.env["iso10003.hearing"]._fields["notice_days"]
        self.assertIn("۳۶۵۰", rules._find_implausible(field, 4000))
        self.assertNotRegex(rules._find_implausible(field, 4000), "[0-9]")

    def test_a_question(self):
        question = self._in_persian(self.env.ref("odoo_iso10003.requirement_010"))
        with self.assertRaises(ValidationError) as refusal:
            question.write({"check": "nothing", "check_model": "iso10003.dispute"})
        self.assertRegex(str(refusal.exception), "پرسش [۰-۹]+")

    def test_several_files_at_once(self):
        files = self._open_dispute() | self._open_dispute()
        with self.assertRaises(UserError) as refusal:
            self._in_persian(files).action_advance()
        self.assertIn("۷.۲", str(refusal.exception))
        told = self._in_persian(files)._tell_taken([])["params"]["message"]
        self.assertNotRegex(told, "[0-9]")
