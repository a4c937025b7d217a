# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form
from odoo.tools import mute_logger

from ..common import PAPER
from .obligation_common import ObligationCase


class TestObligation(ObligationCase):
    """What is owed, and what was done of it (7.6)."""

    def test_it_is_noted_and_performed_from_the_form(self):
        action = self.dispute.action_add_obligation()
        obligations = self.dispute.env[action["res_model"]]
        form = Form(obligations.with_context(**action["context"]))
        form.name = "Pay the price back"
        form.amount = 300
        form.day = self._day(20)
        owed = form.save()
        self.assertEqual((owed.state, owed.due_date), ("due", self._day(20)))
        self.assertIn("Carry out: Pay the price back", self._tasks())
        action = owed.action_record_performance()
        performances = owed.env[action["res_model"]]
        form = Form(performances.with_context(**action["context"]))
        self.assertEqual(form.gross, 300)
        form.proof = PAPER.decode() if isinstance(PAPER, bytes) else PAPER
        form.reference = "Transfer 9"
        done = form.save()
        self.assertEqual((owed.state, owed.done_date), ("performed", self.today))
        self.assertTrue(done.proven)
        self.assertNotIn("Carry out: Pay the price back", self._tasks())
        self.assertIn("300", self._rows("performance")[-1].summary)
        self.assertEqual(self.dispute.implemented_date, self.today)
        self.assertNotIn("carried_out", (self.dispute.bare_events or "").split())

    def test_in_parts(self):
        self._complaint_before(9)
        owed = self._oblige()
        self._perform(owed, gross=100)
        self.assertEqual((owed.state, owed.performed), ("due", 100))
        self.assertFalse(self.dispute.implemented_date)
        self._perform(owed, gross=200, date=self._day(-1))
        self.assertEqual((owed.state, owed.done_date), ("performed", self.today))

    def test_tax_is_withheld_and_counts(self):
        """File 15: the net amount goes to them, the tax to the State."""
        owed = self._oblige()
        done = self._perform(owed, gross=300, tax=30)
        self.assertEqual((done.net, owed.state), (270, "performed"))

    def test_another_currency_counts_at_its_rate(self):
        owed = self._oblige()
        other = self.env["res.currency"].create(
            {"name": "XQX", "symbol": "q", "rounding": 0.01}
        )
        unknown = self._perform(owed, gross=100, currency_id=other.id)
        self.assertIn("no rate", unknown.remarks)
        self.assertEqual(owed.performed, 0)
        done = self._perform(
            owed, gross=100, currency_id=other.id, rate=3, rate_source="Central bank"
        )
        self.assertEqual((done.counted, owed.state), (300, "performed"))
        self.assertIn("another currency", done.remarks)

    def test_more_than_is_due_is_recorded_and_said(self):
        owed = self._oblige()
        self._perform(owed, gross=350)
        self.assertEqual(owed.state, "performed")
        self.assertIn("50", owed.remarks)

    def test_what_is_no_payment_rests_on_an_agreement(self):
        owed = self._oblige()
        with self.assertRaisesRegex(ValidationError, "agreed"), self.cr.savepoint():
            self._perform(owed, means="set_off")
        self._perform(owed, means="set_off", agreement="Point 3 of the settlement")
        self.assertEqual(owed.state, "performed")

    def test_goods_taken_as_all_of_it(self):
        owed = self._oblige()
        self._perform(
            owed, means="goods", gross=0, in_full=True, agreement="Their mail"
        )
        self.assertEqual(owed.state, "performed")

    def test_provisional_money_counts_once_it_is_final(self):
        """File 4: money that moves and comes back."""
        owed = self._oblige()
        done = self._perform(owed, provisional=True)
        self.assertEqual((owed.state, owed.performed), ("due", 0))
        done.action_make_final()
        self.assertEqual(owed.state, "performed")
        self.assertTrue(self.dispute.implemented_date)
        with self.assertRaisesRegex(UserError, "reason"):
            done.action_reverse("")
        done.action_reverse("The bank took it back.")
        self.assertEqual((owed.state, owed.performed), ("due", 0))
        self.assertFalse(self.dispute.implemented_date)
        self.assertEqual(
            self._rows("performance_reversed").note, "The bank took it back."
        )
        with self.assertRaisesRegex(UserError, "reversed already"):
            done.action_reverse("Again.")

    def test_it_stays_as_it_was_recorded(self):
        done = self._perform(self._oblige())
        for values in ({"gross": 1}, {"date": self._day(-1)}, {"proof": PAPER + PAPER}):
            with self.subTest(values), self.assertRaises(UserError):
                done.sudo().write(values)
        for record in (done, done.obligation_id):
            with self.assertRaisesRegex(UserError, "stays on record"):
                record.sudo().unlink()
        with self.assertRaisesRegex(UserError, "stays"), self.cr.savepoint():
            done.obligation_id.amount = 1

    def test_a_proof_comes_later_once(self):
        done = self._perform(self._oblige(), proof=False)
        self.assertIn("Nothing proves", done.remarks)
        done.action_add_proof(PAPER, "receipt.pdf")
        self.assertTrue(done.proof_sha256)
        with self.assertRaisesRegex(UserError, "stays"):
            done.action_add_proof(PAPER)

    # ------------------------------------------------------------
    # When it is due
    # ------------------------------------------------------------

    def test_goods_come_back_first(self):
        """File 16: returned by them, inspected by us, then paid."""
        self._complaint_before(9)
        back = self._oblige(
            name="Send it back", owed_by="other_side", amount=0, day=self._day(5)
        )
        inspection = self._oblige(
            name="Inspect it", amount=0, day=False, after_id=back.id, after_days=3
        )
        refund = self._oblige(day=False, after_id=inspection.id, after_days=7)
        self.assertEqual((inspection.state, refund.state), ("waiting", "waiting"))
        self._perform(back, means="goods", gross=0, date=self._day(-1))
        self.assertEqual(inspection.due_date, self._day(2))
        self.assertEqual(refund.state, "waiting")
        self._perform(inspection, means="act", gross=0)
        self.assertEqual((refund.state, refund.due_date), ("due", self._day(7)))
        self.assertIn("Carry out: Pay the price back", self._tasks())
        refund.action_contest("They say nothing was wrong with it.")
        self.assertEqual(refund.state, "contested")
        self.assertNotIn("duties_proven", self._find_unmet())

    def test_it_is_due_so_long_after_something_happened(self):
        owed = self._oblige(day=False, after_event="result_served", after_days=14)
        self.assertEqual(owed.state, "waiting")
        self._record(self.dispute, served_date=self.today)
        self.assertEqual((owed.state, owed.due_date), ("due", self._day(14)))
        self._record(self.dispute, served_date=self._day(-2))
        self.assertEqual(owed.due_date, self._day(12))

    def test_nothing_hangs_on_itself(self):
        first = self._oblige()
        second = self._oblige(day=False, after_id=first.id)
        with self.assertRaisesRegex(UserError, "hang on itself"), self.cr.savepoint():
            first.write({"day": False, "after_id": second.id})
        elsewhere = self._oblige(self._open_dispute(self._new_ticket()))
        with self.assertRaisesRegex(UserError, "another file"), self.cr.savepoint():
            second.after_id = elsewhere

    def test_instalments(self):
        """File 5: three instalments; one is missed, and the whole becomes due."""
        plan = self._oblige(grace_days=5)
        plan.action_split(3, self._day(10))
        self.assertEqual(plan.part_ids.mapped("amount"), [100, 100, 100])
        first, second, third = plan.part_ids.sorted("due_date")
        self._perform(first, gross=100)
        self.assertEqual((plan.state, plan.performed), ("due", 100))
        with self.assertRaisesRegex(ValidationError, "instalments"):
            self._perform(plan)
        late = second.due_date
        self._sweep_on(fields.Date.add(late, days=4))
        self.assertFalse(self._find_findings())
        self._sweep_on(fields.Date.add(late, days=6))
        self.assertEqual(third.due_date, fields.Date.add(late, days=6))
        self.assertEqual(len(self._find_findings()), 1)
        for part in second | third:
            self._perform(part, gross=100)
        self.assertEqual(plan.state, "performed")

    def test_instalments_that_cannot_be(self):
        for number, months in ((0, 1), (121, 1), (3, 0), ("3", 1)):
            with self.subTest(number), self.assertRaises(UserError):
                self._oblige().action_split(number, self._day(3), months)
        with self.assertRaisesRegex(UserError, "first"):
            self._oblige().action_split(3, False)
        plan = self._oblige()
        plan.action_split(2, self._day(3))
        with self.assertRaisesRegex(ValidationError, "more than"), self.cr.savepoint():
            plan.part_ids[0].amount = 200

    # ------------------------------------------------------------
    # Late
    # ------------------------------------------------------------

    def test_late_by_us_is_a_nonconformity_seen_from_the_file(self):
        """S2-9, question 80: linked to the file, once, in its reader's words."""
        owed = self._oblige()
        self._sweep_on(self._day(20))
        self.assertFalse(self._find_findings())
        self._sweep_on(self._day(21))
        self._sweep_on(self._day(29))
        found = self._find_findings()
        self.assertEqual(owed.sudo().nonconformity_id, found)
        self.assertIn(self.dispute.name, found.name)
        chief = self.dispute.with_user(self.manager)
        self.assertEqual(chief.nonconformity_count, 1)
        shown = chief.env["mgmtsystem.nonconformity"].search(
            chief.action_view_findings()["domain"]
        )
        self.assertEqual(shown.sudo(), found)
        self.assertIn(found.sudo(), shown.search([("of_disputes", "=", True)]).sudo())

    def test_recorded_late_is_late_too(self):
        owed = self._oblige(day=self._day(-3))
        self._perform(owed)
        self.assertEqual(len(self._find_findings()), 1)
        self.assertIn("late", owed.remarks)

    def test_in_time_is_none(self):
        self._complaint_before(9)
        owed = self._oblige(day=self._day(-3))
        self._perform(owed, date=self._day(-3))
        self.assertFalse(self._find_findings())

    def test_late_by_them_is_a_task(self):
        self._oblige(owed_by="other_side", name="Pay the rest")
        self.assertFalse([one for one in self._tasks() if "Pay the rest" in one])
        self._sweep_on(self._day(21))
        self.assertIn("Late, ask for it: Pay the rest", self._tasks())
        self.assertFalse(self._find_findings())

    # ------------------------------------------------------------
    # What is said of it
    # ------------------------------------------------------------

    def test_confirmed(self):
        owed = self._oblige()
        with self.assertRaisesRegex(UserError, "what was done"):
            owed.action_confirm_done()
        done = self._perform(owed)
        action = owed.action_ask("confirm")
        steps = owed.env[action["res_model"]].with_context(**action["context"])
        steps.create({"channel": "phone"}).action_confirm()
        self.assertEqual((owed.state, owed.channel), ("confirmed", "phone"))
        done.action_reverse("It came back.")
        self.assertEqual(owed.state, "due")

    def test_suspended_during_a_review(self):
        """File 6: nobody is reminded until it goes on."""
        owed = self._oblige()
        owed.action_suspend("The review stays it.")
        self._sweep_on(self._day(25))
        self.assertFalse(self._find_findings())
        self.assertFalse(self._tasks())
        owed.action_go_on("The review was refused.")
        self.assertEqual(owed.state, "due")
        self.assertTrue(self._rows("obligation_ruled"))

    def test_what_is_owed_to_us_an_approver_waives(self):
        owed = self._oblige(owed_by="other_side")
        with self.assertRaises(AccessError):
            owed.action_waive("They are ill.")
        owed.with_user(self.manager).action_waive("They are ill.")
        self.assertEqual(owed.state, "waived")
        with self.assertRaisesRegex(UserError, "settled"):
            owed.with_user(self.manager).action_waive("Again.")

    def test_each_deed_wants_its_reason(self):
        owed = self._oblige()
        for deed in ("contest", "suspend", "waive"):
            with self.subTest(deed), self.assertRaisesRegex(UserError, "reason"):
                getattr(owed, f"action_{deed}")(" ")

    # ------------------------------------------------------------
    # Who may, and when
    # ------------------------------------------------------------

    def test_by_who_leads_the_file(self):
        owed = self._oblige()
        for user in (self.stranger, self.auditor, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._perform(owed.with_user(user))
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._oblige(self.dispute.with_user(user))

    def test_refused_politely(self):
        for values, words in (
            ({"amount": -1}, "amount_not_negative"),
            ({"owed_by": "third"}, "third_is_named"),
            ({"after_event": "result_served"}, "due_by_one"),
        ):
            with (
                self.subTest(values),
                mute_logger("odoo.sql_db"),
                self.assertRaisesRegex(IntegrityError, words),
                self.cr.savepoint(),
            ):
                self._oblige(**values)
                self.env.flush_all()
        owed = self._oblige()
        for values, words in (
            ({"gross": 0}, "how much"),
            ({"date": self._day(3)}, "to come|future"),
        ):
            with (
                self.subTest(values),
                self.assertRaisesRegex(UserError, words),
                self.cr.savepoint(),
            ):
                self._perform(owed, **values)

    def test_carried_out_is_written_by_the_deeds(self):
        with self.assertRaises(UserError):
            self.dispute.implemented_date = self.today
        self._oblige()
        with self.assertRaisesRegex(UserError, "Pay the price back"):
            self.dispute.action_record_event("carried_out", self.today, "By phone.")

    def test_a_closed_file_takes_nothing(self):
        self._lead_to(self.dispute, "closed")
        with self.assertRaisesRegex(UserError, "closed"):
            self._oblige()


class TestDutiesOfResults(ObligationCase):
    """What a result obliges to is owed while it has an effect (7.5, 7.6)."""

    def _settle(self, **values):
        self._lead_to(self.dispute, "resolution")
        return self.dispute.env["iso10003.result"].create(
            {
                "dispute_id": self.dispute.id,
                "kind": "settlement",
                "text": "We pay 300 back.",
                "amount": 300,
                "verdict": "granted",
                **values,
            }
        )

    def test_what_it_gives_is_owed(self):
        result = self._settle()
        owed = result.obligation_ids
        self.assertEqual(
            (owed.amount, owed.owed_by, owed.state), (300, "organization", "waiting")
        )
        self.assertIn("give the day", owed.remarks)
        owed.day = self._day(9)
        self.assertEqual(owed.state, "due")

    def test_set_aside_it_is_owed_no_more(self):
        """File 6: annulment cancels what was owed."""
        result = self._settle()
        owed = result.obligation_ids
        result.with_user(self.manager).action_set_aside(False, "It was annulled.")
        self.assertEqual(owed.state, "replaced")

    def test_more_than_it_gives_has_a_head_of_its_own(self):
        result = self._settle()
        for head in ("principal", "interest"):
            more = {"result_id": result.id, "head": head, "amount": 20}
            if head == "principal":
                with self.assertRaisesRegex(ValidationError, "gives less"):
                    with self.cr.savepoint():
                        self._oblige(**more)
            else:
                self.assertEqual(self._oblige(**more).head, "interest")

    def test_of_another_file_it_is_not(self):
        result = self._settle()
        other = self._open_dispute(self._new_ticket())
        with self.assertRaises(ValidationError):
            self._oblige(other, result_id=result.id)


class TestDutiesProven(ObligationCase):
    """What is due is proven before a file ends (7.6, 7.7)."""

    def _lead_there(self, amount=300):
        """Note in short what it ends with; return what that obliges us to."""
        self._lead_to(self.dispute, "resolution")
        self.dispute.action_note_result(
            "settled_facilitated", "They agreed.", amount=amount
        )
        self.dispute.action_advance()
        return self.dispute.obligation_ids

    def test_what_is_noted_in_short_obliges_too(self):
        owed = self._lead_there()
        self.assertEqual(owed.result_id, self.dispute.result_ids)
        self.assertEqual((owed.amount, owed.owed_by), (300, "organization"))
        self.assertIn("duties_proven", self._find_unmet())
        self.assertEqual(len(self._rows("obligation")), 1)

    def test_noted_anew_it_obliges_once(self):
        """What stands in its place obliges, and what was owed before does not."""
        self._lead_to(self.dispute, "resolution")
        for amount in (300, 200, 0):
            self.dispute.action_note_result(
                "settled_facilitated", "They agreed.", amount=amount
            )
            holding = [
                one.amount
                for one in self.dispute.obligation_ids
                if one.state != "replaced"
            ]
            self.assertEqual(holding, [amount] if amount else [])

    def test_what_is_accepted_in_part_obliges_to_that_part(self):
        self._lead_to(self.dispute, "resolution")
        self.dispute.method = "advisory"
        self.dispute.action_note_result(
            "recommendation_in_part", "We give a part.", amount=120
        )
        self.assertEqual(self.dispute.obligation_ids.amount, 120)

    def test_settled_here_it_was_given_before(self):
        """It ends with what was given: of that day, and nothing proves it yet."""
        self._lead_to(self.dispute, "notice")
        self.dispute.action_refer_back(self._day(9), "The board wrote.")
        self._record(
            self.dispute, implemented_date=self.today, informed_date=self.today
        )
        self.dispute.action_settle_here("They agreed.", amount=40)
        self.assertEqual(self.dispute.state, "closed")
        owed = self.dispute.obligation_ids
        self.assertEqual((owed.amount, owed.done_date), (40, self.today))
        self.assertIn("not proven", owed.remarks)

    def _take(self, action, **values):
        """Fill in the dialog that an action opens, and save it."""
        dialog = self.dispute.env[action["res_model"]]
        form = Form(dialog.with_context(**action["context"]))
        for name, value in values.items():
            setattr(form, name, value)
        return form.save()

    def test_it_was_done_leads_to_the_deed_and_to_its_proof(self):
        """No bare date is asked for where we owe something."""
        owed = self._lead_there()
        with self.assertRaisesRegex(UserError, "Record its performance"):
            self.dispute.action_record_event("carried_out", self.today, "By phone.")
        action = self.dispute.action_carry_out()
        self.assertEqual(action["res_model"], "iso10003.performance")
        done = self._take(action)
        self.assertEqual((done.gross, done.obligation_id), (300, owed))
        done.action_confirm()
        self.assertEqual(self.dispute.implemented_date, self.today)
        with self.assertRaisesRegex(UserError, "follows from what was done"):
            self.dispute.action_record_event("carried_out", self.today, "By phone.")
        self.assertEqual(self.dispute.next_step["code"], "duties_proven")
        action = self.dispute.action_next_step()
        self.assertEqual(action["context"]["default_question"], "proof")
        self._take(action, document=PAPER).action_confirm()
        self.assertTrue(owed.performance_ids.proven)
        self.assertNotIn("duties_proven", self._find_unmet())
        self.assertNotIn("carried_out", (self.dispute.bare_events or "").split())

    def test_one_dialog_asks_for_all_that_closing_wants(self):
        owed = self._lead_there()
        action = self.dispute.action_next_step()
        self.assertEqual(action["context"]["default_question"], "conclude")
        step = self._take(action, proof=PAPER, channel="phone")
        self.assertEqual(step.obligation_id, owed)
        step.action_confirm()
        self.assertEqual((owed.state, owed.channel), ("confirmed", "phone"))
        self.assertEqual(self.dispute.next_step["code"], "complainant_informed")
        self.assertEqual(self.dispute.state, "implementation")
        step = self._take(
            self.dispute.action_conclude(),
            lessons="Test drums.",
            cause_kind="product",
            no_corrective_reason="It was one drum.",
            retention_date=self._day(900),
        )
        self.assertFalse(step.obligation_id)
        action = step.action_confirm()
        self.assertEqual(action["context"]["default_kind"], "closing")
        step.action_send_and_close()
        self.assertEqual(self.dispute.state, "closed")
        self.assertEqual(self.dispute.informed_date, self.today)

    def test_what_is_left_empty_there_stays_wanted(self):
        owed = self._lead_there()
        step = self._take(self.dispute.action_conclude(), lessons="Test drums.")
        step.action_send_and_close()
        self.assertEqual(self.dispute.state, "implementation")
        self.assertFalse(owed.done_date)
        self.assertEqual(self.dispute.lessons, "Test drums.")
        self.assertTrue(self.dispute.informed_date)
        for user in (self.stranger, self.auditor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._take(self.dispute.with_user(user).action_conclude())

    def test_where_nothing_is_owed_a_date_is_asked(self):
        self._lead_there(amount=0)
        self.assertEqual(
            self.dispute.action_carry_out()["context"]["default_question"], "event"
        )

    def test_the_gate_blocks_and_opens(self):
        owed = self._lead_there()
        self.assertIn("duties_proven", self._find_unmet())
        action = self.dispute.action_next_step()
        self.assertEqual(self._take(action).obligation_id, owed)
        done = self._perform(owed, proof=False)
        self.assertIn("duties_proven", self._find_unmet())
        done.action_add_proof(PAPER)
        self.assertNotIn("duties_proven", self._find_unmet())
        self.assertNotIn("carried_out", self._find_unmet())

    def test_confirmed_or_three_attempts(self):
        """Question 81."""
        self._perform(self._lead_there())
        self.assertIn("duties_confirmed", self._find_unmet())
        for number in range(3):
            self.assertIn("duties_confirmed", self._find_unmet(), number)
            self.dispute.env["iso10003.attempt"].create(
                {
                    "party_id": self.dispute.sudo().party_ids[:1].id,
                    "channel": "phone",
                    "result": "no_answer",
                }
            )
        self.assertNotIn("duties_confirmed", self._find_unmet())

    def test_what_goes_on_is_watched_after_closing(self):
        """A price that is kept: watched, missed, and the file is open again."""
        plan = self._lead_there()
        plan.action_split(2, self._day(30))
        for user in (self.handler, self.auditor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                plan.with_user(user).action_watch("It runs for a year.")
        plan.with_user(self.manager).action_watch("It runs for a year.")
        self.assertTrue(all(plan.part_ids.mapped("watched")))
        self._fill_in(self.dispute)
        self.dispute.action_advance()
        self.assertEqual(self.dispute.state, "closed")
        first = plan.part_ids.sorted("due_date")[0]
        self.assertTrue(
            first._find_reminders().filtered(lambda a: a.state == "pending")
        )
        self._perform(first, gross=150)
        self.assertEqual(first.state, "performed")
        second = plan.part_ids - first
        self._sweep_on(fields.Date.add(second.due_date, days=1))
        self.assertEqual(self.dispute.state, "implementation")
        self.assertIn("Missed after closing", self._rows("transition")[-1].note)
        with freeze_time(fields.Date.add(second.due_date, days=1)):
            self.assertTrue(second.late)
