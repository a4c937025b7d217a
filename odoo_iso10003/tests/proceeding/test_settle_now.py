# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A small claim is settled in one dialog, whatever clause its file is in."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from ...core import flow
from ..common import PAPER
from ..dispute.test_authority import AuthorityCase


class TestSettleNow(AuthorityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.dispute = cls._open_dispute(cls._new_ticket())
        cls.dispute.amount_claimed = 40

    def _settle(self, dispute=None, user=None, **values):
        """Fill in the dialog of “Settle now”, and press its button."""
        dispute = (dispute or self.dispute).with_user(user or self.handler)
        action = dispute.action_settle_now()
        form = Form(dispute.env[action["res_model"]].with_context(**action["context"]))
        for name, value in {
            "text": "We refund the price.",
            "proof": PAPER,
            **values,
        }.items():
            setattr(form, name, value)
        return form.save().action_confirm()

    def _send(self, action):
        letters = self.dispute.env[action["res_model"]]
        Form(letters.with_context(**action["context"])).save().action_send()

    def test_forty_euros_from_the_ticket_to_the_closed_file(self):
        """At most twelve clicks and ten fields, by two people, with no gate off."""
        clicks = ["Open the dispute", "Settle now"]
        fields_given = {"amount": 40, "text": "We refund the price.", "proof": PAPER}
        self.dispute = self._open_dispute(self._new_ticket())
        letter = self._settle(**fields_given)
        clicks += ["Choose the file", "Settle now"]
        self.assertEqual(self.dispute.state, "referral")
        self.assertEqual(self.dispute.result_ids.amount, 40)
        self._send(letter)
        clicks.append("Send")
        self.assertLessEqual(len(clicks), 12)
        self.assertLessEqual(len(fields_given), 10)
        self.assertEqual(self.dispute.state, "closed")
        self.assertEqual(self.dispute.outcome, "settled_early")
        self.assertEqual(self.dispute.conceded_amount, 40)
        self.assertEqual(self.dispute.implemented_date, self.today)
        self.assertEqual(self.dispute.informed_date, self.today)
        owed = self.dispute.result_ids.obligation_ids
        self.assertTrue(owed.performance_ids.proven)

    def test_from_every_open_state(self):
        for state in flow.OPEN_STATES[:-1]:
            with self.subTest(state):
                dispute = self._open_dispute(self._new_ticket())
                self._lead_to(dispute, state)
                self.dispute = dispute
                self._send(self._settle(amount=40))
                self.assertEqual(dispute.state, "closed")
                self.assertEqual(dispute.closed_from, state)

    def test_what_is_due_is_given_first(self):
        due = self.today + timedelta(days=10)
        letter = self._settle(performance="due", due_date=due, proof=False)
        self.assertEqual(self.dispute.result_ids.due_date, due)
        self._send(letter)
        self.assertEqual(self.dispute.state, "referral")
        with self.assertRaisesRegex(UserError, "not given yet"):
            self.dispute.action_close()
        self.assertEqual(self.dispute.next_step["label"], "It was given")
        result = self.dispute.result_ids
        with self.assertRaisesRegex(UserError, "attach what shows it"):
            result.action_note_given(self.today, False)
        result.action_note_given(self.today, PAPER, "receipt.pdf")
        self.assertEqual(self.dispute.state, "closed")

    def test_a_part_leaves_the_file_where_it_is(self):
        self.env["iso10003.claim"].create(
            {"dispute_id": self.dispute.id, "name": "The visit", "amount": 95}
        )
        first = self.dispute.claim_ids[:1]
        self._settle(claim_ids=first, amount=40)
        self.assertEqual(first.state, "settled")
        self.assertEqual(self.dispute.state, "referral")
        with self.assertRaisesRegex(UserError, "note the result|no way"):
            self.dispute.action_close("settled_early")

    def test_beyond_the_tier_nothing_is_settled(self):
        with (
            self.assertRaisesRegex(UserError, "beyond what you may decide"),
            self.env.cr.savepoint(),
        ):
            self._settle(amount=4000)
        self.assertFalse(self.dispute.result_ids)

    def test_who_does_not_lead_the_file_settles_nothing(self):
        for user in (self.stranger, self.counsel, self.auditor):
            with self.assertRaises(AccessError):
                self.dispute.with_user(user).action_settle_now()

    def test_what_is_not_said_is_asked(self):
        for values, why in (
            ({"performance": "nothing", "proof": False}, "given or due"),
            ({"proof": False}, "shows that it was given"),
        ):
            action = self.dispute.action_settle_now()
            settlement = self.dispute.env[action["res_model"]].create(
                {"dispute_id": self.dispute.id, "text": "We pay.", **values}
            )
            with self.subTest(why), self.assertRaisesRegex(UserError, why):
                settlement.action_confirm()
        settlement.write({"text": " ", "performance": "due"})
        with self.assertRaisesRegex(UserError, "what was agreed"):
            settlement.action_confirm()

    def test_reopened_it_is_settled_still(self):
        self._send(self._settle())
        self.dispute.with_user(self.manager).action_reopen("They came back.")
        self.assertEqual(self.dispute.state, "referral")
        self.assertEqual(self.dispute.outcome, "settled_early")
        self.assertEqual(self.dispute.claim_ids.state, "settled")
