# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from ...models.dispute.guided import ASKED, LETTERED
from ..common import DisputeCase


class TestNextStep(DisputeCase):
    """The card names one step, its button does the deed, and the file goes on."""

    def _shown(self, dispute):
        dispute.invalidate_recordset(["gate_checklist", "next_step"])
        return dispute.next_step

    def _confirm(self, action, user, **vals):
        """Answer the dialog that a button opened, as its form does."""
        steps = self.env[action["res_model"]].with_user(user)
        return steps.with_context(**action["context"]).create(vals).action_confirm()

    def _send(self, action, **context):
        """Send the letter that a button opened, as its form does."""
        letters = self.env[action["res_model"]].with_user(self.handler)
        letters = letters.with_context(**action["context"], **context)
        letter = Form(letters)
        letter.subject, letter.body = "About it", "<p>We answer.</p>"
        letter.save().action_send()

    def test_it_names_the_first_thing_that_stops_the_file(self):
        dispute = self._open_dispute()
        step = self._shown(dispute)
        self.assertEqual(
            (step["code"], step["field"]), ("scope_decided", "scope_decision")
        )
        self.assertEqual(step["label"], "Fill it in")
        self.assertTrue(step["advice"])

    def test_what_only_warns_comes_after_what_stops(self):
        dispute = self._lead_to(self._open_dispute(), "notice")
        self._give(dispute, {**self._wanted("notice"), "category_id": False})
        self.assertEqual(self._shown(dispute)["code"], "category_set")
        self._record(dispute, acknowledged_date=False)
        self.assertEqual(self._shown(dispute)["code"], "acknowledged")

    def test_when_all_is_there_it_is_the_step_to_the_next_clause(self):
        dispute = self._open_dispute()
        self._give(dispute, self._wanted("referral"))
        step = self._shown(dispute)
        self.assertEqual((step["code"], step["label"]), ("advance", "Notice has come"))
        self._record(dispute, notice_date=dispute._get_company_day())
        dispute.action_next_step()
        self.assertEqual(dispute.state, "notice")

    def test_the_notice_that_has_come_leads_there_by_itself(self):
        dispute = self._open_dispute()
        self.assertRaises(UserError, dispute.action_notice_has_come)  # much is wanted
        self._give(dispute, self._wanted("referral"))
        for action in (dispute.action_next_step(), dispute.action_notice_has_come()):
            self.assertEqual(action["res_model"], "iso10003.notice")
            self.assertEqual(dispute.state, "referral", "asked, and not recorded yet")
        notices = self.env["iso10003.notice"].with_user(self.handler)
        notices.with_context(**action["context"]).create({"pending_elsewhere": "no"})
        self.assertEqual(dispute.state, "notice")

    def test_the_final_answer_is_written_once_it_is_said_what_it_did(self):
        dispute = self._open_dispute()
        self._give(dispute, {"scope_decision": "in_scope", "scope_reason": "A sale"})
        step = self._shown(dispute)
        self.assertEqual(
            (step["code"], step["field"], step["label"]),
            ("complaint_exhausted", "deadlock", "Fill it in"),
        )
        dispute.deadlock = "time_out"
        self.assertEqual(self._shown(dispute)["label"], "Fill it in")
        dispute.deadlock = "rejected"
        self.assertEqual(self._shown(dispute)["label"], "Write the letter")
        action = dispute.action_next_step()
        self.assertEqual(action["context"]["default_kind"], "final_answer")

    def test_our_answer_acknowledges_where_sheets_are_merged(self):
        """One letter less on the small track; one that went before stays as it was."""
        dispute = self._lead_to(self._open_dispute(), "notice")
        self._record(dispute, notice_date=dispute._get_company_day())
        self.assertEqual(self._shown(dispute)["code"], "part_answered")
        dispute.with_user(self.chief).action_change_track("standard", "It is new.")
        self.assertEqual(self._shown(dispute)["code"], "acknowledged")

    def test_who_has_no_part_in_it_evaluates_it_with_the_button(self):
        self.team.user_ids += self.evaluator
        dispute = self._lead_to(self._open_dispute(), "evaluation")
        own = dispute.with_user(self.evaluator)
        self.assertEqual(self._shown(dispute)["label"], "Fill it in")
        self.assertEqual(self._shown(own)["label"], "Evaluate it myself")
        action = own.action_next_step()
        self.assertEqual(action["res_model"], "iso10003.evaluation")
        self.assertEqual(dispute.evaluator_id, self.evaluator)
        with self.assertRaisesRegex(UserError, "it is evaluated by"):
            dispute.with_user(self.manager).action_take_evaluation()

    def test_who_had_a_part_in_it_does_not_evaluate_it_by_the_button(self):
        self.team.user_ids += self.evaluator
        ticket = self._new_ticket(user_id=self.evaluator.id)
        dispute = self._lead_to(self._open_dispute(ticket), "evaluation")
        own = dispute.with_user(self.evaluator)
        self.assertEqual(self._shown(own)["label"], "Fill it in")
        with self.assertRaises(UserError), self.env.cr.savepoint():
            own.action_take_evaluation()
        with self.assertRaises(AccessError):
            dispute.with_user(self.stranger).action_take_evaluation()
        self.assertFalse(dispute.evaluator_id)

    def test_the_last_deed_leads_the_file_on(self):
        dispute = self._lead_to(self._open_dispute(), "notice")
        self._give(dispute, {**self._wanted("notice"), "acknowledged_date": False})
        self.assertEqual(self._shown(dispute)["label"], "Write the letter")
        self._send(dispute.action_next_step())
        self.assertEqual(dispute.acknowledged_date, dispute._get_company_day())
        self.assertEqual(dispute.state, "evaluation")

    def test_a_deed_before_the_last_one_leaves_the_file_where_it_is(self):
        dispute = self._open_dispute()
        wanted = self._wanted("referral")
        self._give(dispute, {**wanted, "recourse_date": False, "deadlock": False})
        self._send(dispute.action_write_letter("other_recourse"), leads_on=True)
        self.assertTrue(dispute.recourse_date)
        self.assertEqual(dispute.state, "referral")

    def test_noting_the_result_leads_on(self):
        dispute = self._lead_to(self._open_dispute(), "resolution")
        step = self._shown(dispute)
        self.assertEqual(
            (step["code"], step["label"]), ("result_noted", "Record the result")
        )
        self.assertEqual(step["turn"], "Provider")
        self._confirm(dispute.action_next_step(), self.handler, text="They agreed.")
        self.assertEqual(dispute.state, "implementation")

    def test_what_was_asked_elsewhere_moves_nothing(self):
        dispute = self._lead_to(self._open_dispute(), "resolution")
        self._confirm(
            dispute.action_ask("result"),
            self.handler,
            result="settled_facilitated",
            gives="nothing",
            reason="They agreed.",
        )
        self.assertEqual(dispute.state, "resolution")

    def test_a_conflict_that_may_be_told_asks_for_the_reason(self):
        dispute = self._lead_to(self._open_dispute(), "evaluation")
        self._fill_in(dispute)
        # who typed the findings last is not who evaluates
        dispute.findings = "<p>We were right.</p>"
        step = self._shown(dispute)
        self.assertEqual(step["code"], "findings_evaluator")
        self.assertEqual(step["label"], "Form our position")
        action = dispute.action_next_step()
        self.assertEqual(action["context"]["default_question"], "advance")

    def test_on_hold_it_is_taken_off(self):
        dispute = self._open_dispute()
        dispute.action_hold("The complainant is ill.")
        step = self._shown(dispute)
        self.assertEqual(
            (step["code"], step["advice"]), ("resume", "The complainant is ill.")
        )
        dispute.action_next_step()
        self.assertFalse(dispute.on_hold)

    def test_a_closed_file_has_none(self):
        dispute = self._lead_to(self._open_dispute(), "closed")
        self.assertFalse(self._shown(dispute))

    def test_who_only_reads_sees_what_comes_and_no_button(self):
        dispute = self._open_dispute()
        step = self._shown(dispute.with_user(self.auditor))
        self.assertEqual((step["code"], step["label"]), ("scope_decided", ""))
        with self.assertRaises(AccessError):
            dispute.with_user(self.auditor).action_next_step()

    def test_an_old_card_moves_nothing(self):
        dispute = self._open_dispute()
        self._give(dispute, self._wanted("referral"))
        for context, words in (
            ({"shown_state": "notice"}, "it has moved"),
            ({"shown_step": "scope_decided"}, "something else comes next"),
        ):
            with self.assertRaisesRegex(UserError, words):
                dispute.with_context(**context).action_next_step()
        self.assertEqual(dispute.state, "referral")

    def test_each_gate_with_a_deed_is_one(self):
        gates = set(self.env["iso10003.gate"].search([]).mapped("code"))
        disputes = self.env["iso10003.dispute"]
        actions = disputes._get_gate_actions()
        # that a side declined, or it was settled, is a step of its own and no gate
        self.assertLessEqual(
            {*LETTERED, *ASKED, *actions}, gates | {"declined", "settled"}
        )
        for _label, method in actions.values():
            self.assertTrue(hasattr(disputes, method), method)

    def test_the_card_costs_no_query_beside_the_checklist(self):
        dispute = self._lead_to(self._open_dispute(), "position")

        def count(names):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            dispute.read(names)
            return self.env.cr.sql_log_count - before

        count(["gate_checklist"])  # what is kept at hand
        alone = count(["gate_checklist"])
        self.assertEqual(count(["gate_checklist", "next_step"]), alone)
