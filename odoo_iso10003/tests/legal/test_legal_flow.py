# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form
from odoo.tools import mute_logger

from .legal_common import LegalCase


class TestReferralFlow(LegalCase):
    def _refused(self, words, door, *arguments):
        with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
            door(*arguments)

    # ------------------------------------------------------------
    # Opening
    # ------------------------------------------------------------

    def test_a_referral_takes_over_what_its_dispute_knows(self):
        referral = self._draft_referral()
        self.assertRegex(referral.name, r"^LGR/\d{4}/\d{5}$")
        self.assertEqual(referral.state, "draft")
        self.assertEqual(referral.subject, self.dispute.subject)
        self.assertEqual(referral.opponent_id, self.customer)
        self.assertEqual(referral.amount, 4000)
        self.assertEqual(referral.policy_id, self.dispute.policy_id)
        self.assertEqual(referral.drafter_id, self.counsel)
        self.assertTrue(referral.in_iso10003_scope)
        self.assertEqual(self._logged(referral), ["opened"])
        self.assertEqual(self._logged(self.dispute)[-1], "legal_opened")

    def test_a_matter_outside_iso_10003_says_why(self):
        with self.assertRaisesRegex(ValidationError, "outside ISO 10003"):
            self._draft_referral(dispute_id=False, subject="A claim of a supplier")
        matter = self._draft_referral(
            dispute_id=False,
            subject="A claim of a supplier",
            scope_reason="A supplier, not a customer",
        )
        self.assertFalse(matter.in_iso10003_scope)

    def test_a_dispute_out_of_scope_takes_its_referral_with_it(self):
        referral = self._draft_referral()
        self.dispute.with_user(self.handler).write(
            {"scope_decision": "out_of_scope", "scope_reason": "An employee"}
        )
        self.assertFalse(referral.in_iso10003_scope)

    def test_each_referral_has_its_own_number(self):
        names = [self._draft_referral().name for _number in range(3)]
        self.assertEqual(len(set(names)), 3)

    # ------------------------------------------------------------
    # Approval
    # ------------------------------------------------------------

    def test_the_drafter_does_not_approve(self):
        referral = self._draft_referral()
        self._refused("wrote what is to be approved", referral.action_approve)
        referral.with_user(self.second_counsel).action_approve()
        self.assertEqual(referral.state, "approved")
        self.assertEqual(referral.approver_id, self.second_counsel)

    def test_who_changed_the_draft_does_not_approve_it(self):
        referral = self._draft_referral()
        referral.with_user(self.manager).reason = "Another reason altogether."
        self._refused(
            "wrote what is to be approved",
            referral.with_user(self.manager).action_approve,
        )
        # who also reviews it says why
        referral.with_user(self.chief).action_approve("The other manager is away.")
        self.assertEqual(referral.state, "approved")

    def test_above_the_limit_a_manager_approves_with_a_sheet(self):
        self._limit_counsel(1000)
        referral = self._draft_referral()
        self._refused(
            "a dispute manager approves it",
            referral.with_user(self.second_counsel).action_approve,
        )
        self._refused(
            "settle-or-litigate", referral.with_user(self.manager).action_approve
        )
        self._new_sheet(referral)
        referral.with_user(self.manager).action_approve()
        self.assertEqual(referral.state, "approved")

    def _new_sheet(self, referral):
        return referral.env["iso10003.referral.estimate"].create(
            {
                "referral_id": referral.id,
                "chance_low": 40,
                "chance_high": 60,
                "stake_low": 3000,
                "stake_high": 4000,
                "cost_low": 500,
                "cost_high": 900,
                "months_low": 6,
                "months_high": 14,
                "settle_low": 1000,
                "settle_high": 1500,
            }
        )

    def test_up_to_the_limit_counsel_approves(self):
        self._limit_counsel(4000)
        referral = self._draft_referral()
        referral.with_user(self.second_counsel).action_approve()
        self.assertEqual(referral.state, "approved")

    def test_an_amount_that_is_not_stated_is_a_managers(self):
        self._limit_counsel(4000)
        referral = self._draft_referral(amount=0)
        self._refused(
            "not stated", referral.with_user(self.second_counsel).action_approve
        )

    def test_the_tier_counts_in_the_currency_of_the_policy(self):
        self._limit_counsel(5000)
        currency = self.env["res.currency"].create(
            {"name": "LGX", "symbol": "x", "rate_ids": [(0, 0, {"rate": 0.5})]}
        )
        # 4000 of it are worth 8000
        referral = self._draft_referral(currency_id=currency.id)
        self._refused(
            "a dispute manager approves it",
            referral.with_user(self.second_counsel).action_approve,
        )

    def test_approval_says_what_is_missing(self):
        referral = self._draft_referral(
            reason=False, limitation_rule=False, reviewer_id=False
        )
        for words in ("reason why", "limitation date", "reviewer"):
            self._refused(words, referral.with_user(self.manager).action_approve)

    def test_handlers_employees_and_auditors_do_not_approve(self):
        referral = self._draft_referral()
        for user in (self.handler, self.employee, self.auditor):
            with self.assertRaises(AccessError):
                referral.with_user(user).action_approve()

    def test_nothing_is_filed_before_it_is_approved(self):
        referral = self._draft_referral()
        self._refused(
            "once somebody approved",
            lambda: self._step(
                referral, "file", filed_date=self.today, filing_number="1"
            ),
        )
        self.assertEqual(referral.state, "draft")
        self.assertFalse(referral.filed_date)

    def test_what_was_approved_does_not_change_behind_the_approvers_back(self):
        referral = self._lead_referral(self._draft_referral(), "approved")
        for values in (
            {"reason": "Another one"},
            {"authority_id": self.appeal_court.id},
            {"amount": 4001},
        ):
            self._refused("approved as it is", referral.write, values)
        self._step(referral, "send_back", reason="The amount was wrong.")
        self.assertEqual(referral.state, "draft")
        self.assertFalse(referral.approver_id)
        referral.amount = 4001

    def test_a_claim_that_grows_past_the_limit_is_a_managers(self):
        self._limit_counsel(4500)
        referral = self._lead_referral(self._draft_referral(), "pending")
        referral.amount = 4400
        self.assertEqual(self._logged(referral)[-1], "claim")
        self._refused(
            "a dispute manager approves", lambda: referral.write({"amount": 4600})
        )
        referral.with_user(self.manager).amount = 4600

    # ------------------------------------------------------------
    # The authority
    # ------------------------------------------------------------

    def test_the_authority_says_its_fee_and_its_amounts(self):
        self.court.write({"fee_fixed": 20, "fee_percent": 3.5, "amount_max": 5000})
        referral = self._draft_referral()
        self.assertEqual(referral.expected_fee, 160)
        self.assertFalse(referral.outside_band)
        referral.amount = 6000
        self.assertTrue(referral.outside_band)
        self.court.amount_max = 0
        self.assertFalse(referral.outside_band)

    def test_appeals_do_not_go_round(self):
        with self.assertRaisesRegex(ValidationError, "would come back to it"):
            self.appeal_court.appeal_authority_id = self.court

    # ------------------------------------------------------------
    # Where it can go
    # ------------------------------------------------------------

    def test_the_plain_way(self):
        referral = self._draft_referral()
        states = ["approved", "filed", "pending", "decided"]
        for state in states:
            self._lead_referral(referral, state)
            self.assertEqual(referral.state, state)
        self._step(
            referral, "appeal", appeal_decision="not_use", reason="It costs too much."
        )
        self._step(referral, "enforce", enforced_date=self.today)
        self.assertEqual(referral.state, "enforced")
        rows = referral.register_ids.filtered(lambda row: row.event == "transition")
        self.assertEqual(
            [row.data["step"] for row in rows.sorted("sequence")],
            ["approve", "file", "take_up", "decide", "enforce"],
        )
        self.assertFalse(
            self.env["iso10003.register"].verify_chain([referral._register_file()])
        )

    def test_a_complainant_who_goes_needs_no_approval_of_ours(self):
        referral = self._draft_referral(side="complainant", limitation_date=False)
        self._step(referral, "file", filed_date=self.today, filing_number="X-1")
        self.assertEqual(referral.state, "filed")

    def test_a_decision_wants_its_facts(self):
        referral = self._lead_referral(self._draft_referral(), "pending")
        self._refused(
            "Whom it obliges",
            lambda: self._decide(referral, duty_summary=False, duty_date=False),
        )
        self.assertEqual(referral.state, "pending")

    def test_dates_come_in_their_order(self):
        referral = self._lead_referral(self._draft_referral(), "pending")
        with self.assertRaisesRegex(ValidationError, "cannot be before"):
            referral.decision_date = self._day(-5)

    def test_there_is_no_way_but_the_ways(self):
        referral = self._draft_referral()
        for door in (
            referral.action_take_up,
            referral.action_decide,
            referral.action_enforce,
            referral.action_close,
            lambda: referral.action_settle("We agreed."),
            lambda: referral.action_reopen("Why not"),
        ):
            self._refused("there is no way", door)

    def test_steps_off_the_plain_way_take_a_reason(self):
        referral = self._lead_referral(self._draft_referral(), "pending")
        self._refused("a reason is needed", referral.action_withdraw, " ")
        self._step(referral, "withdraw", reason="The other side paid.")
        self.assertEqual(referral.state, "withdrawn")
        self.assertFalse(referral.review_due_date)

    def test_an_ended_referral_is_read_only_until_a_manager_reopens_it(self):
        referral = self._lead_referral(self._draft_referral(), "filed")
        self._step(referral, "withdraw", reason="The other side paid.")
        self._refused("has ended", referral.write, {"docket_number": "1"})
        self._refused("only a dispute manager", referral.action_reopen, "They did not.")
        self._step(
            referral.with_user(self.manager), "reopen", reason="The cheque bounced."
        )
        self.assertEqual(referral.state, "filed")
        referral.docket_number = "1"

    def test_costs_may_still_come_in_after_the_end(self):
        referral = self._lead_referral(self._draft_referral(), "filed")
        self._step(referral, "withdraw", reason="The other side paid.")
        referral.env["iso10003.cost"].create(
            {"referral_id": referral.id, "name": "Fee", "amount": 10}
        )
        self.assertEqual(referral.cost_total, 10)

    def test_a_button_pressed_on_an_old_picture_moves_nothing(self):
        referral = self._draft_referral()
        old = referral.with_user(self.manager).with_context(shown_state="draft")
        self._lead_referral(referral, "approved")
        self._refused("meanwhile", old.action_approve)

    def test_guarded_fields_are_written_by_steps_alone(self):
        referral = self._draft_referral()
        for values in (
            {"state": "approved"},
            {"approver_id": self.manager.id},
            {"appeal_decision": "not_use"},
            {"review_due_date": self.today},
        ):
            self._refused("cannot be written directly", referral.write, values)
        with self.assertRaises(AccessError):
            referral.unlink()
        self._refused("cannot be duplicated", referral.copy)

    @mute_logger("odoo.sql_db")
    def test_the_dialog_is_for_who_may_write(self):
        referral = self._draft_referral()
        for user in (self.handler, self.auditor, self.employee):
            with self.assertRaises(AccessError):
                referral.with_user(user).action_ask("withdraw")
        for user in (self.handler, self.auditor):
            with self.assertRaises(AccessError):
                self.env["iso10003.referral.step"].with_user(user).create(
                    {"referral_id": referral.id, "question": "withdraw"}
                )

    def test_the_form_of_a_matter_outside(self):
        form = Form(self.env["iso10003.referral"].with_user(self.counsel))
        form.subject = "A claim of a supplier"
        form.scope_reason = "A supplier, not a customer"
        form.authority_id = self.court
        referral = form.save()
        self.assertEqual(referral.company_id, self.company)
        met = {want["code"]: want["met"] for want in referral.checklist}
        self.assertTrue(met["authority"])
        self.assertFalse(met["reason"])

    # ------------------------------------------------------------
    # The settle-or-litigate sheet
    # ------------------------------------------------------------

    def test_the_sheet_compares_ranges(self):
        sheet = self._new_sheet(self._draft_referral())
        # best: 500 + 3000 × 40 %; worst: 900 + 4000 × 60 %
        self.assertEqual((sheet.litigate_best, sheet.litigate_worst), (1700, 3300))
        self.assertEqual(sheet.verdict, "settle")
        sheet.settle_high = 1800
        self.assertEqual(sheet.verdict, "open")
        sheet.write({"settle_low": 4000, "settle_high": 5000})
        self.assertEqual(sheet.verdict, "litigate")

    def test_a_decision_freezes_the_sheet(self):
        referral = self._draft_referral()
        sheet = self._new_sheet(referral)
        referral.with_user(self.manager).action_approve()
        self.assertEqual(sheet.decision, "approve")
        self.assertEqual(sheet.frozen_by_id, self.manager)
        self._refused("does not change any more", sheet.write, {"chance_low": 1})
        self._refused("does not change any more", sheet.unlink)
        self.assertIn("estimate", self._logged(referral))
        # the next decision takes the next sheet
        second = self._new_sheet(referral)
        self._step(referral, "withdraw", reason="They paid.")
        self.assertEqual(second.decision, "withdraw")
        self.assertEqual(sheet.decision, "approve")

    @mute_logger("odoo.sql_db")
    def test_a_sheet_has_ranges_in_order(self):
        sheet = self._new_sheet(self._draft_referral())
        for values in (
            {"chance_high": 101},
            {"chance_low": 70},
            {"stake_low": 5000},
            {"settle_low": -1},
        ):
            with self.assertRaises(CheckViolation), self.env.cr.savepoint():
                sheet.write(values)
                sheet.flush_recordset()

    # ------------------------------------------------------------
    # Provisions
    # ------------------------------------------------------------

    def test_provisions_are_snapshots_compared_with_what_came_out(self):
        referral = self._lead_referral(self._draft_referral(), "pending")
        provision = referral.env["iso10003.referral.provision"].create(
            {
                "referral_id": referral.id,
                "best": 0,
                "likely": 2500,
                "worst": 4500,
            }
        )
        self.assertEqual(provision.user_id, self.counsel)
        self.assertFalse(provision.outcome)
        with self.assertRaises(UserError):
            provision.sudo().likely = 1
        self._decide(referral)
        self.assertEqual((provision.outcome, provision.deviation), (3000, 500))
        with self.assertRaises(AccessError):
            provision.unlink()
