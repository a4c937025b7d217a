# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

from ...core import flow
from ..common import DisputeCase


class TestDisputeLifecycle(DisputeCase):
    def test_a_complaint_becomes_a_dispute(self):
        dispute = self._open_dispute()
        self.assertEqual(dispute.state, "referral")
        self.assertEqual(dispute.ticket_id, self.ticket)
        self.assertEqual(dispute.subject, self.ticket.name)
        self.assertEqual(dispute.partner_id, self.customer)
        self.assertEqual(dispute.user_id, self.handler)
        self.assertEqual(dispute.complaint_handler_id, self.agent)
        self.assertEqual(dispute.policy_id.state, "in_force")
        self.assertRegex(dispute.name, r"^DSP/\d{4}/\d{5}$")

    def test_opening_twice_shows_the_open_one(self):
        dispute = self._open_dispute()
        self.assertEqual(self._open_dispute(), dispute)

    def test_a_dispute_is_led_from_clause_to_clause(self):
        dispute = self._open_dispute()
        seen = [dispute.state]
        for state in flow.STATES[1:]:
            self._lead_to(dispute, state)
            seen.append(dispute.state)
        self.assertEqual(seen, list(flow.STATES))
        self.assertEqual(dispute.outcome, "settled_facilitated")
        self.assertTrue(dispute.closed_date)
        self.assertFalse(dispute.waiting_on)

    def test_each_state_refuses_until_its_gates_are_met(self):
        dispute = self._open_dispute()
        for state in flow.OPEN_STATES:
            self._lead_to(dispute, state)
            with self.assertRaisesRegex(UserError, dispute.name):
                dispute.action_advance()
            self.assertEqual(dispute.state, state)

    def test_a_refusal_names_the_clause_and_what_it_wants(self):
        dispute = self._open_dispute()
        with self.assertRaisesRegex(UserError, "7.2: The complainant told of dispute"):
            dispute.action_advance()

    def test_a_warning_wants_a_reason(self):
        dispute = self._lead_to(self._open_dispute(), "notice")
        self._give(dispute, {**self._wanted("notice"), "category_id": False})
        question = dispute.action_advance()
        self.assertEqual(question["res_model"], "iso10003.dispute.step")
        self.assertEqual(dispute.state, "notice")
        dispute.action_advance("The category comes with the expert's report.")
        self.assertEqual(dispute.state, "evaluation")
        row = dispute.register_ids[-1]
        self.assertEqual(row.data["passed_over"], ["category_set"])
        self.assertEqual(row.note, "The category comes with the expert's report.")

    def test_a_gate_that_is_off_asks_nothing(self):
        self._ask_in_new_version("gate_referral_recourse_told", "off")
        dispute = self._open_dispute()
        self._give(dispute, {**self._wanted("referral"), "recourse_date": False})
        dispute.action_advance()
        self.assertEqual(dispute.state, "notice")

    def test_an_unanswered_complaint_is_exhausted_when_our_time_ran_out(self):
        dispute = self._open_dispute()
        self._give(
            dispute,
            {**self._wanted("referral"), "deadlock": "time_out"}
            | {"final_answer_date": False},
        )
        days = dispute.policy_id.answer_days
        with freeze_time(fields.Datetime.now() + timedelta(days=days - 1)):
            with self.assertRaisesRegex(UserError, "our time ran out"):
                dispute.action_advance()
        with freeze_time(fields.Datetime.now() + timedelta(days=days)):
            dispute.action_advance()
        self.assertEqual(dispute.state, "notice")

    def test_a_file_ends_early_when_the_complainant_is_told(self):
        dispute = self._open_dispute()
        with self.assertRaisesRegex(UserError, "told how the dispute ends"):
            dispute.action_close("discontinued", "The customer called.")
        self._record(dispute, informed_date=fields.Date.today())
        with self.assertRaisesRegex(UserError, "reason"):
            dispute.action_close("discontinued", "  ")
        dispute.action_close("discontinued", "The customer called.")
        self.assertEqual(dispute.state, "closed")
        self.assertEqual(dispute.outcome, "discontinued")

    def test_closing_is_no_way_around_the_result(self):
        dispute = self._open_dispute()
        with self.assertRaisesRegex(UserError, "note the result"):
            dispute.action_close("settled_early", "We agreed.")
        with self.assertRaisesRegex(UserError, "say how it ended"):
            dispute.action_close()
        self._lead_to(dispute, "position")
        dispute.action_note_result("settled_early", "We paid at once.", amount=0)
        with self.assertRaisesRegex(UserError, "no way"):
            dispute.action_close("settled_early", "We agreed.")

    def test_a_file_at_its_end_is_closed_with_its_result(self):
        dispute = self._lead_to(self._open_dispute(), "implementation")
        self._give(dispute, self._wanted("implementation"))
        dispute.action_close("settled_facilitated")
        self.assertEqual(dispute.state, "closed")

    def test_a_result_without_duty_has_nothing_to_carry_out(self):
        dispute = self._lead_to(
            self._open_dispute(), "implementation", "decision_for_organization"
        )
        self._give(
            dispute, {**self._wanted("implementation"), "implemented_date": False}
        )
        dispute.action_advance()
        self.assertEqual(dispute.state, "closed")

    def test_a_result_is_noted_only_where_it_can_be(self):
        dispute = self._open_dispute()
        with self.assertRaisesRegex(UserError, "cannot be noted"):
            dispute.action_note_result("settled_early", "Too early.")
        self._lead_to(dispute, "resolution")
        with self.assertRaisesRegex(UserError, "cannot be noted"):
            dispute.action_note_result("withdrawn", "Not a result.")

    def test_sending_back_takes_a_reason(self):
        dispute = self._lead_to(self._open_dispute(), "evaluation")
        with self.assertRaisesRegex(UserError, "reason"):
            dispute.action_step_back("")
        dispute.action_step_back("The notice was for another branch.")
        self.assertEqual(dispute.state, "notice")

    def test_a_file_on_hold_does_not_move(self):
        dispute = self._open_dispute()
        self._give(dispute, self._wanted("referral"))
        dispute.action_hold("The provider is closed for a fortnight.")
        with self.assertRaisesRegex(UserError, "provider is closed"):
            dispute.action_advance()
        dispute.action_resume()
        dispute.action_advance()
        self.assertEqual(dispute.state, "notice")

    def test_a_closed_file_is_read_only_but_people_may_talk(self):
        dispute = self._lead_to(self._open_dispute(), "closed")
        with self.assertRaisesRegex(UserError, "closed"):
            dispute.subject = "Something else"
        with self.assertRaisesRegex(UserError, "closed"):
            dispute.with_user(self.manager).evaluator_id = False
        dispute.message_post(body="The customer thanked us.")
        dispute.activity_schedule("mail.mail_activity_data_todo", user_id=self.env.uid)

    def test_reopening_takes_a_manager_and_a_reason(self):
        dispute = self._lead_to(self._open_dispute(), "closed")
        with self.assertRaisesRegex(UserError, "right to reopen"):
            dispute.action_reopen("The refund never came.")
        dispute = dispute.with_user(self.manager)
        with self.assertRaisesRegex(UserError, "reason"):
            dispute.action_reopen(" ")
        dispute.action_reopen("The refund never came.")
        self.assertEqual(dispute.state, "implementation")
        self.assertEqual(dispute.reopen_count, 1)
        self.assertFalse(dispute.closed_date)
        self.assertFalse(dispute.informed_date)
        self.assertEqual(dispute.outcome, "settled_facilitated")

    def test_a_direct_notice_brings_its_own_complaint(self):
        dispute = (
            self.env["iso10003.dispute"]
            .with_user(self.handler)
            .create(
                {
                    "subject": "The ombudsman wrote to us",
                    "direct_notice": True,
                    "partner_id": self.customer.id,
                    "team_id": self.team.id,
                }
            )
        )
        self.assertEqual(dispute.state, "notice")
        self.assertEqual(dispute.ticket_id.name, "The ombudsman wrote to us")

    @mute_logger("odoo.sql_db")
    def test_a_dispute_comes_from_a_complaint(self):
        with self.assertRaises(CheckViolation):
            self.env["iso10003.dispute"].with_user(self.handler).create(
                {"subject": "Out of the blue"}
            )

    def test_who_handled_the_complaint_does_not_evaluate_it(self):
        dispute = self._open_dispute()
        with self.assertRaisesRegex(ValidationError, "handled the complaint"):
            dispute.evaluator_id = self.agent
        self.ticket.user_id = self.handler
        with self.assertRaisesRegex(ValidationError, "handled the complaint"):
            dispute.evaluator_id = self.agent  # it was their complaint

    def test_a_manager_overrides_independence_with_a_reason(self):
        dispute = self._open_dispute()
        with self.assertRaises(AccessError):
            dispute.action_override_independence(self.agent.id, "No one else.")
        managed = dispute.with_user(self.manager)
        with self.assertRaisesRegex(UserError, "reason"):
            managed.action_override_independence(self.agent.id, None)
        managed.action_override_independence(self.agent.id, "No one else is here.")
        self.assertEqual(dispute.evaluator_id, self.agent)
        self.assertEqual(dispute.register_ids[-1].event, "override")
        dispute.evaluator_id = self.evaluator
        with self.assertRaises(ValidationError):
            dispute.evaluator_id = self.agent  # the override was for that time

    def test_an_old_picture_of_the_file_moves_nothing(self):
        dispute = self._lead_to(self._open_dispute(), "notice")
        self._give(dispute, self._wanted("notice"))
        with self.assertRaisesRegex(UserError, "moved"):
            dispute.with_context(shown_state="referral").action_advance()
        self.assertEqual(dispute.state, "notice")

    def test_the_time_in_each_state_comes_from_the_register(self):
        start = fields.Datetime.now()
        with freeze_time(start):
            dispute = self._open_dispute()
            self._give(dispute, self._wanted("referral"))
        with freeze_time(start + timedelta(days=3)):
            dispute.action_advance()
        with freeze_time(start + timedelta(days=4)):
            dispute.invalidate_recordset(["duration_tracking"])
            self.assertEqual(
                dispute.duration_tracking,
                {"referral": 3 * 86400, "notice": 86400},
            )

    def test_a_dispute_is_neither_copied_nor_deleted(self):
        dispute = self._open_dispute()
        with self.assertRaisesRegex(UserError, "cannot be duplicated"):
            dispute.copy()
        with self.assertRaises(AccessError):
            dispute.unlink()
        with self.assertRaisesRegex(UserError, "stays on record"):
            dispute.sudo().unlink()

    def test_the_dialog_takes_the_steps(self):
        dispute = self._lead_to(self._open_dispute(), "resolution")
        step = self.env["iso10003.dispute.step"].with_user(self.handler)
        for question, values in (
            ("hold", {}),
            ("close", {"early_end": "discontinued"}),
        ):
            self._record(dispute, informed_date=fields.Date.today())
            step.create(
                {
                    "dispute_id": dispute.id,
                    "question": question,
                    "reason": "The provider closed down.",
                    **values,
                }
            ).action_confirm()
        self.assertEqual(dispute.state, "closed")
        self.assertEqual(dispute.outcome, "discontinued")
