# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What was approved of a referral changes by an amendment, approved anew."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .legal_common import LegalCase

TASK = "odoo_iso10003.activity_legal_amendment"


class TestAmendments(LegalCase):
    def _approved(self, state="approved"):
        return self._lead_referral(self._draft_referral(budget=500), state)

    def _propose(self, referral, user=None, **vals):
        return (
            self.env["iso10003.referral.amendment"]
            .with_user(user or self.counsel)
            .create({"referral_id": referral.id, "why": "It costs more.", **vals})
        )

    def _refused(self, words, door, *arguments):
        with self.assertRaisesRegex(UserError, words):
            door(*arguments)

    # ------------------------------------------------------------
    # What was approved stays
    # ------------------------------------------------------------

    def test_what_was_approved_changes_by_nobodys_pen(self):
        referral = self._approved()
        for values in (
            {"budget": 9000},
            {"opponent_id": self.employee.partner_id.id},
            {"limitation_date": self._day(900)},
            {"limitation_rule": "Another one"},
            {"claim_date": self._day(-3)},
            {"basis": "law"},
            {"legal_basis": "Article 11"},
            {"reason": "Another one"},
            {"authority_id": self.appeal_court.id},
        ):
            for user in (self.counsel, self.manager):
                with self.subTest(values, user=user.login):
                    self._refused(
                        "Propose an amendment", referral.with_user(user).write, values
                    )
        self._lead_referral(referral, "pending")
        self._refused("Propose an amendment", referral.write, {"budget": 9000})

    def test_what_happens_is_no_part_of_what_was_approved(self):
        referral = self._approved("filed")
        referral.write({"docket_number": "D-1", "served_date": self._day(0)})
        self._plan_hearing(referral)
        referral.env["iso10003.cost"].create(
            {"referral_id": referral.id, "name": "Fee", "amount": 10}
        )
        paper = referral.env["iso10003.document"].create(
            {
                "file_id": referral.file_ids.id,
                "name": "Paper",
                "content": "QQ==",
            }
        )
        self.assertEqual(referral.document_ids, paper)

    def test_who_wrote_anything_that_is_approved_does_not_approve_it(self):
        """Also the budget, the other party, the limitation and the sheet."""
        sheet = {"chance_low": 1, "chance_high": 2}
        for values in (
            {"budget": 9000},
            {"opponent_id": self.employee.partner_id.id},
            {"limitation_date": self._day(100)},
            {"estimate_ids": [(0, 0, sheet)]},
        ):
            referral = self._draft_referral()
            referral.with_user(self.second_counsel).write(values)
            with self.subTest(values):
                self.assertIn(self.second_counsel, referral.writer_ids)
                self._refused(
                    "wrote what is to be approved",
                    referral.with_user(self.second_counsel).action_approve,
                )
        referral.estimate_ids.with_user(self.manager).stake_low = 0
        self._refused(
            "wrote what is to be approved",
            referral.with_user(self.manager).action_approve,
        )
        self.assertFalse(
            referral._find_conflicts(
                [(referral, "approver", self.chief)], only=("strict",)
            )
        )

    def test_who_approved_may_approve_again_what_was_sent_back(self):
        """Approving freezes the sheet, which makes nobody its author."""
        sheet = {"chance_low": 1, "chance_high": 2}
        referral = self._draft_referral(estimate_ids=[(0, 0, sheet)])
        referral.with_user(self.manager).action_approve()
        self.assertTrue(referral.estimate_ids.frozen_date)
        self.assertNotIn(self.manager, referral.writer_ids)
        self._step(referral.with_user(self.manager), "send_back", reason="Say more.")
        referral.reason = "The supplier refuses to pay, and says so in writing."
        referral.with_user(self.manager).action_approve()
        self.assertEqual(referral.state, "approved")

    # ------------------------------------------------------------
    # The amendment
    # ------------------------------------------------------------

    def test_an_amendment_holds_once_somebody_else_approves_it(self):
        referral = self._approved("pending")
        other = self.employee.partner_id
        amendment = self._propose(referral, budget=900, opponent_id=other.id)
        self.assertEqual(referral.budget, 500)
        self._refused("you wrote this amendment", amendment.action_approve)
        amendment.with_user(self.manager).action_approve()
        self.assertEqual((referral.budget, referral.opponent_id), (900, other))
        self.assertEqual(amendment.state, "approved")
        self.assertEqual(amendment.approver_id, self.manager)
        # the reader sees former and new
        self.assertRegex(amendment.changes, r"Budget: 500\.00 \S+ → 900\.00")
        self.assertIn(f"{self.customer.display_name} → ", amendment.changes)
        row = referral.register_ids.filtered(lambda row: row.event == "amended")
        self.assertEqual(
            row.data["changes"]["opponent_id"],
            {"from": self.customer.id, "to": other.id},
        )
        self.assertIn("Budget", row.summary)
        self.assertFalse(
            self.env["iso10003.register"].verify_chain([referral._register_file()])
        )

    def _tasks(self, referral):
        return referral.activity_ids.filtered(
            lambda task: task.activity_type_id == self.env.ref(TASK)
        )

    def test_who_may_approve_it_is_asked_until_it_is_decided(self):
        referral = self._approved("pending")
        amendment = self._propose(referral, budget=900)
        self.assertEqual(self._tasks(referral).user_id, referral.approver_id)
        # who writes on it has no say any more, and another one is asked
        amendment.with_user(self.manager).why = "It costs much more."
        asked = self._tasks(referral).user_id
        self.assertTrue(asked)
        self.assertNotIn(self.manager, asked)
        self.assertIn(self.chief, asked)
        amendment.with_user(self.chief).action_approve()
        self.assertFalse(self._tasks(referral))
        dropped = self._propose(referral, budget=950)
        self.assertTrue(self._tasks(referral))
        dropped.action_drop()
        self.assertFalse(self._tasks(referral))

    def test_whom_it_asks_is_asked_in_their_language(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.env["ir.module.module"]._load_module_terms(["odoo_iso10003"], ["fa_IR"])
        self.manager.lang = "fa_IR"
        referral = self._approved()
        self._propose(referral, budget=900)
        self.assertNotIn("Approve", self._tasks(referral).summary)

    def test_amendments_are_a_click_away(self):
        referral = self._approved()
        self.assertFalse(referral.amendment_count)
        amendment = self._propose(referral, budget=900)
        self.assertEqual(referral.amendment_count, 1)
        action = referral.action_view_amendments()
        found = amendment.search(action["domain"])
        self.assertEqual(found, amendment)

    def test_whoever_touched_a_proposal_does_not_approve_it(self):
        amendment = self._propose(self._approved(), budget=900)
        amendment.with_user(self.manager).why = "It costs much more."
        self._refused(
            "you wrote this amendment", amendment.with_user(self.manager).action_approve
        )
        amendment.with_user(self.chief).action_approve()

    def test_what_is_decided_does_not_change_any_more(self):
        referral = self._approved()
        amendment = self._propose(referral, budget=900)
        amendment.with_user(self.chief).action_approve()
        self._refused("decided on", amendment.write, {"budget": 1})
        self._refused("decided on", amendment.with_user(self.chief).action_approve)
        self._refused("stay on record", amendment.sudo().unlink)
        dropped = self._propose(referral, budget=1)
        dropped.action_drop()
        self._refused("decided on", dropped.with_user(self.chief).action_approve)
        self.assertEqual(referral.budget, 900)

    def test_an_amendment_of_nothing_of_a_draft_or_of_what_ended(self):
        referral = self._approved()
        same = self._propose(referral)
        self._refused("changes nothing", same.with_user(self.chief).action_approve)
        same.action_drop()
        self._refused("A draft is changed", self._propose, self._draft_referral())
        late = self._propose(referral, budget=1)
        self._step(referral, "withdraw", reason="We talked.")
        self._refused("has ended", late.with_user(self.chief).action_approve)

    def test_above_the_limit_a_manager_answers_for_it(self):
        referral = self._approved()
        self._limit_counsel(100)
        amendment = self._propose(referral, budget=900)
        self._refused(
            "a dispute manager approves it",
            amendment.with_user(self.second_counsel).action_approve,
        )

    def test_only_who_leads_the_matter_proposes(self):
        referral = self._approved()
        for user in (self.handler, self.employee, self.auditor, self.portal):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._propose(referral, user=user, budget=1)
        amendment = self._propose(referral, budget=900)
        self.assertEqual(amendment.with_user(self.auditor).budget, 900)
        with self.assertRaises(AccessError):
            amendment.with_user(self.auditor).action_approve()

    def test_a_new_limitation_is_reminded_of_anew(self):
        referral = self._approved()
        amendment = self._propose(referral, limitation_date=self._day(12))
        amendment.with_user(self.chief).action_approve()
        self.assertEqual(referral.limit_date, self._day(12))
        self.assertEqual(self._find_next_reminder(referral, "limit"), self._day(2))

    def test_the_button_shows_the_proposal_that_there_is(self):
        referral = self._approved()
        action = referral.action_propose_amendment()
        self.assertFalse(action["res_id"])
        form = self.env["iso10003.referral.amendment"].with_user(self.counsel)
        values = form.with_context(**action["context"]).default_get(
            ["referral_id", "budget", "legal_basis"]
        )
        self.assertEqual(values["budget"], 500)
        amendment = self._propose(referral, budget=900)
        self.assertEqual(referral.action_propose_amendment()["res_id"], amendment.id)

    def test_the_form_begins_with_the_referral_that_is_chosen_in_it(self):
        """A new one from the list of amendments empties nothing of the referral."""
        referral = self._approved()
        amendments = self.env["iso10003.referral.amendment"].with_user(self.counsel)
        with Form(amendments) as form:
            form.referral_id = referral
            form.why = "It costs more."
            form.budget = 900
        amendment = form.save()
        self.assertEqual(set(amendment._get_changed()), {"budget"})
        amendment.with_user(self.chief).action_approve()
        self.assertTrue(referral.authority_id)

    def test_a_reader_of_another_language_sees_the_same_changes(self):
        """What was approved in one language reads as no change in another one."""
        referral = self._approved()
        amendment = self._propose(referral, budget=900, limitation_date="2027-03-21")
        amendment.with_user(self.chief).with_context(lang="fa_IR").action_approve()
        self.assertEqual(len(amendment.changes.splitlines()), 2, amendment.changes)
        persian = amendment.with_context(lang="fa_IR").changes
        self.assertEqual(len(persian.splitlines()), 2, persian)
        self.assertIn("۱۴۰۶/۰۱/۰۱", persian)
        self.assertNotIn("→", persian)

    def test_what_was_dropped_keeps_what_it_meant(self):
        referral = self._approved()
        dropped = self._propose(referral, budget=900)
        dropped.action_drop()
        other = self._propose(referral, legal_basis="Article 12")
        other.with_user(self.chief).action_approve()
        self.assertRegex(dropped.changes, r"^Budget: 500\.00 \S+ → 900\.00 \S+$")
