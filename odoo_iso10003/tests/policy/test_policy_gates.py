# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo.exceptions import AccessError, UserError

from ..common import ADDON
from .policy_common import PolicyCase


class TestPolicyGates(PolicyCase):
    """The gates are frozen with the policy version, like its rules."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gate = cls.env.ref(f"{ADDON}.gate_referral_recourse_told")

    def _gate_of(self, policy, gate=None):
        gate = gate or self.gate
        return policy.gate_ids.filtered(lambda frozen: frozen.gate_id == gate)

    def _unanswered(self):
        dispute = self._open_dispute()
        self._give(dispute, {**self._wanted("referral"), "recourse_date": False})
        return dispute

    def _new_version(self, user=None):
        action = self.present.with_user(user or self.chief).action_new_version()
        return self.env["iso10003.policy"].browse(action["res_id"])

    # ------------------------------------------------------------
    # Frozen
    # ------------------------------------------------------------

    def test_the_version_in_force_asks_all_that_ships(self):
        shipped = self.env["iso10003.gate"].search([])
        self.assertEqual(self.present.gate_ids.gate_id, shipped)

    def test_a_gate_switched_off_and_on_around_a_step_changes_nothing(self):
        dispute = self._unanswered()
        before = dispute.gate_checklist
        for severity in ("warn", "off"):
            self.gate.sudo().severity = severity
            dispute.invalidate_recordset(["gate_checklist"])
            self.assertEqual(dispute.gate_checklist, before)
            with self.assertRaisesRegex(UserError, "7.2: The complainant told"):
                dispute.action_advance("Because we may.")
            with self.assertRaisesRegex(UserError, "7.2: The complainant told"):
                dispute.with_user(self.manager).action_advance("Because we may.")
        self.gate.sudo().severity = "block"
        self.assertEqual(dispute.state, "referral")

    def test_a_gate_moved_to_another_state_stays_where_the_version_asks_it(self):
        dispute = self._unanswered()
        self.gate.sudo().write({"state": "position", "asked": "early_end"})
        with self.assertRaisesRegex(UserError, "7.2: The complainant told"):
            dispute.action_advance()

    def test_nobody_changes_the_gates_of_an_approved_version(self):
        frozen = self._gate_of(self.present)
        for user in (self.manager, self.env.ref("base.user_admin"), self.env.user):
            gate = frozen.with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaisesRegex(UserError, "is approved and does not"):
                    gate.severity = "off"
                with self.assertRaisesRegex(UserError, "is approved and does not"):
                    gate.unlink()
                with self.assertRaisesRegex(UserError, "is approved and does not"):
                    self.present.with_user(user).gate_ids = [(2, gate.id)]

    def test_only_managers_choose_in_a_draft(self):
        frozen = self._gate_of(self._new_version())
        for user in (self.handler, self.counsel, self.auditor):
            with self.assertRaises(AccessError):
                frozen.with_user(user).severity = "off"

    def test_what_a_gate_asks_is_the_gates_and_not_for_typing(self):
        frozen = self._gate_of(self._new_version())
        for vals in (
            {"code": "category_set"},
            {"state": "closed"},
            {"asked": "early_end"},
            {"clause": "1"},
        ):
            with self.assertRaisesRegex(UserError, "cannot be written directly"):
                frozen.with_user(self.chief).write(vals)
        other = self.env.ref(f"{ADDON}.gate_notice_category_set")
        with self.assertRaisesRegex(UserError, "cannot be written directly"):
            frozen.with_user(self.chief).gate_id = other

    # ------------------------------------------------------------
    # Chosen in a draft, sealed at approval
    # ------------------------------------------------------------

    def test_a_manager_chooses_in_a_draft_how_strict_gates_are(self):
        draft = self._new_version()
        self._gate_of(draft).with_user(self.chief).severity = "off"
        draft.with_user(self.manager).action_approve()
        draft.with_user(self.manager).action_put_in_force()
        dispute = self._unanswered()
        dispute.action_advance()
        self.assertEqual(dispute.state, "notice")
        self.assertEqual(self.gate.severity, "block")

    def test_files_under_the_former_version_keep_its_gates(self):
        dispute = self._unanswered()
        draft = self._new_version()
        self._gate_of(draft).with_user(self.chief).severity = "off"
        draft.with_user(self.manager).action_approve()
        draft.with_user(self.manager).action_put_in_force()
        with self.assertRaisesRegex(UserError, "7.2: The complainant told"):
            dispute.action_advance()

    def test_who_chose_does_not_approve(self):
        draft = self._new_version()
        self._gate_of(draft).with_user(self.manager).severity = "off"
        with self.assertRaisesRegex(UserError, "wrote what is to be approved"):
            draft.with_user(self.manager).action_approve()

    def test_the_next_version_begins_with_what_this_one_asks(self):
        draft = self._new_version()
        self._gate_of(draft).with_user(self.chief).severity = "warn"
        draft.with_user(self.manager).action_approve()
        draft.with_user(self.manager).action_put_in_force()
        action = draft.with_user(self.chief).action_new_version()
        following = self.env["iso10003.policy"].browse(action["res_id"])
        self.assertEqual(self._gate_of(following).severity, "warn")
        self.assertEqual(following.gate_ids.gate_id, draft.gate_ids.gate_id)

    def test_approving_seals_the_gates_with_their_strictness(self):
        draft = self._new_version()
        self._gate_of(draft).with_user(self.chief).severity = "warn"
        draft.with_user(self.manager).action_approve()
        row = self.env["iso10003.register"].search(
            [("file", "=", draft._register_file()), ("event", "=", "approved")]
        )
        self.assertEqual(len(row.data["gates"]), len(draft.gate_ids))
        self.assertIn(
            {
                "state": "referral",
                "code": "recourse_told",
                "asked": "forward",
                "severity": "warn",
                "small_severity": "warn",
                "serious_severity": "block",
            },
            row.data["gates"],
        )

    def test_a_new_company_asks_what_ships(self):
        company = self.env["res.company"].create({"name": "Branch"})
        policy = self.env["iso10003.policy"].search([("company_id", "=", company.id)])
        self.assertEqual(policy.gate_ids.gate_id, self.env["iso10003.gate"].search([]))
        self.assertEqual(policy.state, "in_force")

    def test_a_manager_can_choose_in_the_form_how_strict_a_gate_is(self):
        """A badge only shows: nothing can be chosen in it."""
        policies = self.env["iso10003.policy"].with_user(self.manager)
        arch = etree.fromstring(policies.get_view(view_type="form")["arch"])
        (severity,) = arch.xpath("//field[@name='gate_ids']//field[@name='severity']")
        self.assertNotEqual(severity.get("widget"), "badge")
