# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from ...core import flow
from ..participation.tours_common import ToursCase


@tagged("-at_install", "post_install")
class TestSettlingTours(ToursCase):
    """What people do from the sent position to the closed file, in a browser."""

    def test_two_people_lead_a_ticket_to_a_closed_file(self):
        """One mediation, on the small track: 25 presses and 23 typed fields at most."""
        self.team.user_ids = self.handler | self.evaluator
        self._new_body("Example Board")
        ticket = self._new_ticket(user_id=self.handler.id)
        self._tour("two_people_lead", self.handler, ticket)
        dispute = ticket.dispute_ids
        self._tour("two_people_evaluate", self.evaluator, dispute)
        self._tour("two_people_answer", self.handler, dispute)
        self._tour("closed", self.handler, dispute)
        self.assertEqual((dispute.track, dispute.state), ("small", "closed"))
        self.assertEqual(dispute.closed_from, "implementation")
        self.assertEqual(dispute.outcome, "settled_facilitated")
        self.assertEqual(dispute.proceeding_ids.state, "ended")
        self._check_closed(dispute)
        self._check_nothing_left_out(dispute, flow.OPEN_STATES)

    def test_the_way_to_the_closed_file_in_english(self):
        self._play_to_the_end("en_US")

    def test_the_way_to_the_closed_file_in_persian(self):
        self._play_to_the_end("fa_IR")

    def _play_to_the_end(self, lang):
        """Agreed, declared, given, told, learned of, confirmed, each on its own."""
        self._speak(lang)
        board = self._new_body("Example Board")
        dispute = self._file("The machine broke", "resolution")
        self._propose(dispute, body_id=board.id)
        self._tour("closed_slowly", self.handler, dispute)
        self._check_closed(dispute)

    def _check_closed(self, dispute):
        self.assertEqual(dispute.state, "closed")
        owed = dispute.obligation_ids
        self.assertEqual((owed.amount, owed.state), (40, "confirmed"))
        self.assertTrue(owed.performance_ids.proven)
        self.assertFalse(
            {"carried_out", "informed"} & set((dispute.bare_events or "").split())
        )
        self.assertEqual(dispute.cause_kind, "product")
        self.assertGreater(dispute.retention_date.year, self.today.year + 2)
        self._check_on_record(dispute)

    def test_forty_euros_are_settled_from_the_list_in_english(self):
        self._settle_from_the_list("en_US")

    def test_forty_euros_are_settled_from_the_list_in_persian(self):
        self._settle_from_the_list("fa_IR")

    def _settle_from_the_list(self, lang):
        """Twelve presses and ten typed fields at most."""
        self._speak(lang)
        dispute = self._open_dispute(self._new_ticket(name="Forty euros"))
        dispute.amount_claimed = 40
        self.start_tour(
            "/odoo/disputes",
            "odoo_iso10003_settle_now_tour",
            login=self.handler.login,
            timeout=120,
        )
        self.env.invalidate_all()
        self.assertEqual((dispute.state, dispute.outcome), ("closed", "settled_early"))
        owed = dispute.obligation_ids
        self.assertEqual((owed.performed, owed.state), (40, "performed"))
        self.assertTrue(owed.performance_ids.proven)
        self.assertTrue(dispute.informed_date)
        self._check_on_record(dispute)
