# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ..common import ADDON, DisputeCase


class TestGateChecklist(DisputeCase):
    """The form keeps the gates at hand, and shows each change of them at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.gate = cls.env.ref(f"{ADDON}.gate_referral_recourse_told")
        cls.gate = cls.gate.with_user(cls.env.ref("base.user_admin"))
        cls.dispute = cls._open_dispute()

    def _shown(self, lang="en_US"):
        dispute = self.dispute.with_context(lang=lang)
        dispute.invalidate_recordset(["gate_checklist"])
        return {gate["code"]: gate for gate in dispute.gate_checklist}

    def test_the_form_shows_what_is_wanted_and_what_is_met(self):
        self.assertFalse(self._shown()["recourse_told"]["met"])
        self._give(self.dispute, self._wanted("referral"))
        self.assertTrue(all(gate["met"] for gate in self._shown().values()))

    def test_one_file_does_not_show_what_another_has_met(self):
        other = self._open_dispute(self._new_ticket())
        unmet = {code for code, gate in self._shown().items() if not gate["met"]}
        self.assertIn("recourse_told", unmet)
        self._give(self.dispute, self._wanted("referral"))
        self.assertTrue(all(gate["met"] for gate in self._shown().values()))
        self.assertEqual(
            {gate["code"] for gate in other.gate_checklist if not gate["met"]}, unmet
        )

    def test_a_file_shows_the_gates_of_its_own_version(self):
        before = self._shown()
        self._ask_in_new_version("gate_referral_recourse_told", "warn")
        self.assertEqual(self._shown(), before)
        self.dispute = self._open_dispute(self._new_ticket())
        self.assertEqual(self._shown()["recourse_told"]["severity"], "warn")
        self._ask_in_new_version("gate_referral_recourse_told", "off")
        self.dispute = self._open_dispute(self._new_ticket())
        self.assertNotIn("recourse_told", self._shown())

    def test_the_caller_brings_nothing_but_the_language_into_what_is_kept(self):
        context = {"active_test": False, "default_state": "closed", "bin_size": True}
        kept = self.dispute.with_context(**context).gate_checklist
        self.env.invalidate_all()
        self.assertEqual({gate["code"]: gate for gate in kept}, self._shown())

    def test_a_translated_gate_shows_at_once_in_its_language_only(self):
        before = self._shown()["recourse_told"]["name"]
        self._shown("fa_IR")
        self.gate.update_field_translations("name", {"fa_IR": "راه‌های دیگر"})
        self.assertEqual(self._shown("fa_IR")["recourse_told"]["name"], "راه‌های دیگر")
        self.assertEqual(self._shown()["recourse_told"]["name"], before)

    def test_a_new_gate_is_for_the_versions_to_come(self):
        before = self._shown()
        gate = self.gate.create(
            {
                "name": "How serious it is",
                "code": "severity_assessed",
                "state": "referral",
                "clause": "7.2",
            }
        )
        self.assertEqual(self._shown(), before)
        version = self._ask_in_new_version("gate_notice_category_set", "block")
        self.assertIn(gate, version.gate_ids.gate_id)
        self.dispute = self._open_dispute(self._new_ticket())
        self.assertIn("severity_assessed", self._shown())
