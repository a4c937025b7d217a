# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whoever takes a role in a file declares that they are impartial (4.9)."""

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

from ..common import ADDON, PAPER, DisputeCase
from .declared_common import DeclaredPeople

FINDINGS = "<p>The drum was faulty.</p>"


class TestPeopleDeclared(DeclaredPeople, DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._enforce_profile()

    def test_who_takes_steps_confirms_with_them(self):
        dispute = self._ready()
        self.assertEqual(self._rows(dispute).mapped("role"), ["owner"])
        dispute.with_user(self.evaluator).findings = FINDINGS
        self.assertEqual(
            set(self._rows(dispute).mapped("role")), {"owner", "evaluator"}
        )
        self.assertEqual(set(self._rows(dispute).mapped("state")), {"clear"})
        dispute.action_advance()
        self.assertEqual(dispute.state, "position")

    def test_it_is_asked_once(self):
        dispute = self._ready()
        dispute.with_user(self.evaluator).findings = FINDINGS
        dispute.with_user(self.evaluator).findings = "<p>Again.</p>"
        self.assertEqual(len(self._rows(dispute)), 2)

    def test_findings_of_another_declare_nothing(self):
        dispute = self._ready()
        dispute.findings = FINDINGS
        self.assertFalse(self._rows(dispute, "evaluator"))

    def test_it_stops_while_nobody_declared(self):
        dispute = self._ready()
        dispute.findings = FINDINGS
        self.assertIn("people_declared", self._unmet(dispute))
        with self.assertRaisesRegex(UserError, "declared their interests"):
            dispute.action_advance()

    def test_the_card_says_whose_turn_it_is(self):
        dispute = self._ready()
        dispute.findings = FINDINGS
        gate = {"code": "people_declared", "severity": "block", "field": False}
        gate |= {"name": "", "advice": "", "clause": "4.9"}
        step = dispute._describe_gate_step(gate)
        self.assertFalse(step["label"])
        self.assertIn(self.evaluator.name, step["advice"])
        own = dispute.with_user(self.evaluator)
        self.assertEqual(own._describe_gate_step(gate)["label"], "Declare interests")
        own.with_context(shown_step=None).action_settle_impartiality()
        self.assertTrue(self._rows(dispute, "evaluator"))

    def test_without_the_declaration_of_the_year_the_dialog_signs_both(self):
        newcomer = self._new_user("newcomer", f"{ADDON}.group_handler")
        dispute = self._ready()
        dispute.evaluator_id = newcomer
        own = dispute.with_user(newcomer)
        own.findings = FINDINGS
        self.assertFalse(self._rows(dispute, "evaluator"))
        with self.assertRaisesRegex(UserError, "sign your declaration of the year"):
            own.action_confirm_impartial()
        action = own.action_declare()
        dialog = self._fill_dialog(newcomer, action)
        self.assertTrue(dialog.signs_year)
        dialog.action_confirm()
        self.assertEqual(self._rows(dispute, "evaluator").state, "clear")
        self.assertEqual(dispute.state, "position", "the deed was the step")
        self.assertTrue(own._get_holding_declaration())

    def _fill_dialog(self, user, action, **values):
        model = self.env[action["res_model"]].with_user(user)
        return model.with_context(**action["context"]).create(values)

    def test_who_declared_interests_for_the_year_is_asked_in_each_file(self):
        self.env["iso10003.declaration"].with_user(self.evaluator).create(
            {
                "company_id": self.company.id,
                "interests": "some",
                "details": "My aunt sells drums.",
            }
        )
        dispute = self._ready()
        own = dispute.with_user(self.evaluator)
        own.findings = FINDINGS
        self.assertFalse(self._rows(dispute, "evaluator"))
        own.action_confirm_impartial()  # not in this one
        self.assertEqual(self._rows(dispute, "evaluator").state, "clear")

    def test_another_party_wants_it_anew(self):
        dispute = self._ready()
        dispute.with_user(self.evaluator).findings = FINDINGS
        self.assertNotIn("people_declared", self._unmet(dispute))
        house = self.env["res.partner"].create({"name": "Big House"})
        self._note_party(dispute, house, "representative")
        dispute.invalidate_recordset()
        self.assertIn("people_declared", self._unmet(dispute))
        dispute.action_declare()
        dispute.with_user(self.evaluator).action_declare()
        self.assertNotIn("people_declared", self._unmet(dispute))

    def test_another_evaluator_declares_too(self):
        dispute = self._ready()
        dispute.with_user(self.evaluator).findings = FINDINGS
        dispute.evaluator_id = self.manager
        self.assertIn("people_declared", self._unmet(dispute))

    def test_versions_from_before_ask_nothing(self):
        dispute = self._open_dispute(self._new_ticket())
        self.env.flush_all()
        self.env.cr.execute(
            "DELETE FROM iso10003_policy_gate WHERE code LIKE '%_declared'"
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        self._lead_to(dispute, "position")
        self.assertFalse(self._rows(dispute))

    # ------------------------------------------------------------
    # What stands against them
    # ------------------------------------------------------------

    def _found(self):
        """Return a file whose evaluator sells to the complainant, and says so."""
        self._sell_to_customer(self.evaluator)
        dispute = self._ready()
        own = dispute.with_user(self.evaluator)
        own.findings = FINDINGS
        self.assertFalse(self._rows(dispute, "evaluator"), "they are asked")
        action = own.action_declare()
        dialog = self._fill_dialog(self.evaluator, action)
        self.assertIn("salesperson", dialog.findings)
        dialog.action_confirm()
        return dispute, self._rows(dispute, "evaluator").with_env(self.env)

    def test_a_hit_stops_the_file_until_it_is_waived(self):
        dispute, row = self._found()
        self.assertEqual(row.state, "found")
        self.assertEqual(row.facts, {"salesperson": {"count": 1}})
        with self.assertRaisesRegex(UserError, "nothing stands against"):
            dispute.action_advance()
        task = dispute.sudo().activity_ids.filtered(
            lambda one: "Waive" in (one.summary or "")
        )
        self.assertTrue(task.user_id)
        self._call(self.manager, row, "action_waive", "She is the only engineer.")
        self.assertEqual((row.state, row.waived_by_id), ("waived", self.manager))
        self.assertFalse(task.exists().active)
        self.assertEqual(dispute.state, "position", "nothing else was wanted")

    def test_the_waiver_and_what_was_found_are_sealed_without_names(self):
        dispute, row = self._found()
        row.with_user(self.manager).action_waive("She is the only engineer.")
        rows = dispute.sudo().register_ids
        waived = rows.filtered(lambda one: one.event == "declaration_waived")
        self.assertEqual(waived.note, "She is the only engineer.")
        self.assertEqual(waived.data["facts"], {"salesperson": {"count": 1}})
        declared = rows.filtered(
            lambda one: (
                one.event == "declared"
                and one.data["change"] == "noted"
                and one.data["role"] == "evaluator"
            )
        )
        self.assertEqual(declared.data["facts"], {"salesperson": {"count": 1}})
        self.assertNotIn(self.evaluator.name, str((declared.data, waived.data)))
        self.assertIn("salesperson", declared.summary)
        self.assertIn("salesperson", waived.summary)

    def test_nobody_waives_for_oneself(self):
        dispute = self._ready()
        dispute.evaluator_id = self.manager
        self._sell_to_customer(self.manager)
        self._call(self.manager, dispute, "action_confirm_impartial")
        row = self._rows(dispute, "evaluator")
        self.assertEqual(row.state, "found")
        for reason in ("It is fine.", ""):
            with self.assertRaisesRegex(ValidationError, "somebody else"):
                self._call(self.manager, row, "action_waive", reason)
        self._call(self.chief, row, "action_waive", "It is fine.")
        self.assertEqual(row.state, "waived")

    def test_who_waives_is_a_manager_with_a_reason(self):
        _dispute, row = self._found()
        for user in (self.handler, self.evaluator, self.auditor):
            with self.assertRaises(AccessError):
                self._call(user, row, "action_waive", "It is fine.")
        for user in (self.stranger, self.portal, self.employee):
            with self.assertRaises(AccessError):
                self._call(user, row, "action_waive", "It is fine.")
        with self.assertRaisesRegex(UserError, "a reason is needed"):
            self._call(self.manager, row, "action_waive", " ")
        self._call(self.sponsor, row, "action_waive", "It is fine.")
        with self.assertRaisesRegex(UserError, "nothing is to be waived"):
            self._call(self.manager, row, "action_waive", "Again.")

    def test_strict_versions_let_nothing_be_waived(self):
        self._enforce_profile(evaluator_interested="strict")
        _dispute, row = self._found()
        with self.assertRaisesRegex(UserError, "does not let this be waived"):
            self._call(self.manager, row, "action_waive", "It is fine.")

    def test_versions_that_ask_not_keep_it_on_record(self):
        self._enforce_profile(evaluator_interested="off")
        dispute, row = self._found()
        self.assertEqual(row.state, "found")
        self.assertEqual(dispute.state, "position")

    def test_what_they_say_themselves_counts_too(self):
        dispute = self._ready()
        own = dispute.with_user(self.evaluator)
        for interests, details in (("some", ""), ("none", "My aunt."), ("much", "x")):
            with self.assertRaises(UserError):
                own.action_confirm_impartial(interests, details)
        own.action_confirm_impartial("some", "My aunt sells drums.")
        row = self._rows(dispute, "evaluator")
        self.assertEqual((row.state, row.facts or {}), ("found", {}))
        self.assertNotIn("aunt", str(dispute.sudo().register_ids.mapped("data")))

    def test_the_owner_who_handled_the_complaint_has_the_rule_of_that(self):
        dispute = self._ready(user_id=self.handler.id)
        row = self._rows(dispute, "owner")
        self.assertEqual(row.state, "clear")
        self.assertEqual(row.facts["complaint"], {"count": 1})

    # ------------------------------------------------------------
    # By RPC, with detours
    # ------------------------------------------------------------

    def test_nobody_confirms_for_another(self):
        dispute = self._ready()
        for user in (self.manager, self.chief):
            with self.assertRaisesRegex(UserError, "you have no role in it"):
                self._call(user, dispute, "action_confirm_impartial")
        values = {
            "dispute_id": dispute.id,
            "role": "evaluator",
            "user_id": self.evaluator.id,
            "partner_id": self.evaluator.partner_id.id,
            "interests": "none",
            "date": "2026-01-01",
        }
        for user in (self.handler, self.evaluator, self.manager):
            rows = self.env["iso10003.declaration.confirmation"].with_user(user)
            with self.assertRaises(AccessError):
                rows.create(values)
            with self.assertRaises(UserError):
                dispute.with_user(user).write({"confirmation_ids": [(0, 0, values)]})
            with self.assertRaises(UserError):
                self._call(
                    user, dispute, "write", {"confirmation_ids": [(0, 0, values)]}
                )

    def test_what_was_confirmed_stays(self):
        dispute = self._ready()
        row = self._rows(dispute, "owner")
        for user in (self.handler, self.manager):
            own = row.with_user(user)
            for values in ({"state": "clear"}, {"details": "x"}, {"facts": {}}):
                with self.assertRaises(UserError):
                    own.write(values)
            with self.assertRaises(UserError):
                own.unlink()
        with self.assertRaises(UserError):
            row.sudo().write({"facts": {"salesperson": {"count": 1}}})
        with self.assertRaises(UserError):
            row.sudo().write({"state": "waived"})
        with self.assertRaisesRegex(UserError, "stays"):
            row.sudo().unlink()

    def test_nothing_is_declared_or_waived_afterwards(self):
        dispute, row = self._found()
        self._record(dispute, informed_date=fields.Date.today())
        dispute.action_close("discontinued", "They gave up.")
        with self.assertRaisesRegex(UserError, "closed"):
            self._call(self.handler, dispute, "action_declare")
        with self.assertRaisesRegex(UserError, "closed"):
            self._call(self.evaluator, dispute, "action_confirm_impartial")
        with self.assertRaisesRegex(UserError, "closed"):
            self._call(self.manager, row, "action_waive", "It is fine.")

    def test_portal_and_strangers_learn_nothing(self):
        dispute, row = self._found()
        for user in (self.portal, self.stranger, self.employee):
            with self.assertRaises(AccessError):
                row.with_user(user).read(["facts"])
            for method in ("action_declare", "action_confirm_impartial"):
                with self.assertRaises(UserError):
                    self._call(user, dispute, method)
        with self.assertRaises(AccessError):
            dispute.with_user(self.portal).read(["confirmation_ids"])

    def test_a_handler_learns_the_kind_and_no_record_of_others(self):
        dispute, row = self._found()
        with self.assertRaises(AccessError):
            self.env["hr.employee"].with_user(self.handler).search([]).read(
                ["private_email"]
            )
        told = row.with_user(self.handler).read(["findings", "facts"])[0]
        self.assertNotIn(self.customer.name, str(told))

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_a_merge_of_contacts_leaves_who_declared(self):
        dispute = self._ready()
        row = self._rows(dispute, "owner")
        twin = self.env["res.partner"].create({"name": "Handler's twin"})
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge([twin.id, row.partner_id.id], row.partner_id)
        self.assertEqual(row.partner_id, self.handler.partner_id)
        self.assertEqual(row.user_id, self.handler)
        wizard._update_foreign_keys(row.partner_id, self.customer)
        self.assertEqual(row.partner_id, self.customer)
        moved = dispute.sudo().register_ids.filtered(
            lambda one: one.event == "declared" and one.data.get("by") == "merge"
        )
        self.assertTrue(moved)

    # ------------------------------------------------------------
    # Who approves what we give
    # ------------------------------------------------------------

    def _asked(self):
        self._enforce_profile()
        dispute = self._open_dispute(self._new_ticket())
        self._limit(dispute)
        dispute.action_request_approval(500, reason="It is worth it.")
        return dispute

    def _limit(self, dispute):
        tier = dispute.policy_id.sudo().tier_ids.filtered(
            lambda one: one.level == "handler"
        )
        self.env.cr.execute(
            "UPDATE iso10003_policy_tier SET unlimited = FALSE, amount = 10 "
            "WHERE id = %s",
            [tier.id],
        )
        self.env.invalidate_all()

    def test_who_approves_confirms_with_it(self):
        dispute = self._asked()
        self._call(self.manager, dispute, "action_approve_concession", "Yes.")
        self.assertEqual(self._rows(dispute, "authorizer").state, "clear")

    def test_who_is_not_impartial_does_not_approve(self):
        dispute = self._asked()
        self._sell_to_customer(self.manager)
        with self.assertRaisesRegex(ValidationError, "declare first"):
            self._call(self.manager, dispute, "action_approve_concession", "Yes.")
        self._call(self.manager, dispute, "action_confirm_impartial")
        with self.assertRaisesRegex(ValidationError, "your being impartial"):
            self._call(self.manager, dispute, "action_approve_concession", "Yes.")
        row = self._rows(dispute, "authorizer")
        self._call(self.chief, row, "action_waive", "He only sold a plug.")
        self._call(self.manager, dispute, "action_approve_concession", "Yes.")
        self.assertEqual(dispute.approval_user_id, self.manager)

    # ------------------------------------------------------------
    # Who approves our position, and who evaluates by a sheet
    # ------------------------------------------------------------

    def test_who_submits_the_sheet_confirms_with_it(self):
        dispute = self._ready()
        self._submit_sheet(dispute)
        self.assertEqual(self._rows(dispute, "evaluator").state, "clear")

    def _drafted(self):
        dispute = self._lead_to(self._open_dispute(self._new_ticket()), "position")
        position = dispute.env["iso10003.position"].create(
            {"dispute_id": dispute.id, "stance": "contest", "reasons": "The terms."}
        )
        return dispute, position

    def test_who_approves_a_position_confirms_with_it(self):
        dispute, position = self._drafted()
        self._call(self.manager, position, "action_approve")
        self.assertEqual(self._rows(dispute, "authorizer").user_id, self.manager)

    def test_who_is_not_impartial_approves_no_position(self):
        dispute, position = self._drafted()
        self._sell_to_customer(self.manager)
        with self.assertRaisesRegex(ValidationError, "declare first"):
            self._call(self.manager, position, "action_approve")
        self._call(self.manager, dispute, "action_confirm_impartial")
        for method in ("action_approve", "action_approve_and_send"):
            with self.assertRaisesRegex(ValidationError, "your being impartial"):
                self._call(self.manager, position, method)
        self._call(self.chief, position, "action_approve")
        self.assertEqual(position.approved_by_id, self.chief)


class TestResolverDeclared(DeclaredPeople, DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.board = cls.env["res.partner"].create(
            {"name": "Sector Board", "is_company": True}
        )
        cls.member = cls.env["res.partner"].create(
            {"name": "Sam Member", "parent_id": cls.board.id}
        )
        cls.dispute = cls._open_dispute(cls._new_ticket())
        cls._lead_to(cls.dispute, "resolution")
        cls.dispute.provider_id = cls.board

    def _asks(self):
        self.dispute.invalidate_recordset()
        return "resolver_declared" in self._unmet(self.dispute)

    def test_without_a_provider_nothing_is_asked(self):
        self.dispute.provider_id = False
        self.assertFalse(self._asks())

    def test_what_the_provider_declared_is_noted_on_its_document(self):
        self.assertTrue(self._asks())
        self._note_resolver(self.dispute)
        row = self._rows(self.dispute, "resolver")
        self.assertEqual((row.partner_id, row.state), (self.board, "clear"))
        self.assertTrue(row.document_sha256)
        self.assertFalse(self._asks())

    def test_one_of_its_people_declares_too(self):
        self.dispute.action_note_resolver(
            "none", PAPER, person_id=self.member.id, date="2026-01-05"
        )
        row = self._rows(self.dispute, "resolver")
        self.assertEqual(row.partner_id, self.member)
        self.assertEqual(str(row.date), "2026-01-05")
        self.assertFalse(self._asks())
        with self.assertRaisesRegex(UserError, "does not belong to the provider"):
            self.dispute.action_note_resolver("none", PAPER, person_id=self.customer.id)

    def test_without_document_or_provider_nothing_is_noted(self):
        with self.assertRaisesRegex(UserError, "attach the document"):
            self.dispute.action_note_resolver("none", False)
        with self.assertRaisesRegex(UserError, "no file"):
            self.dispute.action_note_resolver("none", "no base64!")
        with self.assertRaises(ValidationError):
            self.dispute.action_note_resolver("none", PAPER, date="2999-01-01")
        self.dispute.provider_id = False
        with self.assertRaisesRegex(UserError, "no provider is named"):
            self._note_resolver(self.dispute)

    def test_a_hit_is_waived_or_stays_open(self):
        self.company.partner_id.email = "us@sepand.test"
        self.member.email = "sam@sepand.test"
        self._note_resolver(self.dispute)
        row = self._rows(self.dispute, "resolver")
        self.assertEqual(row.state, "found")
        self.assertIn("same_domain", row.facts)
        self.assertTrue(self._asks())
        self._call(self.manager, row, "action_waive", "They host our mail.")
        self.assertFalse(self._asks())

    def test_another_provider_declares_anew(self):
        self._note_resolver(self.dispute)
        other = self.env["res.partner"].create({"name": "Guild"})
        self.dispute.provider_id = other
        self.assertTrue(self._asks())

    def test_it_warns_and_on_the_serious_track_it_stops(self):
        gate = self.dispute.policy_id.gate_ids.filtered(
            lambda one: one.code == "resolver_declared"
        )
        self.assertEqual((gate.severity, gate.serious_severity), ("warn", "block"))

    def test_the_card_leads_to_it(self):
        actions = self.dispute._get_gate_actions()
        self.assertEqual(actions["resolver_declared"][1], "action_settle_resolver")
        action = self.dispute.action_settle_resolver()
        self.assertEqual(action["context"]["default_question"], "resolver")
        dialog = (
            self.env[action["res_model"]]
            .with_user(self.handler)
            .with_context(**action["context"])
            .create({"document": PAPER})
        )
        dialog.action_confirm()
        self.assertFalse(self._asks())

    def test_who_leads_the_file_notes_it(self):
        for user in (self.stranger, self.auditor, self.sponsor, self.portal):
            with self.assertRaises(AccessError):
                self._call(user, self.dispute, "action_note_resolver", "none", PAPER)
