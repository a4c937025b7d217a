# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ..common import ADDON
from ..migration_common import run_migration
from .policy_common import PolicyCase


class TestPolicyGateMigration(PolicyCase):
    """Versions approved before gates were frozen carry those of that day."""

    def test_versions_carry_exactly_the_gates_of_that_day(self):
        draft = self._new_draft()
        recourse = self.env.ref(f"{ADDON}.gate_referral_recourse_told")
        category = self.env.ref(f"{ADDON}.gate_notice_category_set")
        recourse.sudo().severity = "off"
        category.sudo().severity = "block"
        before = self.env["iso10003.gate"].search([])
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM iso10003_policy_gate")
        run_migration(self.env, "19.0.1.3.0/pre-policy_gate")
        # what the update itself brings is not of that day
        category.sudo().severity = "warn"
        self.env["iso10003.gate"].create(
            {
                "name": "New in this version",
                "code": "severity_assessed",
                "state": "notice",
                "clause": "7.3",
            }
        )
        run_migration(self.env, "19.0.1.3.0/post-policy_gate")
        for policy in self.present | draft:
            self.assertEqual(policy.gate_ids.gate_id, before)
            strictness = {gate.gate_id: gate.severity for gate in policy.gate_ids}
            self.assertEqual(strictness[recourse], "off")
            self.assertEqual(strictness[category], "block")
        row = self.env["iso10003.register"].search(
            [("file", "=", self.present._register_file())]
        )[-1]
        self.assertEqual(row.event, "gates_frozen")
        self.assertEqual(row.data["gates"], self.present.gate_ids._prepare_sealed())
        self.assertNotIn("gates_frozen", self._events(draft))
        self.assertFalse(
            self.env["iso10003.register"].sudo().verify_chain(),
            "the chain is whole",
        )


class TestGateAdviceMigration(PolicyCase):
    """Gates lead to where fields are now, unless somebody worded them otherwise."""

    def test_words_that_nobody_changed_follow(self):
        category = self.env.ref(f"{ADDON}.gate_notice_category_set").sudo()
        known = self.env.ref(f"{ADDON}.gate_referral_complainant_known").sudo()
        category.with_context(lang="en_US").advice = "Choose a category under “About”."
        persian = "در بخش «موضوع» یک دسته‌بندی برگزینید."
        category.with_context(lang="fa_IR").advice = persian
        known.with_context(lang="en_US").advice = "As our handbook says."
        run_migration(self.env, "19.0.1.4.0/post-screens", "19.0.1.3.0")
        english, persian = (
            category.with_context(lang=lang).advice for lang in ("en_US", "fa_IR")
        )
        self.assertEqual(english, "Choose a category, beside the complainant.")
        self.assertEqual(persian, "در کنار شاکی یک دسته‌بندی برگزینید.")
        self.assertEqual(
            known.with_context(lang="en_US").advice, "As our handbook says."
        )
