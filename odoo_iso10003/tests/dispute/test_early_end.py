# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ending early: the dialog offers what it wants, and a noted result stays on record."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form

from ..common import ADDON, DisputeCase
from .test_authority import AuthorityCase

REASON = "They wrote so."


def days_ago(days):
    return fields.Date.today() - timedelta(days=days)


class EarlyEndCase(DisputeCase):
    def _dialog(self, dispute, **values):
        """Fill in the dialog as the handler does, and confirm it."""
        action = dispute.action_ask("close")
        dialogs = self.env[action["res_model"]].with_user(self.handler)
        form = Form(dialogs.with_context(**action["context"]))
        form.early_end = "discontinued"
        form.reason = REASON
        for name, value in values.items():
            form[name] = value
        return form

    def _row(self, dispute):
        rows = dispute.register_ids.filtered(lambda row: row.event == "transition")
        return rows.sorted("sequence")[-1]


class TestDialog(EarlyEndCase):
    def test_it_offers_the_date_on_which_the_complainant_was_told(self):
        dispute = self._open_dispute()
        form = self._dialog(dispute)
        gates = {gate["code"]: gate for gate in form.gate_checklist}
        self.assertFalse(gates["complainant_informed"]["met"])
        form.informed_date = fields.Date.today()
        gates = {gate["code"]: gate for gate in form.gate_checklist}
        self.assertTrue(gates["complainant_informed"]["met"])
        form.save().action_confirm()
        self.assertEqual(dispute.state, "closed")
        self.assertEqual(dispute.informed_date, fields.Date.today())

    def test_what_is_refused_leaves_no_date(self):
        dispute = self._open_dispute()
        form = self._dialog(dispute, informed_date=fields.Date.today())
        form.date = fields.Date.today() + timedelta(days=1)
        with self.assertRaisesRegex(UserError, "lies ahead"), self.env.cr.savepoint():
            form.save().action_confirm()
        self.assertFalse(dispute.informed_date)

    def test_what_else_its_gates_want_is_offered_too(self):
        dispute = self._lead_to(self._open_dispute(), "implementation")
        self.assertFalse(self._dialog(dispute).wants_lessons)
        gate = "gate_implementation_lessons_drawn"
        self.env.ref(f"{ADDON}.{gate}").asked = "always"
        self._ask_in_new_version(gate, "block")
        ticket = self._new_ticket()
        dispute = self._lead_to(self._open_dispute(ticket), "implementation")
        form = self._dialog(dispute, informed_date=fields.Date.today())
        self.assertTrue(form.wants_lessons)
        form.lessons = "Answer within a week."
        form.save().action_confirm()
        self.assertEqual(dispute.lessons, "Answer within a week.")
        self.assertEqual(dispute.state, "closed")

    def test_it_is_of_the_day_that_is_given(self):
        dispute = self._lead_to(self._open_dispute(), "evaluation")
        dispute.ticket_id.sudo().complaint_date = days_ago(30)
        self._record(dispute, notice_date=days_ago(20))
        form = self._dialog(dispute, informed_date=fields.Date.today())
        self.assertEqual(form.date, fields.Date.today())
        form.date = days_ago(21)
        with self.assertRaisesRegex(UserError, "the notice came on"):
            form.save().action_confirm()
        with self.assertRaisesRegex(UserError, "1403"):
            dispute.action_close("discontinued", REASON, date="1403-05-01")
        form = self._dialog(dispute, informed_date=fields.Date.today())
        form.date = days_ago(5)
        form.save().action_confirm()
        self.assertEqual(dispute.outcome_date, days_ago(5))
        self.assertEqual(self._row(dispute).data["date"], days_ago(5).isoformat())
        self.assertEqual(dispute.closed_date.date(), fields.Date.today())


class TestNotedResult(EarlyEndCase):
    def _resolved(self, state):
        dispute = self._lead_to(self._open_dispute(self._new_ticket()), "resolution")
        dispute.ticket_id.sudo().complaint_date = days_ago(30)
        self._record(dispute, notice_date=days_ago(20))
        self._record(dispute, acknowledged_date=days_ago(20))
        dispute.action_note_result(
            "settled_facilitated", "They agreed.", days_ago(5), amount=7
        )
        if state == "implementation":
            dispute.action_advance()
        return dispute

    def _end(self, dispute):
        self._dialog(dispute, informed_date=fields.Date.today()).save().action_confirm()

    def _picture(self, dispute):
        names = [name for name in dispute._fields if name.startswith("conceded_")]
        return dispute.read(["outcome", "outcome_date", *names], load=None)

    def test_it_stays_on_record_and_comes_back(self):
        for state in ("resolution", "implementation"):
            dispute = self._resolved(state)
            before = self._picture(dispute)
            with self.subTest(state=state):
                form = self._dialog(dispute)
                self.assertEqual(form.noted_result, "settled_facilitated")
                self._end(dispute)
                self.assertEqual(dispute.outcome, "discontinued")
                self.assertFalse(dispute.conceded_date)
                row = self._row(dispute)
                self.assertEqual(
                    row.data["noted_before"],
                    {
                        "outcome": "settled_facilitated",
                        "date": days_ago(5).isoformat(),
                    },
                )
                self.assertIn("Settled with a facilitator", row.summary)
                dispute.with_user(self.manager).action_reopen("It was a mistake.")
                self.assertEqual(dispute.state, state)
                self.assertEqual(self._picture(dispute), before)

    def test_reopened_it_says_what_is_open_again(self):
        dispute = self._resolved("implementation")
        self._end(dispute)
        dispute.with_user(self.manager).action_reopen("It was a mistake.")
        said = dispute.message_ids[0].body
        for words in (
            "open again",
            "Settled with a facilitator",
            "told how the dispute ended",
        ):
            self.assertIn(words, said)

    def test_without_a_result_it_says_so(self):
        dispute = self._lead_to(self._open_dispute(), "evaluation")
        self._end(dispute)
        dispute.with_user(self.manager).action_reopen("It was a mistake.")
        self.assertFalse(dispute.outcome)
        self.assertIn("No result is noted", dispute.message_ids[0].body)

    def test_what_is_reopened_without_its_result_is_to_be_resolved(self):
        """As files were left whose result was overwritten by their early end."""
        dispute = self._resolved("implementation")
        self._end(dispute)
        dispute.sudo()._guarded_write({"noted_before": False})
        dispute.with_user(self.manager).action_reopen("It was a mistake.")
        self.assertEqual(dispute.state, "resolution")
        with self.assertRaisesRegex(UserError, "this is still wanted"):
            dispute.action_advance()

    def test_nobody_writes_what_was_noted_before(self):
        dispute = self._resolved("implementation")
        with self.assertRaises(UserError):
            dispute.with_user(self.manager).noted_before = {"outcome": "merged"}


class TestWeighedOnItsDay(AuthorityCase):
    """What we give is measured at the rate of the day on which it binds."""

    def setUp(self):
        super().setUp()
        self.dispute.ticket_id.sudo().complaint_date = days_ago(60)
        self._record(self.dispute, notice_date=days_ago(50))
        self._record(self.dispute, acknowledged_date=days_ago(50))
        self._rate(0.5, days_ago(40))  # one is worth two of our own
        self._rate(0.4, days_ago(20))
        self._rate(0.8, days_ago(10))

    def _settle_on(self, days, amount=400, user=None):
        self._settle(
            amount, user=user, date=days_ago(days), currency_id=self.foreign.id
        )

    def _correct(self, days, user=None):
        dispute = self.dispute.with_user(user or self.handler)
        dispute.action_correct_result_date(days_ago(days), "A slip.")

    def test_a_result_is_weighed_at_the_rate_of_its_day(self):
        self._settle_on(30)
        self.assertEqual(self.dispute.conceded_company_amount, 800)
        self.assertEqual(self.dispute.conceded_date, days_ago(30))
        with self.assertRaisesRegex(UserError, "1,250"):
            self._settle_on(15, 500)

    def test_an_early_end_too(self):
        self._record(self.dispute, informed_date=fields.Date.today())
        close = self.dispute.action_close
        with self.assertRaisesRegex(UserError, "1,250"):
            close("conceded", REASON, 500, self.foreign.id, days_ago(15))
        close("conceded", REASON, 500, self.foreign.id, days_ago(30))
        self.assertEqual(self.dispute.conceded_company_amount, 1000)

    def test_a_corrected_day_weighs_it_anew(self):
        self._settle_on(30)
        self._correct(15)
        self.assertEqual(self.dispute.conceded_company_amount, 1000)
        self.assertEqual(self.dispute.conceded_rate, 2.5)
        self.assertEqual(self.dispute.conceded_date, days_ago(15))
        data = self._last_row("conceded").data
        self.assertEqual(data["company_amount"], f"1000.00 {self.own.name}")
        self.assertEqual(data["date"], days_ago(15).isoformat())

    def test_and_asks_the_tier_again(self):
        self._settle_on(30, 500)
        with self.assertRaisesRegex(UserError, "beyond what you may decide"):
            self._correct(15)
        self.assertEqual(self.dispute.outcome_date, days_ago(30))
        self.assertEqual(self.dispute.conceded_company_amount, 1000)
        self._correct(15, self.manager)
        self.assertEqual(self.dispute.conceded_company_amount, 1250)
        self.assertEqual(self.dispute.conceded_by_id, self.manager)

    def test_what_gives_nothing_is_not_weighed(self):
        self.dispute.action_note_result(
            "decision_for_organization", REASON, days_ago(30)
        )
        self._correct(15)
        self.assertFalse(self.dispute.conceded_date)
        self.assertFalse(self._last_row("conceded"))
