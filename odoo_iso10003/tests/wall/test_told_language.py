# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import ast
import re
from pathlib import Path

from odoo import fields
from odoo.tests.common import BaseCase

from ..common import DisputeCase

TAG = re.compile("<[^>]*>")
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


class TestNotes(DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.env.ref("base.module_odoo_iso10003")._update_translations(["fa_IR"])
        cls.handler.lang = "fa_IR"

    def _read_notes(self, dispute, reader, lang):
        """Return body and subtype's words of each note, as the client shows them."""
        messages = dispute.message_ids.with_user(reader).with_context(lang=lang)
        notes = messages.filtered(lambda one: not one.sudo().tracking_value_ids)
        return [(TAG.sub("", one.body), one.subtype_id.description) for one in notes]

    def test_a_creation_is_told_in_the_language_of_its_reader(self):
        dispute = self._open_dispute()
        self.assertIn(("", "Created"), self._read_notes(dispute, self.manager, "en_US"))
        self.assertIn(
            ("", "ایجاد شد"), self._read_notes(dispute, self.manager, "fa_IR")
        )

    def test_that_a_ticket_stays_open_too(self):
        dispute = self._open_dispute()
        self.env["helpdesk.ticket.stage"].search([]).closed = False
        self._record(dispute, informed_date=fields.Date.today())
        dispute.with_user(self.handler).with_context(lang="fa_IR").action_close(
            "discontinued", "They withdrew."
        )
        number = dispute.ticket_id.number
        [note] = [
            said
            for body, said in self._read_notes(dispute, self.manager, "en_US")
            if body == number
        ]
        self.assertIn("has no stage that closes", note)
        [note] = [
            said
            for body, said in self._read_notes(dispute, self.manager, "fa_IR")
            if body == number
        ]
        self.assertNotRegex(note, "[A-Za-z]")
