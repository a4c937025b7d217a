# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a complainant is told before agreeing: written, approved by another, frozen."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ...models.participation.information_sheet import BLOCKS
from ..common import ADDON, DisputeCase


class SheetCase(DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the demo organization has approved sheets, the one of the tests has none
        cls.env.cr.execute("UPDATE iso10003_consent SET sheet_id = NULL")
        cls.env.cr.execute("UPDATE iso10003_invitation_line SET sheet_id = NULL")
        cls.env.cr.execute(
            "DELETE FROM iso10003_information_sheet WHERE company_id IS NOT NULL"
        )
        cls.env.invalidate_all()
        cls.mediation = cls.env.ref(f"{ADDON}.method_mediation")
        cls.english = cls.env.ref("base.lang_en")
        cls.persian = cls.env.ref("base.lang_fa_IR")
        cls.shipped = cls.env.ref(f"{ADDON}.sheet_mediation_en")

    @classmethod
    def _write_sheet(cls, user=None, **values):
        return (
            cls.env["iso10003.information.sheet"]
            .with_user(user or cls.manager)
            .create(
                {
                    "method_id": cls.mediation.id,
                    "language_id": cls.english.id,
                    **{name: f"What to know: {name}." for name in BLOCKS},
                    **values,
                }
            )
        )

    @classmethod
    def _approve_shipped(cls, shipped=None, user=None):
        """Approve what ships as it is, and return the company's own sheet."""
        shipped = (shipped or cls.shipped).with_user(user or cls.manager)
        shipped.action_approve()
        return shipped.own_ids.filtered(lambda one: one.company_id == cls.company)

    @classmethod
    def _new_provider(cls, name="The Mediators", **values):
        partner = cls.env["res.partner"].create({"name": name})
        return cls.env["iso10003.provider"].create(
            {"partner_id": partner.id, "company_id": cls.company.id, **values}
        )


@tagged("-at_install", "post_install")
class TestInformationSheet(SheetCase):
    def _find(self, method=None, language=None, provider=None, company=None):
        return self.env["iso10003.information.sheet"]._find(
            company or self.company,
            method or self.mediation,
            language or self.english,
            provider,
        )

    # ------------------------------------------------------------
    # What ships
    # ------------------------------------------------------------

    def test_there_is_a_draft_of_each_method_in_two_languages(self):
        for method in self.env["iso10003.method"].search([("company_id", "=", False)]):
            for language in (self.english, self.persian):
                with self.subTest(method=method.name, language=language.code):
                    sheet = self._find(method, language)
                    self.assertEqual(sheet.state, "draft")
                    self.assertFalse(sheet.writer_ids)
                    for name in BLOCKS:
                        self.assertGreater(len(sheet[name]), 40)

    def test_one_manager_approves_what_nobody_wrote(self):
        own = self._approve_shipped()

        self.assertEqual(own.state, "approved")
        self.assertEqual(own.approver_id, self.manager)
        self.assertEqual(own.company_id, self.company)
        self.assertEqual(own.sha256, own._digest())
        self.assertEqual(self.shipped.state, "draft", "other companies decide")
        self.assertEqual(self._find(), own)

    def test_top_management_approves_without_writing(self):
        own = self._approve_shipped(user=self.sponsor)
        self.assertEqual(own.approver_id, self.sponsor)
        with self.assertRaises(AccessError):
            other = self.env.ref(f"{ADDON}.sheet_arbitration_en")
            other.with_user(self.sponsor).action_adapt()

    def test_a_handler_approves_nothing(self):
        with self.assertRaisesRegex(AccessError, "managers and top management"):
            self.shipped.with_user(self.handler).action_approve()
        with self.assertRaisesRegex(AccessError, "managers and top management"):
            self.shipped.with_user(self.handler).browse().action_approve_all()

    def test_all_drafts_are_approved_in_one_press(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        written = self._write_sheet(language_id=self.persian.id)

        self.shipped.with_user(self.manager).browse().action_approve_all()

        for method in self.env["iso10003.method"].search([]):
            self.assertEqual(self._find(method).state, "approved", method.name)
        self.assertEqual(written.state, "draft", "the manager wrote it")
        with self.assertRaisesRegex(UserError, "no draft that you could approve"):
            self.shipped.with_user(self.manager).browse().action_approve_all()
        self.shipped.with_user(self.chief).browse().action_approve_all()
        self.assertEqual(written.state, "approved")

    # ------------------------------------------------------------
    # Written by one, approved by another, frozen
    # ------------------------------------------------------------

    def test_nobody_approves_their_own_words(self):
        sheet = self._write_sheet()
        with self.assertRaisesRegex(UserError, "Somebody else approves it"):
            sheet.action_approve()
        sheet.with_user(self.chief).action_approve()
        self.assertEqual(sheet.approver_id, self.chief)

    def test_who_wrote_first_does_not_approve_what_another_changed_a_little(self):
        sheet = self._write_sheet()
        sheet.with_user(self.chief).cost = "It is free."
        for user in (self.manager, self.chief):
            with self.assertRaisesRegex(UserError, "Somebody else approves it"):
                sheet.with_user(user).action_approve()
        sheet.with_user(self.sponsor).action_approve()
        self.assertEqual(sheet.writer_ids, self.manager | self.chief)

    def test_who_adapts_what_ships_and_changes_it_wrote_it(self):
        shipped = self.shipped.with_user(self.manager)
        own = shipped.browse(shipped.action_adapt()["res_id"])
        self.assertFalse(own.writer_ids)
        own.cost = "It costs ten euros, which we pay back."
        self.assertEqual(own.writer_ids, self.manager)
        with self.assertRaisesRegex(UserError, "Somebody else approves it"):
            own.action_approve()

    def test_an_empty_block_is_not_approved(self):
        sheet = self._write_sheet(cost="  ")
        with self.assertRaisesRegex(UserError, "What it costs"):
            sheet.with_user(self.chief).action_approve()

    def test_approved_means_frozen(self):
        own = self._approve_shipped()
        other = self.env.ref(f"{ADDON}.method_arbitration")
        for user in (self.manager, self.chief):
            for values in (
                {"cost": "It is dear."},
                {"method_id": other.id},
                {"language_id": self.persian.id},
                {"company_id": False},
                {"state": "draft"},
                {"sha256": "0" * 64},
                {"approver_id": user.id},
                {"version": 7},
                {"writer_ids": [Command.clear()]},
            ):
                with self.subTest(values=values), self.assertRaises(UserError):
                    own.with_user(user).write(values)
            with self.assertRaisesRegex(UserError, "stays on record"):
                own.with_user(user).unlink()
        with self.assertRaisesRegex(UserError, "no draft"):
            own.with_user(self.chief).action_approve()

    def test_state_and_digest_are_not_given_with_a_new_one(self):
        for values in ({"state": "approved"}, {"sha256": "0" * 64}, {"version": 3}):
            with self.subTest(values=values), self.assertRaises(UserError):
                self._write_sheet(**values)
        sheet = self._write_sheet()
        sheet = sheet.with_context(default_state="approved").copy()
        self.assertEqual(sheet.state, "draft")

    def test_the_next_version_replaces_the_one_before(self):
        own = self._approve_shipped()
        opened = own.action_new_version()
        draft = own.browse(opened["res_id"])

        self.assertEqual((draft.version, draft.state), (2, "draft"))
        self.assertEqual(own.action_new_version()["res_id"], draft.id)
        self.assertEqual(self._find(), own, "until the new one is approved")
        draft.cost = "It is free, whatever comes."
        draft.with_user(self.chief).action_approve()

        self.assertEqual(own.state, "replaced")
        self.assertEqual(self._find(), draft)
        self.assertEqual(draft.replaces_id, self.shipped)
        self.assertFalse(own.replaces_id)
        self.assertNotEqual(own.sha256, draft.sha256)

    def test_approval_is_a_row_of_the_register(self):
        own = self._approve_shipped()
        row = self.env["iso10003.register"].search(
            [("event", "=", "configured")], order="id desc", limit=1
        )
        self.assertEqual(row.data["row"], own.id)
        self.assertEqual(row.data["changes"]["sha256"]["to"], own.sha256)

    # ------------------------------------------------------------
    # Which one is told
    # ------------------------------------------------------------

    def test_the_provider_s_own_comes_first_and_an_approved_one_before_a_draft(self):
        provider, other = self._new_provider(), self._new_provider("Others")
        draft = self._write_sheet(provider_id=provider.id)
        self.assertEqual(self._find(provider=provider), draft)
        self.assertEqual(self._find(provider=other), self.shipped)

        own = self._approve_shipped()
        self.assertEqual(self._find(provider=provider), own, "the other is a draft")
        draft.with_user(self.chief).action_approve()
        self.assertEqual(self._find(provider=provider), draft)
        self.assertEqual(self._find(), own)
        self.assertEqual(self._find(provider=other), own)

    def test_it_is_told_in_the_language_or_not_at_all(self):
        british = self.env.ref("base.lang_en_GB")
        french = self.env.ref("base.lang_fr")
        self.assertEqual(self._find(language=british), self.shipped)
        self.assertFalse(self._find(language=french))

    def test_a_company_s_own_method_is_told_by_what_was_written_of_the_shipped(self):
        method = self.mediation.with_user(self.manager)
        own = method.browse(method.action_adapt()["res_id"])
        self.assertEqual(self._find(own), self.shipped)

    def test_sheets_of_another_company_are_not_told_here(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        provider = self._new_provider("Theirs", company_id=other.id)
        with self.assertRaisesRegex(ValidationError, "of another company"):
            self.env["iso10003.information.sheet"].create(
                {
                    "method_id": self.mediation.id,
                    "provider_id": provider.id,
                    "language_id": self.english.id,
                    "company_id": self.company.id,
                    **dict.fromkeys(BLOCKS, "Text"),
                }
            )
        theirs = self.shipped.copy({"company_id": other.id})
        theirs._guarded_write({"state": "approved", "sha256": theirs._digest()})
        self.assertEqual(self._find(), self.shipped)
        self.assertEqual(self._find(company=other), theirs)
        with self.assertRaises(AccessError):
            theirs.with_user(self.manager).read(["cost"])

    def test_a_draft_says_that_it_is_not_approved(self):
        self.assertIn("text not approved", self.shipped._get_text())
        own = self._approve_shipped()
        text = own._get_text()
        self.assertNotIn("text not approved", text)
        for name in BLOCKS:
            self.assertIn(own[name], text)

    def test_what_ships_is_not_changed_by_managers(self):
        with self.assertRaisesRegex(AccessError, "only an administrator"):
            self.shipped.with_user(self.manager).cost = "It is dear."
        action = self.shipped.with_user(self.manager).action_new_version()
        self.assertEqual(self.shipped.browse(action["res_id"]).company_id, self.company)
