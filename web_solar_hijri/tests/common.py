# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import TransactionCase, new_test_user


class SolarCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        groups = "base.group_user,base.group_partner_manager,base.group_system"
        cls.persian = new_test_user(
            cls.env, "persian", groups, lang="fa_IR", tz="Asia/Tehran"
        )
        cls.english = new_test_user(
            cls.env, "english", groups, lang="en_US", tz="Asia/Tehran"
        )

    def as_user(self, user, model):
        """Return a model as the user has it, in the user's language."""
        return self.env[model].with_user(user).with_context(lang=user.lang, tz=user.tz)
