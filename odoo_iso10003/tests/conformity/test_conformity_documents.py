# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Starter documents: installed, approved and current."""

from odoo.exceptions import AccessError

from ..common import ADDON
from .conformity_common import AuditCase


class TestStarterDocuments(AuditCase):
    def _documents(self, user=None):
        documents = self.env["iso10003.starter.document"].search([])
        return documents.with_user(user or self.lead).with_company(self.shop)

    def test_they_become_pages_in_the_trees_of_the_system(self):
        wizard = (
            self.env["iso10003.starter.install"]
            .with_user(self.lead)
            .with_company(self.shop)
            .create({"lang": "en_US"})
        )
        wizard.action_install()
        documents = self._documents()
        pages = documents.sudo().page_ids.filtered(
            lambda page: page.company_id == self.shop
        )
        self.assertEqual(len(pages), 7)
        self.assertEqual(
            set(pages.parent_id.mapped("name")), {"Quality Manual", "Procedure"}
        )
        self.assertEqual(set(documents.mapped("standing")), {"waiting"})
        # installing again changes nothing
        self.assertFalse(documents._install("en_US"))

    def test_they_count_when_an_approver_has_approved_them(self):
        document = self._documents()[0]
        page = document._install("en_US").sudo()
        self.assertFalse(page.approved_date)
        change = self.env["document.page.history"].search([("page_id", "=", page.id)])
        self.assertIn("Purpose", change.content)
        change.action_approve()
        self.env.invalidate_all()
        self.assertEqual(document.standing, "current")

    def test_only_managers_install(self):
        with self.assertRaises(AccessError):
            self._documents(self.inspector)._install("en_US")

    def test_in_persian(self):
        if "fa_IR" not in dict(self.env["res.lang"].get_installed()):
            self.env["res.lang"]._activate_lang("fa_IR")
            self.env.ref(f"base.module_{ADDON}")._update_translations(["fa_IR"])
        pages = self._documents()._install("fa_IR").sudo()
        self.assertEqual(len(pages), 7)
        change = self.env["document.page.history"].search(
            [("page_id", "in", pages.ids)]
        )
        for page in pages:
            self.assertRegex(page.name, "[آ-ی]")
        for text in change.mapped("content"):
            self.assertRegex(text, "هدف")
            self.assertNotRegex(text, "Objective")
