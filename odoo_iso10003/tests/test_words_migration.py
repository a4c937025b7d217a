# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests.common import TransactionCase, tagged

from .common import ADDON
from .migration_common import run_migration

SCRIPT = "19.0.1.5.0/post-words"


@tagged("-at_install", "post_install")
class TestWordsMigration(TransactionCase):
    """What shipped words have become reaches a database of before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.env.ref(f"base.module_{ADDON}")._update_translations(["fa_IR"])
        cls.persian = cls.env(context={"lang": "fa_IR"})
        cls.documents = cls.env["iso10003.starter.document"].search([])

    def _put_as_it_came(self, document, body):
        """Let a document be as an older version brought it."""
        self.env.flush_all()
        self.env.cr.execute(
            """UPDATE iso10003_starter_document
                  SET write_date = create_date,
                      body = jsonb_build_object('en_US', %(body)s, 'fa_IR', %(body)s)
                WHERE id = %(id)s""",
            {"body": body, "id": document.id},
        )
        self.env.invalidate_all()

    def test_a_starter_that_nobody_changed_is_renewed(self):
        document = self.documents[0]
        present = document.body
        self.assertIn("Time limits", present)
        self._put_as_it_came(document, "<h2>Purpose</h2><p>As it was.</p>")
        for _time in range(2):
            run_migration(self.env, SCRIPT, "19.0.1.4.0")
        self.assertEqual(document.body, present)
        persian = document.with_env(self.persian).body
        self.assertIn("مهلت‌ها", persian)
        self.assertNotIn("As it was", persian)

    def test_one_that_somebody_changed_stays(self):
        document = self.documents[0]
        document.body = "<p>Ours</p>"
        self.env.flush_all()
        self.env.cr.execute(
            """UPDATE iso10003_starter_document
                  SET write_date = create_date + interval '1 day' WHERE id = %s""",
            [document.id],
        )
        run_migration(self.env, SCRIPT, "19.0.1.4.0")
        self.assertEqual(document.body, "<p>Ours</p>")

    def test_persian_words_are_those_of_this_version(self):
        gate = self.persian.ref(f"{ADDON}.gate_referral_recourse_told")
        own = self.persian.ref(f"{ADDON}.skill_evaluating")
        menu = self.persian.ref(f"{ADDON}.menu_dispute")
        present = gate.name
        gate.name = (
            "آگاه‌کردن شاکی از حل اختلاف در خارج از سازمان و سایر راه‌های احقاق حق"
        )
        own.name, menu.name = "مهارت خود ما", "نام پیشین"
        run_migration(self.env, SCRIPT, "19.0.1.4.0")
        self.assertEqual(gate.name, present)
        self.assertEqual(own.name, "مهارت خود ما")
        self.assertEqual(menu.name, "اختلافات")
