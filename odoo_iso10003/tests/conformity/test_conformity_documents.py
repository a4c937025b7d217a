# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Starter documents: installed, approved and current."""

import re

from odoo.exceptions import AccessError

from ..common import ADDON
from .conformity_common import AuditCase

TAG = re.compile("<[^>]*>")
HEADING = re.compile("<h2>([^<]*)</h2>")
# what each controlled document has, whatever else it says
CONTROLLED = {
    "Purpose",
    "Scope",
    "Responsibilities",
    "Time limits",
    "Forms and records",
    "Definitions",
    "Keeping of records",
    "References",
    "Revisions",
}


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

    def test_each_has_what_a_controlled_document_has(self):
        pages = self._documents()._install("en_US").sudo()
        changes = self.env["document.page.history"].search(
            [("page_id", "in", pages.ids)]
        )
        self.assertEqual(len(changes), 7)
        codes = set()
        for change in changes:
            text = TAG.sub("\n", change.content)
            headings = HEADING.findall(change.content)
            with self.subTest(change.page_id.name):
                self.assertGreater(set(headings), CONTROLLED)
                for word in ("Document code", "Revision", "Prepared by", "Signature"):
                    self.assertIn(word, text)
                limits = text.partition("Time limits")[2].partition("Forms and")[0]
                self.assertRegex(limits, "[0-9]")
                codes.add(re.search("DR-[A-Z]{3}-[0-9]{2}", text)[0])
        self.assertEqual(len(codes), 7)

    def test_an_approver_compares_them(self):
        """Beside the empty page before, an approver sees each one as new."""
        pages = self._documents()._install("en_US").sudo()
        for page in pages:
            change = self.env["document.page.history"].search(
                [("page_id", "=", page.id)]
            )
            self.assertIn("<added>Document code</added>", change.diff)

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
            self.assertNotRegex(text, "Purpose")
            # ISO and the code of the document stand as they are
            words = re.sub("ISO|DR-[A-Z]{3}", "", TAG.sub(" ", text))
            self.assertNotRegex(words, "[A-Za-z]{2}")
