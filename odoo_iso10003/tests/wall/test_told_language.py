# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import ast
from pathlib import Path

from odoo.tests.common import BaseCase

ROOT = Path(__file__).parents[2]


class TestActivities(BaseCase):
    def test_are_written_in_the_language_of_who_gets_them(self):
        mine = [
            f"{path.relative_to(ROOT)}:{call.lineno}"
            for path in (ROOT / "models").rglob("*.py")
            for call in ast.walk(ast.parse(path.read_text()))
            if isinstance(call, ast.Call)
            and getattr(call.func, "attr", "") == "activity_schedule"
            for said in call.keywords
            if said.arg in ("summary", "note")
            and "self.env._(" in ast.unparse(said.value)
        ]
        self.assertFalse(mine, "with_context(lang=…) of who gets it")
