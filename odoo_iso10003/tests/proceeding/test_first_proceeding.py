# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Entering 7.5 makes the first proceeding of what a notice or an invitation settled."""

from ..common import ADDON
from ..dispute.notice_common import NoticeCase


class TestFirstProceeding(NoticeCase):
    @classmethod
    def _wanted(cls, state):
        wanted = super()._wanted(state)
        if cls.dispute.sudo().notice_ids:  # the notice says when
            wanted.pop("notice_date", None)
        return wanted

    def _enter(self):
        self._lead_to(self.dispute, "resolution")
        return self.dispute.proceeding_ids

    def _method(self, name):
        return self.env.ref(f"{ADDON}.method_{name}")

    def test_a_notice_settled_the_way(self):
        notice = self._notice(
            method_id=self._method("board").id, received_date=self._day(-20)
        )
        one = self._enter()
        self.assertEqual(len(one), 1)
        self.assertEqual(one.method_id, self._method("board"))
        self.assertEqual(one.body_id, self.board)
        self.assertEqual(one.reference, "AB-12/2026")
        self.assertEqual(one.notice_id, notice)
        self.assertEqual(one.proposed_date, self._day(-20))
        self.assertEqual(one.state, "answered")  # that we take part, is on record
        self.assertEqual(one.answered_date, self.dispute.part_answered_date)

    def test_a_form_shows_the_state_of_the_dispute_alone(self):
        self._notice(method_id=self._method("board").id, received_date=self._day(-20))
        self._lead_to(self.dispute, "position")
        self._fill_in(self.dispute)
        self.dispute.with_context(shown_state="position").action_advance()
        self.assertEqual(self.dispute.state, "resolution")
        self.assertEqual(self.dispute.proceeding_ids.state, "answered")

    def test_what_nobody_settled_a_person_adds(self):
        self.assertFalse(self._enter())
        self.dispute.method = "advisory"
        self.assertFalse(self.dispute.proceeding_ids)

    def test_another_body_is_another_proceeding(self):
        self._notice(method_id=self._method("board").id, received_date=self._day(-20))
        self._enter()
        self._notice(
            provider_id=self.court.id,
            method_id=self._method("arbitration").id,
            reference="ARB 9",
            received_date=self._day(-1),
        )
        first, second = self.dispute.proceeding_ids.sorted("number")
        self.assertEqual((first.body_id, second.body_id), (self.board, self.court))
        self.assertEqual(second.reference, "ARB 9")

    def test_a_notice_after_entering_makes_it_too(self):
        self._enter()
        self._notice(method_id=self._method("board").id)
        self.assertEqual(self.dispute.proceeding_ids.body_id, self.board)
