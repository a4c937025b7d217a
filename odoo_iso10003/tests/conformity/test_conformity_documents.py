# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Starter documents: installed, approved and current."""

import re

from dateutil.relativedelta import relativedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError

from ..common import ADDON
from ..migration_common import run_migration
from .conformity_common import NOW, AuditCase

APPROVERS = "document_page_approval.group_document_approver_user"
SCRIPT = "19.0.1.8.0/post-starter_documents"
TAG = re.compile("<[^>]*>")
HEADING = re.compile(r"<h2>\d+\. ([^<]*)</h2>")
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
                self.assertNotIn("{", text)  # every place is filled in
                codes.add(re.search("DR-[A-Z]{3}-[0-9]{2}", text)[0])
                forms = re.findall("DR-FRM-[0-9]{4}", text)
                self.assertGreater(len(forms), 2)
                self.assertFalse(codes & set(forms))  # each form is in one document
                codes.update(forms)
                kept = text.partition("Forms and")[2].partition("Keeping of")[0]
                self.assertGreaterEqual(kept.count("years"), len(forms))
        self.assertEqual(len([code for code in codes if "FRM" not in code]), 7)

    def _text(self, name, lang="en_US"):
        document = self.env.ref(f"{ADDON}.{name}").with_context(lang=lang)
        return TAG.sub(" ", document._write_page(self.shop))

    def test_limits_are_those_of_the_policy_in_force(self):
        text = self._text("starter_handling")
        # what the house proposes, where the policy says nothing
        self.assertIn("Acknowledging the notice: 3 working days", text)
        self.assertIn("before it may go outside: 56 days", text)
        self.env.flush_all()
        rule = self.env.ref(f"{ADDON}.rule_house_acknowledge").copy(
            {"pack_id": False, "policy_id": self._new_draft().id, "active": True}
        )
        self._set_columns(rule, quantity=1, unit="working_day")
        self._set_columns(rule, policy_id=self.policy.id)
        self._set_columns(self.policy, answer_days=30)
        text = self._text("starter_handling")
        self.assertIn("Acknowledging the notice: 1 working day after", text)
        self.assertIn("before it may go outside: 30 days", text)
        self.assertIn("Sending our position: 30 days", text)

    def _new_draft(self):
        return self.policy.copy({"company_id": self.shop.id})

    def test_the_text_says_what_the_product_does(self):
        """What files go through is in the procedures, so that nothing is lost."""
        wanted = {
            "starter_dispute_policy": ["information sheet", "tiers", "tracks"],
            "starter_recording": ["hold", "digest", "verified", "mandates"],
            "starter_handling": [
                "invite",
                "information sheet",
                "withdrawal",
                "referred? the matter|refers the matter back",
                "counter-offers",
                "bundle",
                "obligation",
                "proceeding",
                "recourse",
            ],
            "starter_impartiality": ["waiver", "without prejudice", "declares"],
            "starter_legal_referral": ["amendment", "exhibits", "appeal"],
            "starter_training": ["nine roles", "matrix", "ethical conduct"],
            "starter_internal_audit": ["five whys", "remote", "drawn by lot"],
        }
        for name, words in wanted.items():
            text = self._text(name)
            for word in words:
                with self.subTest(name, word=word):
                    self.assertRegex(text.lower(), word)

    # ------------------------------------------------------------
    # Who approves is told, and reads it where they stand
    # ------------------------------------------------------------

    def _new_approver(self):
        return self._new_user(
            "approver of documents",
            f"{APPROVERS},{ADDON}.group_sponsor",
            company_id=self.shop.id,
            company_ids=[Command.set(self.shop.ids)],
        )

    def _tasks(self, user, pages):
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", "document.page"),
                ("res_id", "in", pages.ids),
                ("user_id", "=", user.id),
            ]
        )

    def test_who_approves_has_a_task_until_it_is_done(self):
        approver = self._new_approver()
        stranger = self._new_user("approver elsewhere", APPROVERS)
        pages = self._documents()._install("en_US").sudo()
        self.assertEqual(len(self._tasks(approver, pages)), 7)
        self.assertFalse(self._tasks(stranger, pages))
        page = pages[0].with_user(approver)
        self.assertIn("Purpose", page.waiting_content)
        change = self.env["document.page.history"].search([("page_id", "=", page.id)])
        change.with_user(approver).action_approve()
        self.env.invalidate_all()
        self.assertEqual(len(self._tasks(approver, pages)), 6)
        self.assertFalse(page.waiting_content)
        self.assertIn("Purpose", page.content)

    def test_all_are_approved_at_once_by_who_may(self):
        approver = self._new_approver()
        documents = self._documents()
        pages = documents._install("en_US").sudo()
        with self.assertRaisesRegex(UserError, "you do not approve documents"):
            documents.action_approve_all()
        self.env.invalidate_all()  # whether one approves is kept for another user
        documents.with_user(approver).action_approve_all()
        self.env.invalidate_all()
        self.assertEqual(set(documents.mapped("standing")), {"current"})
        self.assertFalse(self._tasks(approver, pages))
        with self.assertRaisesRegex(UserError, "No text waits"):
            documents.with_user(approver).action_approve_all()

    # ------------------------------------------------------------
    # A newer text is offered, and overwrites nothing
    # ------------------------------------------------------------

    def _changes(self, page, *states):
        return self.env["document.page.history"].search(
            [("page_id", "=", page.id), ("state", "in", states)], order="id"
        )

    def _let_it_be_of_before(self, document):
        self.env.flush_all()
        self.env.cr.execute(
            """UPDATE iso10003_starter_document
                  SET write_date = create_date,
                      body = jsonb_build_object('en_US', '<h2>Purpose</h2><p>Old</p>')
                WHERE id = %s""",
            [document.id],
        )
        self.env.invalidate_all()

    def test_an_update_offers_the_new_text_to_what_is_installed(self):
        approver = self._new_approver()
        documents = self._documents(self.env.user)
        in_force, adapted, untouched, own = documents[:4]
        own_text = "<p>Ours</p>"
        for document in documents[:3]:
            self._let_it_be_of_before(document)
        pages = documents.with_user(self.lead)._install("en_US").sudo()
        by_start = {page.starter_id: page for page in pages}
        self._changes(by_start[in_force], "to approve").action_approve()
        self._changes(by_start[adapted], "to approve").action_approve()
        by_start[adapted].content = own_text
        self._changes(by_start[adapted], "to approve").action_approve()
        by_start[own].starter_id.body = own_text
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE iso10003_starter_document "
            "SET write_date = create_date + interval '1 day' WHERE id = %s",
            [own.id],
        )
        for _time in range(2):  # a second run offers nothing more
            run_migration(self.env, SCRIPT, "19.0.1.7.0")
        for document in (in_force, adapted, untouched):
            page = by_start[document]
            waiting = self._changes(page, "to approve")
            self.assertEqual(len(waiting), 1, document.name)
            self.assertIn("Forms and records", waiting.content)
        self.assertIn("Old", by_start[in_force].content)
        self.assertEqual(by_start[adapted].content, own_text)
        self.assertFalse(by_start[untouched].content.count("Old"))
        self.assertEqual(
            self._changes(by_start[untouched], "cancelled").mapped("state"),
            ["cancelled"],
        )
        # one that an administrator wrote anew offers nothing
        self.assertEqual(own.body, own_text)
        self.assertEqual(len(self._changes(by_start[own], "to approve")), 1)
        # revision and what it is are told; all at once approves none of these
        offered = self._changes(by_start[in_force], "to approve")
        self.assertEqual(offered.name, "2.0")
        self.assertIn("compare it with what you changed", offered.content)
        self.assertTrue(self._tasks(approver, by_start[in_force]))
        documents.with_user(approver).with_company(self.shop).action_approve_all()
        self.assertEqual(by_start[adapted].content, own_text)
        self.assertEqual(offered.state, "to approve")
        with self.assertRaisesRegex(UserError, "compare"):
            documents.with_user(approver).with_company(self.shop).action_approve_all()

    def test_an_offered_text_is_no_half_change_for_a_while(self):
        """101 failed after each update, until somebody compared the texts."""
        page = self._approved_page()
        self.assertEqual(self._result(101).verdict, "yes")
        self._let_it_be_of_before(page.starter_id)
        run_migration(self.env, SCRIPT, "19.0.1.7.0")
        offered = self._changes(page, "to approve")
        self.assertTrue(offered.offered)
        self.assertEqual(self._result(101).verdict, "yes")
        # not for ever, and not once somebody has begun to write on it
        self._set_columns(offered, create_date=NOW - relativedelta(months=4))
        self.assertEqual(self._result(101).failing_ids, (page.id,))
        self._set_columns(offered, create_date=NOW)
        self.assertEqual(self._result(101).verdict, "yes")
        offered.content = "<p>Half of ours</p>"
        self.assertFalse(offered.offered)
        self.assertEqual(self._result(101).failing_ids, (page.id,))
        with self.assertRaises(UserError):
            offered.write({"offered": True})

    def _approved_page(self):
        self._new_approver()
        document = self._documents(self.env.user)[:1]
        page = document.with_user(self.lead)._install("en_US").sudo()
        self._changes(page, "to approve").action_approve()
        return page

    def test_what_was_offered_before_is_known(self):
        page = self._approved_page()
        self._let_it_be_of_before(page.starter_id)
        run_migration(self.env, SCRIPT, "19.0.1.7.0")
        offered = self._changes(page, "to approve")
        self._set_columns(offered, offered=False)
        run_migration(self.env, "19.0.1.9.0/post-starter_documents", "19.0.1.8.0")
        self.assertTrue(offered.offered)
        self.assertEqual(len(self._changes(page, "to approve")), 1)

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
