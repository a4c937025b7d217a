# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError, ValidationError

from ..common import DisputeCase


class TestSteps(DisputeCase):
    """What steps say, to whom, and how often they ask."""

    def _open_several(self, count=3):
        disputes = self.env["iso10003.dispute"]
        for _number in range(count):
            disputes |= self._open_dispute(self._new_ticket())
        return disputes.with_user(self.handler)

    # ------------------------------------------------------------
    # What they say
    # ------------------------------------------------------------

    def test_a_plain_step_says_nothing_beside_what_changed(self):
        dispute = self._open_dispute()
        self.env.cr.flush()
        before = dispute.message_ids
        self._lead_to(dispute, "evaluation")
        self.env.cr.flush()
        said = (dispute.message_ids - before).mapped("body")
        self.assertTrue(said)
        # but why a date was recorded without a letter
        told = [body for body in said if body and "by phone" not in body]
        self.assertFalse(told, said)

    def test_gates_are_asked_once_a_step(self):
        dispute = self._lead_to(self._open_dispute(), "notice")
        self._give(dispute, {**self._wanted("notice"), "category_id": False})
        asked = Counter()
        meets = type(dispute)._meets

        def counting(record, code):
            asked[code] += 1
            return meets(record, code)

        with patch.object(type(dispute), "_meets", counting):
            dialog = dispute.action_advance()
            self.assertEqual(dialog["res_model"], "iso10003.dispute.step")
            self.assertEqual(set(asked.values()), {1}, asked)
            asked.clear()
            dispute.action_advance("It fits no category.")
            self.assertEqual(set(asked.values()), {1}, asked)
        self.assertEqual(dispute.state, "evaluation")

    def test_a_blank_reason_passes_no_warning(self):
        dispute = self._lead_to(self._open_dispute(), "notice")
        self._give(dispute, {**self._wanted("notice"), "category_id": False})
        for reason in ("", " "):
            with self.assertRaisesRegex(UserError, "give a reason"):
                dispute.action_advance(reason)
        self.assertEqual(dispute.state, "notice")

    # ------------------------------------------------------------
    # Several files at once
    # ------------------------------------------------------------

    def test_several_files_go_on_and_those_that_cannot_are_named(self):
        disputes = self._open_several()
        self._give(disputes[0], self._wanted("referral"))
        self._give(disputes[2], self._wanted("referral"))
        told = disputes.action_advance()["params"]
        self.assertEqual(disputes.mapped("state"), ["notice", "referral", "notice"])
        self.assertIn(disputes[1].name, told["message"])
        self.assertIn("still wanted", told["message"])
        self.assertNotIn(disputes[0].name, told["message"])
        self.assertEqual(told["type"], "warning")

    def test_of_several_files_that_warn_each_is_told_what_it_wants(self):
        disputes = self._open_several(2)
        for dispute in disputes:
            self._lead_to(dispute, "notice")
            self._give(dispute, {**self._wanted("notice"), "category_id": False})
        with self.assertRaisesRegex(UserError, "(?s)give a reason.*give a reason"):
            disputes.action_advance()
        disputes.action_advance("No category fits them.")
        self.assertEqual(set(disputes.mapped("state")), {"evaluation"})

    def test_each_step_works_on_several_files(self):
        disputes = self._open_several(2)
        disputes.action_hold("The product is recalled.")
        self.assertEqual(disputes.mapped("on_hold"), [True, True])
        disputes.action_resume()
        self.assertEqual(disputes.mapped("on_hold"), [False, False])
        for dispute in disputes:
            self._lead_to(dispute, "resolution")
        disputes.action_note_result(
            "settled_facilitated", "All were agreed on.", amount=0
        )
        self.assertEqual(set(disputes.mapped("outcome")), {"settled_facilitated"})
        disputes.action_step_back("Facts are missing.")
        self.assertEqual(set(disputes.mapped("state")), {"position"})
        self._record(disputes, informed_date=fields.Date.today())
        disputes.action_close("discontinued", "They were paid.")
        self.assertEqual(set(disputes.mapped("state")), {"closed"})
        disputes.with_user(self.manager).action_reopen("They were not.")
        self.assertEqual(set(disputes.mapped("state")), {"position"})

    def test_a_file_of_others_hinders_none_of_ones_own(self):
        disputes = self._open_several(2)
        other = self.env["helpdesk.ticket.team"].create({"name": "Elsewhere"})
        disputes[1].sudo().write({"user_id": self.chief.id, "team_id": other.id})
        self._give(disputes[0], self._wanted("referral"))
        number = disputes[1].sudo().name
        told = disputes.action_advance()["params"]["message"]
        self.assertEqual(disputes[0].state, "notice")
        self.assertEqual(disputes[1].sudo().state, "referral")
        self.assertNotIn(number, told)

    # ------------------------------------------------------------
    # Of which day a result is
    # ------------------------------------------------------------

    def _resolve(self, days=5, **options):
        dispute = self._lead_to(self._open_dispute(), "resolution")
        dispute.ticket_id.sudo().complaint_date -= timedelta(days=30)
        notice = fields.Date.today() - timedelta(days=20)
        self._record(dispute, notice_date=notice)
        self._record(dispute, acknowledged_date=notice)
        day = fields.Date.today() - timedelta(days=days)
        dispute.action_note_result("settled_facilitated", "They agreed.", day, 0)
        return dispute

    def test_a_result_is_of_the_day_that_is_given(self):
        dispute = self._resolve(5)
        day = fields.Date.today() - timedelta(days=5)
        self.assertEqual(dispute.outcome_date, day)
        row = dispute.register_ids.filtered(lambda row: row.event == "outcome")[-1]
        self.assertEqual(row.data["date"], day.isoformat())

    def test_a_result_is_not_ahead_nor_before_the_notice(self):
        with self.assertRaisesRegex(UserError, "lies ahead"):
            self._resolve(-1)
        with self.assertRaisesRegex(UserError, "the notice came on"):
            self._resolve(21)

    def test_the_date_of_a_result_is_corrected_with_a_reason(self):
        dispute = self._resolve(2)
        former, day = (fields.Date.today() - timedelta(days=days) for days in (2, 5))
        with self.assertRaisesRegex(UserError, "reason"):
            dispute.action_correct_result_date(day, " ")
        for user in (self.counsel, self.auditor):
            with self.assertRaises(UserError):
                dispute.with_user(user).action_correct_result_date(day, "A slip.")
        self.assertEqual(dispute.outcome_date, former)
        with self.assertRaisesRegex(UserError, "lies ahead"):
            dispute.action_correct_result_date(
                fields.Date.today() + timedelta(days=1), "A slip."
            )
        self.env["iso10003.dispute.step"].with_user(self.handler).create(
            {
                "dispute_id": dispute.id,
                "question": "result_date",
                "date": day,
                "reason": "The minutes were dated earlier.",
            }
        ).action_confirm()
        self.assertEqual(dispute.outcome_date, day)
        row = dispute.register_ids.filtered(lambda row: row.event == "outcome_date")
        self.assertEqual(
            row.data["from"] + row.data["to"], former.isoformat() + day.isoformat()
        )
        self.assertIn("→", row.summary)
        self.assertEqual(row.note, "The minutes were dated earlier.")

    def test_an_honest_file_is_not_blamed_for_what_was_done_before_today(self):
        dispute = self._resolve(5)
        dispute.action_advance()
        self._give(
            dispute,
            {
                **self._wanted("implementation"),
                "implemented_date": fields.Date.today() - timedelta(days=2),
            },
        )
        dispute.action_advance()
        rule = dispute.sudo()._audit_carried_out(self.company)
        self.assertFalse(dispute.filtered_domain(rule.population & rule.broken))

    # ------------------------------------------------------------
    # The order of things
    # ------------------------------------------------------------

    def test_our_time_runs_out_whoever_reads_the_complaint(self):
        dispute = self._open_dispute()
        other = self.env["helpdesk.ticket.team"].create({"name": "Elsewhere"})
        own = self._new_ticket(team_id=other.id, user_id=False)
        dispute = dispute.sudo()
        second = self._open_dispute(own, self.manager)
        second.sudo().write({"team_id": self.team.id, "deadlock": "time_out"})
        seen = second.with_user(self.handler)
        self.assertFalse(own.with_user(self.handler).has_access("read"))
        self.env.invalidate_all()  # what was asked of the complaint stays at hand else
        codes = [gate["code"] for gate in seen.gate_checklist]
        self.assertIn("complaint_exhausted", codes)

    def test_a_refusal_takes_no_number(self):
        self.env["iso10003.dispute"].browse()
        first = self._open_dispute().name
        with (
            patch.object(
                type(self.env["iso10003.role"]),
                "_get_enforced",
                lambda role, code, company: role.sudo().search([], limit=1),
            ),
            patch.object(
                type(self.env["iso10003.role"]),
                "_find_gaps",
                lambda role, people, day=None: {
                    people: {
                        "day": fields.Date.today(),
                        "employee": self.env["hr.employee"],
                        "missing": [],
                    }
                },
            ),
            self.assertRaises(UserError),
            self.env.cr.savepoint(),
        ):
            self._open_dispute(self._new_ticket())
        second = self._open_dispute(self._new_ticket()).name
        self.assertEqual(int(second[-5:]), int(first[-5:]) + 1)

    # ------------------------------------------------------------
    # Who is told
    # ------------------------------------------------------------

    def _tasks(self, dispute, user):
        return dispute.activity_ids.filtered(lambda task: task.user_id == user)

    def test_the_evaluator_is_told_when_named(self):
        dispute = self._open_dispute()
        dispute.evaluator_id = self.evaluator
        self.assertIn("Evaluate", self._tasks(dispute, self.evaluator).summary)
        self.assertIn(self.evaluator.partner_id, dispute.message_partner_ids)
        dispute.evaluator_id = self.chief
        self.assertFalse(self._tasks(dispute, self.evaluator))
        self.assertTrue(self._tasks(dispute, self.chief))

    def test_the_task_of_the_evaluator_is_done_with_the_evaluation(self):
        dispute = self._lead_to(self._open_dispute(), "evaluation")
        dispute.write({"evaluator_id": self.evaluator.id})
        self.assertTrue(self._tasks(dispute, self.evaluator))
        self._lead_to(dispute, "position")
        self.assertFalse(self._tasks(dispute, self.evaluator))

    def test_an_evaluator_named_past_a_rule_is_told_too(self):
        dispute = self._open_dispute()
        dispute.with_user(self.manager).action_override_independence(
            self.evaluator.id, "No one else is here."
        )
        self.assertTrue(self._tasks(dispute, self.evaluator))

    def test_a_reopened_file_whose_owner_is_gone_is_handed_on(self):
        self.company.dispute_manager_id = self.chief
        dispute = self._lead_to(self._open_dispute(), "closed")
        self.handler.active = False
        dispute = dispute.with_user(self.manager)
        dispute.action_reopen("The refund never came.")
        self.assertEqual(dispute.user_id, self.chief)
        self.assertIn("Lead", self._tasks(dispute, self.chief).summary)
        changed = [row.data for row in dispute.register_ids if row.event == "changed"]
        self.assertTrue([row for row in changed if "user_id" in row["changes"]])

    def test_a_reply_on_the_complaint_reaches_the_owner_of_the_dispute(self):
        dispute = self._open_dispute()
        self.ticket.message_unsubscribe(self.handler.partner_id.ids)
        message = self.ticket.with_user(self.agent).message_post(
            body="I have something to add.", subtype_xmlid="mail.mt_comment"
        )
        self.assertIn(dispute.user_id.partner_id, message.notified_partner_ids)


class TestComplaintFollows(DisputeCase):
    """The complaint closes and opens with its dispute."""

    def test_the_complaint_closes_with_its_dispute_and_comes_back(self):
        self.ticket.stage_id = self.open_stage
        dispute = self._lead_to(self._open_dispute(), "closed")
        self.assertTrue(self.ticket.closed)
        dispute.with_user(self.manager).action_reopen("The refund never came.")
        self.assertEqual(self.ticket.stage_id, self.open_stage)
        self.assertEqual(dispute.state, "implementation")

    def test_an_early_end_closes_the_complaint_too(self):
        dispute = self._open_dispute()
        self._record(dispute, informed_date=fields.Date.today())
        dispute.action_close("discontinued", "They wrote so.")
        self.assertTrue(self.ticket.closed)

    def test_a_complaint_that_may_not_close_stays_and_the_file_says_so(self):
        dispute = self._open_dispute()
        self._record(dispute, informed_date=fields.Date.today())

        def refuse(tickets):
            if tickets:
                raise ValidationError("Not without the signature")

        with patch.object(type(self.ticket), "_check_not_in_dispute", refuse):
            dispute.action_close("discontinued", "They wrote so.")
        self.assertEqual(dispute.state, "closed")
        self.assertFalse(self.ticket.closed)
        self.assertIn("Not without the signature", dispute.message_ids[0].body)

    def test_who_answers_a_complaint_reads_recourse_and_that_it_is_in_dispute(self):
        self._open_dispute()
        ticket = self.ticket.with_user(self.agent)
        self.assertFalse(self.agent.has_group("odoo_iso10003.group_reader"))
        self.assertTrue(ticket.in_dispute)
        self.assertTrue(ticket.recourse)
        arch = ticket.get_view(view_type="form")["arch"]
        self.assertIn("This complaint is in dispute.", arch)
        self.assertIn('name="recourse"', arch)
        self.assertIn(ticket, ticket.search([("in_dispute", "=", True)]))
        self.assertFalse(
            ticket.with_user(self.agent)._has_field_access(
                ticket._fields["dispute_ids"], "read"
            )
        )


class TestCopies(DisputeCase):
    """What of the settings can be duplicated, and what says why not."""

    def test_categories_and_remedies_are_duplicated(self):
        for model, ref in (
            ("iso10003.dispute.category", "category_warranty"),
            ("iso10003.remedy", "remedy_refund"),
        ):
            row = self.env.ref(f"odoo_iso10003.{ref}").with_user(self.manager)
            first, second = row.copy(), row.copy()
            with self.subTest(model=model):
                self.assertEqual(first.company_id, self.company)
                self.assertTrue(second.copy().name)
                self.env.flush_all()

    def test_a_gate_says_why_it_is_not_duplicated(self):
        gate = self.env.ref("odoo_iso10003.gate_notice_category_set")
        with self.assertRaisesRegex(UserError, "Adapt for our company"):
            gate.with_user(self.manager).copy()
