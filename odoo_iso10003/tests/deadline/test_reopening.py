# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Closed early and reopened: each file has the limits again that it had, once each."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from ...core import docket, flow
from ..legal.legal_common import LegalRules

KINDS = ("iso10003.dispute", "iso10003.referral")


class ReopeningCase(LegalRules, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_legal()

    @classmethod
    def _rule_of_each_event(cls):
        """Return a rule for each event of each kind of file, of a hundred days."""
        events = [
            event for kind in KINDS for event in cls.env[kind]._get_deadline_events()
        ]
        return [
            cls._rule(f"from_{event}", start_event=event, end_event=False, quantity=900)
            for event in [*events, "given"]
        ]

    @classmethod
    def _enforce_packs(cls):
        """Put all rules of all packs into force, as if they were no examples."""
        draft = cls._draft()
        packs = cls.env["iso10003.rule.pack"].with_user(cls.manager).search([])
        packs._install_into(draft)
        draft.with_context(active_test=False).rule_ids.active = True
        draft.with_user(cls.chief).action_approve()
        draft.with_user(cls.chief).action_put_in_force()

    @classmethod
    def _picture(cls, case):
        """Return what runs on a file, to be compared."""
        deadlines = case.sudo().deadline_ids
        return {
            deadline.id: (deadline.rule_id.code, deadline.start, deadline.due)
            for deadline in deadlines
            if deadline.state in deadline.RUNNING
        }

    def _assert_once(self, case):
        living = case.sudo().deadline_ids.filtered(lambda one: one.state != "cancelled")
        self.assertEqual(len(living), len(living.rule_id))


@tagged("-at_install", "post_install")
class TestReopenedDispute(ReopeningCase):
    after_closing = []  # rules that run on a closed file

    def _close_and_reopen(self, dispute):
        before = self._picture(dispute)
        self._withdraw(dispute)
        after = [code for code, _start, _due in self._picture(dispute).values()]
        self.assertEqual(after, self.after_closing)
        dispute.with_user(self.manager).action_reopen("She did not mean it.")
        self.env.flush_all()
        if not dispute.outcome_date:  # ended early, its result was noted no more
            before = {
                key: limit
                for key, limit in before.items()
                if limit[0] != "from_result_noted"
            }
        self.assertEqual(self._picture(dispute), before)
        self._assert_once(dispute)
        self.assertTrue(before)

    def _withdraw(self, dispute):
        self._record(dispute, informed_date=fields.Date.today())
        dispute.action_close("discontinued", "She withdrew it.")

    def _walk_states(self):
        for state in flow.OPEN_STATES:
            dispute = self._lead_to(self._open_dispute(self._new_ticket()), state)
            with self.subTest(state=state):
                self._close_and_reopen(dispute)
                self._close_and_reopen(dispute)  # and once more

    def test_with_a_rule_of_each_event(self):
        self._enforce(*self._rule_of_each_event())
        self.after_closing = ["from_closed"]
        self._walk_states()

    def test_with_each_shipped_pack(self):
        self._enforce_packs()
        self._walk_states()

    def test_what_was_corrected_meanwhile_counts_and_what_was_done_is_met(self):
        self._enforce(
            self._rule(quantity=300),
            self._rule("position", end_event="position_sent", quantity=300),
        )
        day = fields.Date.today() - timedelta(days=3)
        ticket = self._new_ticket(complaint_date=day - timedelta(days=30))
        dispute = self._open_dispute(ticket)
        self._record(dispute, notice_date=fields.Date.today())
        position, acknowledge = (
            self._deadline(dispute, code) for code in ("position", "acknowledge")
        )
        self._withdraw(dispute)
        # people change a closed file no more; merging and the like may
        dispute.sudo()._guarded_write(
            {"notice_date": day, "acknowledged_date": fields.Date.today()}
        )
        dispute.with_user(self.manager).action_reopen("She did not mean it.")
        self.assertEqual(acknowledge.state, "met")
        self.assertEqual(position.state, "running")
        self.assertEqual(position.due_date, day + timedelta(days=300))

    def test_no_date_is_given_to_a_closed_file(self):
        policy = self._enforce(self._rule("from_given", start_event="given"))
        dispute = self._open_dispute(self._new_ticket())
        deadlines = self.env["iso10003.deadline"].with_user(self.handler)
        self._withdraw(dispute)
        with self.assertRaisesRegex(UserError, "is closed"):
            deadlines._start_given(dispute, policy.rule_ids, fields.Date.today())

    def test_of_two_that_ended_with_the_file_one_comes_back(self):
        self._enforce(self._rule(quantity=300))
        dispute = self._open_dispute(self._new_ticket())
        self._record(dispute, notice_date=fields.Date.today())
        first = dispute.sudo().deadline_ids
        self._withdraw(dispute)
        self.env.flush_all()
        # as files were left that were closed twice before there was one of each rule
        second = first.create(
            {
                "rule_id": first.rule_id.id,
                "file_id": first.file_id.id,
                "company_id": first.company_id.id,
            }
        )
        names = ("state", "cancel_reason", "zone", "starts", "start", "due", "due_date")
        second._guarded_write({name: first[name] for name in names})
        dispute.with_user(self.manager).action_reopen("She did not mean it.")
        self.env.flush_all()
        self.assertEqual((first | second).mapped("state"), ["cancelled", "running"])


@tagged("-at_install", "post_install")
class TestReopenedReferral(ReopeningCase):
    def _walk_states(self):
        for state in docket.OPEN_STATES:
            self.dispute = self._open_dispute(self._new_ticket())
            self.dispute.amount_claimed = 4000
            referral = self._lead_referral(
                self._draft_referral(
                    dispute_id=self.dispute.id, claim_date=self._day(-10)
                ),
                state,
            )
            with self.subTest(state=state):
                self.assertTrue(self._end_and_reopen(referral))
                self._end_and_reopen(referral)  # and once more

    def _end_and_reopen(self, referral):
        if referral.state == "decided" and not referral.appeal_decision:
            self._step(referral, "appeal", appeal_decision="not_use", reason="Dear.")
        before = self._picture(referral)
        if referral.state == "decided":
            referral.action_close()
        else:
            referral.action_withdraw("It was settled without us.")
        self.assertFalse(self._picture(referral))
        referral.with_user(self.manager).action_reopen("It was not.")
        self.env.flush_all()
        self.assertEqual(self._picture(referral), before)
        self._assert_once(referral)
        return before

    def test_with_a_rule_of_each_event(self):
        self._enforce(*self._rule_of_each_event())
        self._walk_states()

    def test_with_each_shipped_pack(self):
        """What the packs have for referrals counts from a decision that is served."""
        self._enforce_packs()
        self.dispute = self._open_dispute(self._new_ticket())
        referral = self._lead_referral(
            self._draft_referral(dispute_id=self.dispute.id), "decided"
        )
        before = self._picture(referral)
        events = self.env["iso10003.referral"]._get_deadline_events()
        shipped = (
            self.env["iso10003.rule.pack"]
            .search([])
            .rule_ids.filtered(lambda rule: rule.start_event in events)
        )
        self.assertTrue(shipped)
        self.assertEqual(
            {code for code, _start, _due in before.values()},
            set(shipped.mapped("code")),
        )
        for _twice in range(2):
            # the one end that leaves the right of appeal open
            self._step(
                referral, "settle", settled_date=self._day(0), reason="They paid."
            )
            self.assertFalse(self._picture(referral))
            referral.with_user(self.manager).action_reopen("They did not.")
            self.env.flush_all()
            self.assertEqual(self._picture(referral), before)
            self._assert_once(referral)
