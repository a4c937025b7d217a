# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The next step at the same body continues a proceeding (7.5)."""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

from ...core import proceeding as course
from ..common import PAPER
from ..deadline.deadline_common import TODAY, DeadlineRules
from ..migration_common import run_migration
from .test_proceeding import ProceedingCase


class TestContinued(ProceedingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls._propose(
            cls.dispute, "recommendation", reference="OMB 4711", begun_by="complainant"
        )

    def _next(self, method="ombudsman"):
        action = self.first.action_continue(self.env.ref(self._xmlid(method)).id)
        return self.first.browse(action["res_id"])

    def _xmlid(self, method):
        return f"odoo_iso10003.method_{method}"

    def test_one_click_takes_over_reference_body_and_claims(self):
        self._lead(self.first, "running")
        self._end(self.first, "recommendation")
        following = self._next()
        self.assertEqual(following.continues_id, self.first)
        self.assertEqual(following.first_id, self.first)
        self.assertEqual(following.reference, "OMB 4711")
        self.assertEqual(following.provider_id, self.first.provider_id)
        self.assertEqual(following.claim_ids, self.first.claim_ids)
        self.assertEqual(self.dispute.method, "determinative")
        with self.assertRaisesRegex(UserError, "continued by"):
            self._next()
        with self.assertRaisesRegex(UserError, "continued by"):
            self.first.action_reopen("It was a mistake.")

    def test_what_was_not_dealt_with_is_not_continued(self):
        with self.assertRaises(UserError):
            self._next()
        self._end(self.first, "not_admitted")
        with self.assertRaises(UserError):
            self._next()

    def test_where_several_may_follow_it_is_asked(self):
        self._end(self.first, "recommendation")
        question = self.first.action_continue()
        self.assertEqual(question["res_model"], "iso10003.proceeding.step")

    def test_the_method_that_the_body_offers_follows_by_itself(self):
        body = (
            self.env["iso10003.provider"]
            .with_user(self.manager)
            .create(
                {
                    "partner_id": self.env["res.partner"].create({"name": "Board"}).id,
                    "company_id": self.company.id,
                    "service_ids": [
                        Command.create(
                            {"method_id": self.env.ref(self._xmlid(name)).id}
                        )
                        for name in ("recommendation", "ombudsman")
                    ],
                }
            )
        )
        first = self._propose(self.dispute, "recommendation", body_id=body.id)
        self._end(first, "recommendation")
        first.action_continue()
        self.assertEqual(
            first.continued_by_ids.method_id, self.env.ref(self._xmlid("ombudsman"))
        )

    def test_papers_go_along_and_nothing_that_is_marked(self):
        open_paper = self._paper("The invoice")
        marked = self._paper("What they offered", without_prejudice=True)
        self._end(self.first, "recommendation")
        following = self._next()
        self.assertEqual(following.paper_ids, open_paper)
        self.assertNotIn(marked, following.paper_ids | following.document_ids)
        self._end(following, "decision")
        open_paper.without_prejudice = True  # that it was said to settle, is seen late
        action = following.action_continue(self.env.ref(self._xmlid("board")).id)
        self.assertFalse(self.first.browse(action["res_id"]).paper_ids)

    def _paper(self, name, **values):
        return self.dispute.env["iso10003.document"].create(
            {
                "file_id": self.first.sudo().file_ids.id,
                "name": name,
                "content": PAPER,
                "file_name": "paper.pdf",
                "audience": "parties",
                **values,
            }
        )

    def test_claims_that_are_over_stay_behind(self):
        claim = self.dispute.env["iso10003.claim"].create(
            {"dispute_id": self.dispute.id, "name": "A letter of excuse", "amount": 0}
        )
        self.first.claim_ids |= claim
        self._end(self.first, "recommendation")
        claim.sudo()._guarded_write({"state": "withdrawn"})
        self.assertNotIn(claim, self._next().claim_ids)


@tagged("-at_install", "post_install")
class TestLimitsOfTheWholeCase(DeadlineRules, TransactionCase):
    """What ends with the whole matter runs on; what is of a step ends with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(cls._at(2026, 3, 2, 8))
        cls._set_up_people()

    def _chain(self):
        self._enforce(
            self._rule(
                "whole",
                start_event="proceeding_complete",
                end_event="body_ended",
                quantity=90,
            ),
            self._rule(
                "step",
                start_event="proceeding_complete",
                end_event="proceeding_served",
                quantity=60,
            ),
        )
        dispute = self._open_dispute(self._new_ticket())
        first = self._propose(dispute, "recommendation", proposed_date=TODAY)
        first.file_complete_date = TODAY
        return first

    def _state(self, proceeding, code):
        limits = proceeding.sudo().deadline_ids
        return limits.filtered(lambda one: one.rule_id.code == code).mapped("state")

    def test_they_stay_with_the_first_and_run_on(self):
        first = self._chain()
        first.action_end("recommendation", "They wrote.")
        self.assertEqual(self._state(first, "whole"), ["met"])
        self.assertEqual(self._state(first, "step"), ["cancelled"])
        method = self.env.ref("odoo_iso10003.method_ombudsman")
        action = first.action_continue(method.id)
        following = first.browse(action["res_id"])
        self.assertEqual(self._state(first, "whole"), ["running"])
        self.assertEqual(self._state(first, "step"), ["cancelled"])
        self.assertFalse(following.sudo().deadline_ids)
        following.action_end("decision", "They decided.")
        self.assertEqual(self._state(first, "whole"), ["met"])
        following.action_reopen("It was corrected.")
        self.assertEqual(self._state(first, "whole"), ["running"])


class TestInForce(ProceedingCase):
    """The dispute shows method, body and days of the proceeding in force."""

    def test_it_shows_what_the_proceeding_says(self):
        self.assertFalse(self.dispute.method)
        proceeding = self._propose(self.dispute, body_id=self._body().id)
        self.assertEqual(self.dispute.method, "facilitative")
        self.assertEqual(self.dispute.provider_id, proceeding.provider_id)
        proceeding.file_complete_date = proceeding.proposed_date
        self.assertEqual(self.dispute.file_complete_date, proceeding.proposed_date)
        with self.assertRaisesRegex(UserError, proceeding.name):
            self.dispute.method = "advisory"
        with self.assertRaisesRegex(UserError, proceeding.name):
            self.dispute.provider_id = self.customer.create({"name": "Another"})

    def test_days_given_on_the_dispute_are_days_of_the_proceeding(self):
        proceeding = self._propose(self.dispute)
        self._record(self.dispute, served_date=proceeding.proposed_date)
        self.assertEqual(proceeding.served_date, proceeding.proposed_date)

    def test_without_one_a_day_is_recorded_with_its_reason(self):
        """Nobody types it: the deed says it, and corrects it."""
        today = self.dispute._get_company_day()
        for event, name in (
            ("file_complete", "file_complete_date"),
            ("result_served", "served_date"),
        ):
            with self.subTest(event):
                with self.assertRaisesRegex(UserError, "cannot be written directly"):
                    self.dispute[name] = today
                with self.assertRaisesRegex(UserError, "reason"):
                    self.dispute.action_record_event(event, today)
                self.dispute.action_record_event(event, today, "By phone")
                self.assertEqual(self.dispute[name], today)
                former = today - timedelta(days=1)
                self.dispute.action_record_event(event, former, "It was the day before")
                self.assertEqual(self.dispute[name], former)
                rows = self.dispute.register_ids.filtered(
                    lambda row, event=event: (
                        row.event == "happened" and row.data["event"] == event
                    )
                )
                self.assertEqual(len(rows), 2)

    def test_what_was_known_before_is_taken_over(self):
        self._record(self.dispute, file_complete_date="2026-03-01")
        proceeding = self._propose(self.dispute)
        self.assertEqual(str(proceeding.file_complete_date), "2026-03-01")
        self.assertEqual(str(self.dispute.file_complete_date), "2026-03-01")

    def test_the_one_that_a_body_has_in_hand_is_in_force(self):
        running = self._lead(self._propose(self.dispute), "running")
        proposed = self._propose(self.dispute, "arbitration")
        self.assertTrue(running.in_force)
        self.assertEqual(self.dispute.method, "facilitative")
        self._end(running, "no_agreement")
        self.assertTrue(proposed.in_force)
        self.assertEqual(self.dispute.method, "determinative")


class TestBeside(ProceedingCase):
    """The same claim before two bodies is kept as it is, and said to be so."""

    def setUp(self):
        super().setUp()
        self.one = self._lead(self._propose(self.dispute), "running")
        self.other = self._propose(self.dispute, "arbitration")

    def test_both_say_so_until_one_stands_still(self):
        self.assertFalse(self.one.remarks)
        self.other.action_admit()
        self.assertIn(self.other.name, self.one.remarks)
        self.assertIn(self.one.name, self.other.remarks)
        self.other.action_stay("Pending in mediation.")
        self.assertFalse(self.one.remarks)

    def test_different_claims_are_no_matter(self):
        claim = self.dispute.env["iso10003.claim"].create(
            {"dispute_id": self.dispute.id, "name": "A letter of excuse", "amount": 0}
        )
        self.other.claim_ids = claim
        self.other.action_admit()
        self.assertFalse(self.other.remarks)

    def test_a_manager_says_why_both_go_on(self):
        with self.assertRaisesRegex(UserError, "pending twice"):
            self.one.with_user(self.manager).action_explain_beside("So it is.")
        self.other.action_admit()
        with self.assertRaisesRegex(UserError, "manager"):
            self.one.action_explain_beside("So it is.")
        with self.assertRaises(UserError):
            self.one.with_user(self.manager).action_explain_beside(" ")
        for one in (self.one, self.other):
            one.with_user(self.manager).action_explain_beside("The law wants both.")
        self.assertFalse(self.one.remarks)
        self.other.action_stay("They wait.")
        self.other.action_resume()
        self.assertTrue(self.other.remarks)  # it has to be said anew

    def test_the_gate_wants_each_ended(self):
        self.assertFalse(self.dispute._gate_proceedings_ended())
        self._end(self.one, "no_agreement")
        self._end(self.other, "withdrawn")
        self.assertTrue(self.dispute._gate_proceedings_ended())


class TestPassedOn(ProceedingCase):
    def test_one_click_makes_the_referral(self):
        proceeding = self._lead(self._propose(self.dispute), "running")
        with self.assertRaises(UserError):
            proceeding.action_pass_on(" ")
        proceeding.action_pass_on("The guild sent it to the authority for fines.")
        self.assertEqual(proceeding.ended_by, "passed_on")
        referral = self.dispute.sudo().referral_ids
        self.assertEqual(len(referral), 1)
        self.assertIn("guild", referral.reason)
        self.assertEqual(self.dispute.legal_state, "open")


class TestFromBefore(ProceedingCase):
    """Files that stand in 7.5 when the update comes name their way still."""

    def _stand_in(self, state, **values):
        self.dispute.sudo()._guarded_write({**values, "state": state})
        run_migration(self.env, "19.0.1.8.0/post-proceedings", "19.0.1.7.0")
        return self.dispute.proceeding_ids

    def test_the_way_of_a_file_is_its_first_proceeding(self):
        partner = self.env["res.partner"].create({"name": "Old Body"})
        one = self._stand_in(
            "resolution",
            method="advisory",
            provider_id=partner.id,
            served_date="2026-03-04",
        )
        self.assertTrue(one.from_before)
        self.assertEqual((one.method, one.provider_id), ("advisory", partner))
        self.assertEqual(one.state, "running")
        self.assertFalse(one.method_id or one.answered_date or one.admitted_date)
        self.assertEqual(str(one.served_date), "2026-03-04")
        self.assertEqual(self.dispute.provider_id, partner)
        self._end(one, "recommendation")
        run_migration(self.env, "19.0.1.8.0/post-proceedings", "19.0.1.7.0")
        self.assertEqual(len(self.dispute.proceeding_ids), 1)

    def test_what_names_no_way_has_none(self):
        self.assertFalse(self._stand_in("resolution"))

    def test_what_had_its_result_has_ended(self):
        self.dispute.sudo()._guarded_write(
            {"outcome": "decision_partly", "outcome_date": "2026-03-05"}
        )
        one = self._stand_in("implementation", method="determinative")
        self.assertEqual((one.state, one.ended_by), ("ended", "decision"))
        self.assertEqual(str(one.ended_date), "2026-03-05")

    def test_before_75_nothing_is_made(self):
        self.assertFalse(self._stand_in("position", method="advisory"))


class TestEndedByResult(ProceedingCase):
    """The result that was recorded ends the proceeding that it comes of."""

    def _record_result(self, proceeding, kind, **values):
        return self.dispute.env["iso10003.result"].create(
            {
                "dispute_id": self.dispute.id,
                "proceeding_id": proceeding.id,
                "kind": kind,
                "text": "So they wrote.",
                **values,
            }
        )

    def test_what_it_was_for_ends_it(self):
        proceeding = self._lead(self._propose(self.dispute), "running")
        self._record_result(proceeding, "none")
        self.assertEqual(proceeding.ended_by, "no_agreement")
        self.assertTrue(self.dispute._gate_proceedings_ended())

    def test_what_is_settled_between_us_ends_them_all(self):
        one, other = self._propose(self.dispute), self._propose(self.dispute)
        self._record_result(one.browse(), "settlement", amount=0)
        self.assertEqual(one.ended_by, "agreement")
        self.assertEqual(other.ended_by, "agreement")

    def test_what_is_left_to_decide_keeps_it_open(self):
        proceeding = self._lead(self._propose(self.dispute, "arbitration"), "running")
        claims = self.dispute.env["iso10003.claim"]
        other = claims.create(
            {"dispute_id": self.dispute.id, "name": "Damage", "amount": 50}
        )
        verdicts = ((self.dispute.claim_ids - other, "granted"), (other, "not_decided"))
        lines = [
            Command.create({"claim_id": claim.id, "verdict": verdict})
            for claim, verdict in verdicts
        ]
        self._record_result(proceeding, "decision", line_ids=lines, binding="both")
        self.assertEqual(proceeding.state, "running")

    def test_what_its_method_cannot_bring_leaves_it_open(self):
        proceeding = self._lead(self._propose(self.dispute), "running")
        self.assertFalse(course.fits(proceeding.method, "decision"))
        proceeding._end_with("decision", proceeding.proposed_date)
        self.assertEqual(proceeding.state, "running")
