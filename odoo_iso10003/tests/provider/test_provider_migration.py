# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Command

from ..common import ADDON
from ..migration_common import run_migration
from .provider_common import ProviderCase


class TestProviderMigration(ProviderCase):
    """Contacts that files and rules name become providers “from before”."""

    def _migrate(self):
        run_migration(self.env, "19.0.1.6.0/post-providers", "19.0.1.5.0")

    def test_contacts_in_use_become_providers(self):
        dispute = self._open_dispute()
        dispute.provider_id = self.body
        ruled = self.env["res.partner"].create({"name": "Of a rule"})
        draft = self.env["iso10003.policy"].with_user(self.chief).create({"name": "A"})
        self.env["iso10003.deadline.rule"].with_user(self.chief).create(
            {
                "name": "Answer the body",
                "code": "answer_body",
                "policy_id": draft.id,
                "start_event": "notice_received",
                "end_event": "position_sent",
                "quantity": 5,
                "unit": "day",
                "legal_basis": "Its rules",
                "provider_ids": [Command.set((ruled | self.company.partner_id).ids)],
            }
        )
        known = self._make_provider(
            partner_id=self.env["res.partner"].create({"name": "Known"}).id
        )
        self._migrate()
        providers = self.env["iso10003.provider"].search(
            [("company_id", "=", self.company.id)]
        )
        made = providers.filtered("from_before")
        self.assertEqual(made.partner_id & (self.body | ruled), self.body | ruled)
        self.assertNotIn(self.company.partner_id, providers.partner_id)
        self.assertNotIn(known, made)
        self.assertFalse(made.filtered("standing"), "they stay usable")
        self.assertEqual(dispute.provider_id, self.body)
        for provider in made:
            rows = self.env["iso10003.register"].search(
                [("file", "=", provider._register_file())]
            )
            self.assertEqual(rows[:1].event, "opened")
        self._migrate()
        self.assertEqual(
            self.env["iso10003.provider"].search(
                [("company_id", "=", self.company.id)]
            ),
            providers,
            "once is enough",
        )

    def test_questions_that_nobody_changed_are_answered_from_records(self):
        asked = self.env.ref(f"{ADDON}.requirement_053")
        kept = self.env.ref(f"{ADDON}.requirement_054")
        asked.write({"check": False, "check_model": False, "awaited": True})
        kept.write({"check": False, "check_model": False, "awaited": False})
        self._migrate()
        self.assertEqual(
            (asked.check, asked.check_model, asked.way),
            ("accredited", "iso10003.provider", "automatic"),
        )
        self.assertFalse(kept.check)
