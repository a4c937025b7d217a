# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError

from .legal_common import LegalCase


class ResultCase(LegalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls._lead_referral(cls._draft_referral(), "decided")

    @classmethod
    def _appeal(cls, referral=None, **values):
        """Appeal and let the court of appeal decide."""
        referral = referral or cls.first
        cls._step(referral, "appeal", appeal_decision="use", reason="The court erred.")
        appeal = cls._lead_referral(referral.child_ids, "pending")
        cls._decide(
            appeal,
            **{
                "result": "partly",
                "duty_summary": "Pay half of the price",
                "duty_date": cls._day(60),
                "appealable": "no",
                "appeal_until": False,
                "appeal_rule": False,
                **values,
            },
        )
        return appeal

    def _carry_out(self, referral):
        """Record as who leads the dispute that all was done, and return it."""
        owed = referral.sudo().duty_ids.with_user(self.handler).sudo(False)
        owed.env["iso10003.performance"].create(
            [{"obligation_id": one.id, "means": "act"} for one in owed]
        )
        return owed

    def _told(self):
        """Return what the dispute's file was told, oldest first."""
        rows = self.dispute.register_ids.filtered(
            lambda row: row.event == "legal_result"
        )
        return rows.sorted("sequence")

    def _tasks(self):
        tasks = self.dispute.activity_ids.filtered(
            lambda task: "Carry out" in (task.summary or "")
        )
        return sorted(tasks.mapped("summary"))


class TestCorrecting(ResultCase):
    """A decision on record changes by a step with a reason, and the dispute hears."""

    def test_a_result_on_record_is_not_rewritten(self):
        for values in (
            {"result": "for_us"},
            {"awarded": 1},
            {"duty_party": "nobody"},
            {"duty_summary": "Pay nothing"},
            {"duty_date": self._day(99)},
            {"decision_date": self._day(-1)},
            {"decision": "<p>Otherwise</p>"},
        ):
            with (
                self.subTest(**values),
                self.assertRaisesRegex(UserError, "Correct the result"),
            ):
                self.first.write(values)
        self.first.write({"result": "for_other"})

    def test_a_correction_is_sealed_with_its_reason_and_told_to_the_dispute(self):
        self._step(
            self.first,
            "correct",
            awarded=2000,
            result="partly",
            duty_party="both",
            duty_summary="Pay 2000 and take it back",
            duty_date=self._day(40),
            reason="The reasons came, and say less.",
        )
        self.assertEqual((self.first.result, self.first.awarded), ("partly", 2000))
        rows = self.first.register_ids.sorted("sequence")
        changed, corrected = rows[-2:]
        self.assertEqual(changed.event, "changed")
        self.assertEqual(
            changed.data["changes"]["result"], {"from": "for_other", "to": "partly"}
        )
        self.assertIn("awarded", changed.data["changes"])
        self.assertEqual(corrected.event, "result_corrected")
        self.assertEqual(corrected.note, "The reasons came, and say less.")
        former, present = self._told()
        self.assertEqual(present.data["replaces"], former.sequence)
        self.assertEqual(present.data["result"], "partly")
        self.assertEqual(present.data["obliges"], "both")
        self.assertEqual(present.data["by"], self._day(40).isoformat())
        self.assertEqual(present.note, "Pay 2000 and take it back")
        self.assertIn("in the place of", present.summary)
        # what the handler reads follows, and there is one task
        dispute = self.dispute.with_user(self.handler)
        self.assertIn("Pay 2000 and take it back", dispute.legal_status)
        self.assertEqual(self._tasks(), ["Carry out: Pay 2000 and take it back"])

    def test_a_correction_wants_a_reason_a_change_and_all_that_a_decision_wants(self):
        for values, reason, why in (
            ({"result": "for_us"}, " ", "a reason is needed"),
            ({"result": "for_other"}, "Why not", "changes nothing"),
            ({"duty_party": False}, "Why not", "still wanted"),
            ({"state": "closed"}, "Why not", "cannot be written directly"),
        ):
            with self.subTest(why), self.assertRaisesRegex(UserError, why):
                self.first.action_correct_result(values, reason)

    def test_who_may_not_lead_the_referral_corrects_nothing(self):
        for user in (self.handler, self.auditor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.first.with_user(user).action_correct_result(
                    {"result": "for_us"}, "Why not"
                )

    def test_what_stays_the_same_is_not_told_again(self):
        self.first.action_correct_result({"awarded": 2999}, "A slip of the pen.")
        self.assertEqual(len(self._told()), 1)

    def test_a_decided_matter_is_settled_on_other_terms(self):
        self._step(
            self.first,
            "settle",
            settled_date=self._day(0),
            awarded=1200,
            duty_party="organization",
            duty_summary="Pay 1200",
            duty_date=self._day(14),
            reason="Both sides save the costs.",
        )
        self.assertEqual(self.first.state, "settled")
        self.assertEqual(self._told()[-1].note, "Pay 1200")
        self.assertEqual(self._tasks(), ["Carry out: Pay 1200"])

    def test_a_settlement_that_is_taken_back_obliges_nobody(self):
        referral = self._lead_referral(self._draft_referral(), "pending")
        self._step(
            referral,
            "settle",
            settled_date=self._day(0),
            duty_party="organization",
            duty_summary="Pay 1200",
            duty_date=self._day(14),
            reason="Both sides save the costs.",
        )
        self.assertIn("Carry out: Pay 1200", self._tasks())
        self._step(
            referral.with_user(self.manager), "reopen", reason="They did not sign."
        )
        self.assertNotIn("Carry out: Pay 1200", self._tasks())
        told = self._told()[-1]
        self.assertEqual((told.data["state"], told.data["obliges"]), ("pending", None))


class TestLaterInstances(ResultCase):
    """What a later instance decides is owed once."""

    def test_a_duty_is_replaced_by_that_of_the_appeal(self):
        appeal = self._appeal()
        self.assertEqual(self.first.duty_replaced_by_id, appeal)
        self.assertEqual(self._tasks(), ["Carry out: Pay half of the price"])
        replaced, own = self._told()[1:]
        self.assertEqual(replaced.data["referral"], self.first.name)
        self.assertEqual(replaced.data["replaced_by"], appeal.name)
        self.assertFalse(replaced.data["obliges"])
        self.assertEqual(own.data["referral"], appeal.name)
        self.assertEqual(self._logged(self.first)[-1], "duty_replaced")
        status = self.dispute.with_user(self.handler).legal_status
        self.assertIn(f"Replaced by {appeal.name}", status)
        self.assertNotIn("Pay the price back", status)

    def test_an_appeal_that_decides_nothing_leaves_the_first_decision(self):
        for number, result in enumerate(("discontinued", "no_jurisdiction")):
            with self.subTest(result):
                first = self.first if not number else self._another()
                self._appeal(
                    first,
                    result=result,
                    duty_party="nobody",
                    duty_summary=False,
                    duty_date=False,
                )
                self.assertFalse(first.duty_replaced_by_id)
                self.assertIn("Carry out: Pay the price back", self._tasks())

    def _another(self):
        return self._lead_referral(self._draft_referral(), "decided")

    def test_a_correction_of_the_appeal_lets_the_first_hold_again(self):
        appeal = self._appeal()
        self._step(
            appeal,
            "correct",
            result="discontinued",
            duty_party="nobody",
            duty_summary=False,
            duty_date=False,
            reason="The appeal was not admitted.",
        )
        self.assertFalse(self.first.duty_replaced_by_id)
        self.assertEqual(self._tasks(), ["Carry out: Pay the price back"])
        self.assertEqual(self._logged(self.first)[-2:], ["duty_replaced"] * 2)

    def test_what_was_done_is_not_asked_for_again(self):
        self._carry_out(self.first)
        self.assertEqual(self.first.duty_done_date, self._day(0))
        self.first.action_correct_result({"awarded": 1, "result": "partly"}, "A slip.")
        self.assertFalse(self._tasks())


class TestWhoCarriesOut(ResultCase):
    def test_the_task_is_in_the_language_of_who_leads_the_dispute(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.env["ir.module.module"]._load_module_terms(["odoo_iso10003"], ["fa_IR"])
        self.handler.lang = "fa_IR"
        self.first.action_correct_result({"duty_summary": "Pay 9"}, "A slip.")
        task = self.dispute.activity_ids.filtered(lambda task: "Pay 9" in task.summary)
        self.assertEqual(task.user_id, self.handler)
        self.assertNotIn("Carry out", task.summary)

    def test_somebody_who_works_here_carries_out(self):
        self.handler.active = False
        self.first.action_correct_result({"duty_summary": "Pay 9"}, "A slip.")
        task = self.dispute.activity_ids.filtered(lambda task: "Pay 9" in task.summary)
        self.assertTrue(task.user_id.active)
        self.assertNotEqual(task.user_id, self.handler)
