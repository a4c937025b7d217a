# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A result says what it gives of each claim, and the file follows from it."""

from odoo.tests import Form

from .result_common import ResultCase


class TestResult(ResultCase):
    def test_a_settlement_ends_the_file_with_it(self):
        result = self._make(lines=[self._say()], date=self._days(-1))
        self.assertEqual((result.effect, result.amount), ("effective", 500))
        self.assertEqual(self.dispute.outcome, "settled_early")
        self.assertEqual(self.dispute.outcome_date, self._days(-1))
        self.assertEqual(self.dispute.conceded_amount, 500)
        self.assertEqual(self.claim.state, "settled")
        self.assertEqual(len(result.digest), 64)
        told = self._rows("result").mapped("summary")
        self.assertTrue(any("Settlement" in one for one in told))
        self.dispute.action_advance()
        self.assertEqual(self.dispute.state, "implementation")

    def test_the_dialog_begins_with_each_open_claim(self):
        action = self.dispute.action_record_result()
        form = Form(self.results.with_context(**action["context"]))
        form.text = "We pay it back."
        result = form.save()
        self.assertEqual(result.line_ids.claim_id, self.claim)
        self.assertEqual(self.dispute.conceded_amount, 500)

    def test_a_decision_follows_claim_by_claim(self):
        """S2-3: what was granted in part does not read as granted."""
        second = self.env["iso10003.claim"].create(
            {"dispute_id": self.dispute.id, "name": "The visit", "amount": 95}
        )
        self.dispute.method = "determinative"
        lines = [
            self._say("part", 200),
            self._say(head="interest", amount=20),
            {"claim_id": second.id, "verdict": "refused"},
            {"head": "fine", "amount": 30},
        ]
        result = self._make(kind="decision", lines=lines)
        self.assertEqual((result.verdict, result.amount), ("part", 250))
        self.assertEqual(self.dispute.outcome, "decision_partly")
        self.assertEqual((self.claim.state, second.state), ("in_part", "refused"))
        self.assertEqual(self.dispute.conceded_amount, 250)

    def test_a_withdrawn_claim_is_not_granted(self):
        self.claim.action_withdraw("They let it go.", "cGFwZXI=")
        with self._refused("was withdrawn"):
            self._make(lines=[self._say()])
        result = self._make(lines=[self._say("not_decided", 0)])
        self.assertEqual(self.claim.state, "withdrawn")
        self.assertEqual(result.amount, 0)

    def test_what_does_not_fit_the_method_stops_the_file(self):
        """S2-2: no decision of a mediator, and none where nobody decided."""
        for method, kind in (
            (False, "decision"),
            ("facilitative", "decision"),
            ("advisory", "decision"),
            ("determinative", "recommendation"),
        ):
            with self.subTest(method=method, kind=kind):
                self.dispute.method = method
                result = self._make(kind=kind, lines=[self._say("refused", 0)])
                self.assertIn("no such result", result.remarks)
                self.assertFalse(self.dispute._gate_result_fits())
                with self._refused("The result fits|waits for"):
                    self.dispute.action_advance()
                result.action_set_aside(False, "It was none.")
        self.dispute.method = "determinative"
        self._make(kind="decision", lines=[self._say("refused", 0)])
        self.dispute.action_advance()
        self.assertEqual(self.dispute.state, "implementation")

    def test_what_was_noted_in_short_is_asked_that_too(self):
        """S2-2: in 7.4.2, with no method at all."""
        dispute = self._lead_to(self._open_dispute(self._new_ticket()), "position")
        dispute.action_note_result("decision_for_organization", "We won.")
        self._fill_in(dispute)
        dispute.action_advance()
        with self._refused("The result fits"):
            dispute.action_advance()

    def test_what_we_give_is_measured_when_it_binds(self):
        self.claim.amount = 4000
        with self._refused("beyond what you may decide"):
            self._make(lines=[self._say(amount=4000)])
        self.assertFalse(self.dispute.result_ids)
        self.dispute.action_request_approval(4000, reason="It is right.")
        self.dispute.with_user(self.manager).action_approve_concession("Yes.")
        self._make(lines=[self._say(amount=4000)])
        self.assertEqual(self.dispute.conceded_amount, 4000)

    def test_its_date_is_corrected_by_a_deed(self):
        """S2-4: the real day, and the former stays in the register."""
        result = self._make(lines=[self._say()])
        with self._refused("cannot be written directly"):
            result.date = self._days(-1)
        with self._refused("reason"):
            result.action_correct_date(self._days(-1), " ")
        with self._refused("in the future"):
            result.action_correct_date(self._days(2), "A slip.")
        result.action_correct_date(self._days(-9), "A slip of the pen.")
        self.assertEqual(result.date, self._days(-9))
        self.assertEqual(self.dispute.outcome_date, self._days(-9))
        [row] = self._rows("outcome_date")
        self.assertEqual(row.note, "A slip of the pen.")

    def test_a_correction_takes_its_place(self):
        self.dispute.method = "determinative"
        first = self._make(kind="decision", lines=[self._say()])
        second = self._make(
            kind="decision", lines=[self._say("part", 100)], replaces_id=first.id
        )
        self.assertEqual((first.effect, second.effect), ("replaced", "effective"))
        self.assertEqual(first.replaced_by_id, second)
        self.assertEqual(self.dispute.outcome, "decision_partly")
        self.assertEqual(self.claim.state, "in_part")
        with self._refused("no effect any more"):
            self._make(
                kind="decision", lines=[self._say("part", 9)], replaces_id=first.id
            )

    def test_set_aside_nothing_is_left(self):
        result = self._make(lines=[self._say()])
        result.action_set_aside(False, "Both sides gave it up.")
        self.assertFalse(self.dispute.outcome or self.dispute.conceded_date)
        self.assertEqual(self.claim.state, "open")
        self.assertEqual(result.effect, "set_aside")
        self.assertEqual(self._rows("result_deed").note, "Both sides gave it up.")
        with self._refused("this is still wanted"):
            self.dispute.action_advance()

    def test_a_review_is_decided_by_somebody_with_a_name(self):
        self.dispute.method = "determinative"
        result = self._make(
            kind="decision",
            lines=[self._say("refused", 0)],
            review_route="review",
            review_until=self._days(20),
        )
        with self._refused("ask for a review"):
            self.dispute.action_advance()
        with self._refused("reason"):
            result.action_decide_review("use", "")
        result.action_decide_review("use", "The hearing was not fair.")
        self.assertEqual(result.review_user_id, self.handler)
        self.assertEqual(result.effect, "review")
        with self._refused("has decided that already"):
            result.action_decide_review("leave", "No.")
        result.action_uphold(False, "The body saw nothing wrong.")
        self.assertEqual(result.effect, "effective")
        self.dispute.action_advance()

    def test_what_is_on_record_stays(self):
        result = self._make(lines=[self._say()])
        for change in (
            lambda: result.write({"text": "Something else"}),
            lambda: result.line_ids.write({"amount": 1}),
            lambda: result.line_ids.create({"result_id": result.id, "head": "costs"}),
            lambda: result.copy(),
        ):
            with self._refused():
                change()
        for record in (result, result.line_ids):
            with self._refused():
                record.sudo().unlink()

    def test_who_does_not_lead_the_file_records_nothing(self):
        for user in (self.stranger, self.counsel, self.auditor, self.sponsor):
            with self._refused():
                self._make(user=user, lines=[self._say()])

    def test_a_closed_file_takes_no_result(self):
        self.dispute.lessons = "None."
        self._record(self.dispute, informed_date=self.today)
        self.dispute.action_close("not_pursued", "They let it be.")
        with self._refused("closed"):
            self._make(lines=[self._say()])

    def test_reopened_the_claims_are_what_the_result_says(self):
        self._make(lines=[self._say()])
        self.dispute.lessons = "None."
        self._record(self.dispute, informed_date=self.today)
        self.dispute.action_close("not_pursued", "They let it be.")
        self.dispute.with_user(self.manager).action_reopen("They came back.")
        self.assertEqual(self.dispute.outcome, "settled_early")
        self.assertEqual(self.claim.state, "settled")

    def test_what_was_settled_in_part_leaves_the_rest_open(self):
        second = self.env["iso10003.claim"].create(
            {"dispute_id": self.dispute.id, "name": "The visit", "amount": 95}
        )
        self._make(lines=[self._say(amount=400)], date=self._days(-2))
        self.assertEqual((self.claim.state, second.state), ("settled", "open"))
        with self._refused("Each claim is settled or decided"):
            self.dispute.action_advance()
        self.dispute.method = "determinative"
        line = {"claim_id": second.id, "verdict": "part", "amount": 50}
        self._make(kind="decision", lines=[line])
        self.assertEqual((self.claim.state, second.state), ("settled", "in_part"))
        self.assertEqual(self.dispute.conceded_amount, 450)
        self.dispute.action_advance()

    def test_no_agreement_is_a_result(self):
        self.dispute.method = "facilitative"
        result = self._make(kind="none", text="The talks failed.")
        self.assertEqual(self.dispute.outcome, "no_agreement")
        self.assertEqual(self.claim.state, "open")
        self.assertFalse(result.amount or self.dispute.conceded_date)
        self.dispute.action_advance()
        self.assertTrue(self.dispute._gate_carried_out())
