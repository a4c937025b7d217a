# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, new_test_user, tagged

from .common import SolarCase


class TestCalendarSystem(SolarCase):
    def test_by_language_or_chosen(self):
        for lang, chosen, solar in (
            ("fa_IR", "language", True),
            ("en_US", "language", False),
            ("fa_IR", "gregorian", False),
            ("en_US", "solar", True),
        ):
            with self.subTest(lang=lang, chosen=chosen):
                self.persian.write({"lang": lang, "calendar_system": chosen})
                self.assertIs(self.persian.uses_solar_calendar(), solar)

    def test_each_user_chooses(self):
        user = new_test_user(self.env, "clerk", "base.group_user")
        self.assertEqual(user.calendar_system, "language")
        user.with_user(user).write({"calendar_system": "solar"})
        self.assertTrue(user.uses_solar_calendar())


@tagged("post_install", "-at_install")
class TestSession(HttpCase):
    def test_the_web_client_is_told(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        for lang, solar in (("en_US", False), ("fa_IR", True)):
            new_test_user(self.env, f"user_{lang}", "base.group_user", lang=lang)
            self.authenticate(f"user_{lang}", f"user_{lang}")
            session = self.make_jsonrpc_request("/web/session/get_session_info")
            self.assertIs(session["solar_hijri"], solar)
