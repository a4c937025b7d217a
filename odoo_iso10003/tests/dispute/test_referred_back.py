# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError

from .notice_common import NoticeCase


class TestReferredBack(NoticeCase):
    """A body sends a complaint back for us to handle it first, also once that ended."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._give(cls.dispute, cls._wanted("referral"))
        cls.dispute.action_advance()
        cls._notice(received_date=cls._day(-1))

    def _refer_back(self, user=None, **values):
        dispute = self.dispute.with_user(user or self.handler)
        given = {"until": self._day(14), "reason": "The board wrote.", **values}
        return dispute.action_refer_back(**given)

    def test_it_runs_on_the_file_and_shows_on_the_ticket(self):
        self._refer_back()
        limit = self.dispute.referred_back_limit_id
        self.assertEqual((limit.state, limit.due_date), ("running", self._day(14)))
        self.assertEqual(limit.set_by_id, self.board.partner_id)
        self.assertEqual(self.dispute.referred_back_date, self._day(0))
        self.assertEqual(self.dispute.waiting_on, "organization")
        ticket = self.dispute.ticket_id.with_user(self.agent)
        self.assertEqual(ticket.referred_back_until, self._day(14))
        row = self.dispute.register_ids.filtered(
            lambda one: one.event == "referred_back"
        )
        self.assertEqual(row.note, "The board wrote.")

    def test_the_file_does_not_go_on_meanwhile(self):
        wanted = self._wanted("notice")
        del wanted["notice_date"]
        self._give(self.dispute, wanted)
        self._refer_back()
        with self.assertRaisesRegex(UserError, "Not referred back"):
            self.dispute.action_advance()
        dispute = self.dispute.with_user(self.handler)
        self.assertEqual(dispute.next_step["code"], "not_referred_back")
        # one click
        dispute.action_next_step()
        self.assertFalse(dispute.is_referred_back)
        self.assertEqual(dispute.referred_back_limit_id.state, "met")
        self.assertFalse(dispute.ticket_id.referred_back_until)
        dispute.action_advance()
        self.assertEqual(dispute.state, "evaluation")

    def test_settled_there_is_a_result(self):
        """File 3: referred back after our own handling was done, and settled then."""
        self.assertTrue(self.dispute.final_answer_date)
        self._refer_back()
        self._record(self.dispute, informed_date=self._day(0))
        dispute = self.dispute.with_user(self.handler)
        action = dispute.action_ask("settle_here")
        step = dispute.env["iso10003.dispute.step"].with_context(**action["context"])
        given = {"gives": "amount", "amount": 40, "informed_date": self._day(0)}
        step = step.create({"reason": "They agreed on a refund.", **given})
        with self.assertRaisesRegex(UserError, "Carried out on"):
            step.action_confirm()
        self._record(dispute, implemented_date=self._day(0))
        step.action_confirm()
        self.assertEqual(
            (dispute.state, dispute.outcome), ("closed", "settled_referred_back")
        )
        result = dispute.result_ids
        self.assertEqual((result.kind, result.effect), ("settlement", "effective"))
        self.assertEqual(dispute.conceded_amount, 40)
        limit = self.dispute.referred_back_limit_id
        self.assertEqual(
            (limit.state, limit.cancel_reason), ("cancelled", "file_closed")
        )

    def test_it_comes_back_twice(self):
        self._refer_back()
        with self.assertRaisesRegex(UserError, "referred back to us already"):
            self._refer_back()
        self.dispute.action_go_on()
        self._refer_back(until=self._day(30))
        limits = self.dispute.deadline_ids.filtered(
            lambda one: one.given_kind == "refer_back"
        )
        self.assertEqual(sorted(limits.mapped("state")), ["met", "running"])

    def test_what_cannot_be_is_refused(self):
        for values, why in (
            ({"until": None}, "until when"),
            ({"reason": " "}, "reason"),
            ({"until": self._day(-5)}, "cannot be handled here"),
            ({"date": self._day(9)}, ""),
        ):
            with self.subTest(why), self.assertRaisesRegex(UserError, why):
                self._refer_back(**values)
        for end in (self.dispute.action_go_on, self.dispute.action_settle_here):
            with self.assertRaisesRegex(UserError, "not referred back"):
                end()
        with self.assertRaises(UserError):
            self.dispute.action_close("settled_early", "They agreed.", amount=0)

    def test_only_who_leads_the_file_says_so(self):
        for user in (self.stranger, self.auditor, self.employee):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._refer_back(user=user)

    def test_the_dialog_asks(self):
        dispute = self.dispute.with_user(self.handler)
        action = dispute.action_ask("refer_back")
        step = dispute.env["iso10003.dispute.step"].with_context(**action["context"])
        step = step.create({"until": self._day(10), "reason": "By letter."})
        step.action_confirm()
        self.assertTrue(dispute.is_referred_back)
