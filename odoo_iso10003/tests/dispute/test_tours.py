# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from ..common import DisputePeople


@tagged("-at_install", "post_install")
class TestTours(DisputePeople, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_people()

    def test_a_handler_takes_up_a_direct_notice(self):
        # in debug mode the client checks what scripts add to its registries
        self.start_tour(
            "/odoo/disputes?debug=1",
            "odoo_iso10003_direct_notice_tour",
            login=self.handler.login,
        )
        dispute = self.env["iso10003.dispute"].search(
            [("subject", "=", "The ombudsman wrote to us")]
        )
        self.assertEqual(dispute.state, "notice")
        self.assertFalse(dispute.complaint_handler_id)

    def test_a_handler_opens_a_dispute_with_new(self):
        self.start_tour(
            "/odoo/disputes",
            "odoo_iso10003_new_dispute_tour",
            login=self.handler.login,
        )
        dispute = self.ticket.dispute_ids
        self.assertEqual(dispute.state, "referral")
        self.assertEqual(dispute.subject, self.ticket.name)
        self.assertEqual(dispute.partner_id, self.customer)
        self.assertEqual(dispute.complaint_handler_id, self.agent)

    def test_titles_are_cut_at_their_own_end(self):
        for subject in ("Oven came late", "یخچال سرد نمی‌کند"):
            self._open_dispute(self._new_ticket(name=subject))
        for lang in ("en_US", "fa_IR"):
            self.handler.lang = lang
            self.start_tour(
                "/odoo/disputes",
                "odoo_iso10003_direction_tour",
                login=self.handler.login,
            )

    def test_a_handler_leads_a_complaint_to_its_closed_file(self):
        self.start_tour(
            f"/odoo/helpdesk-tickets/{self.ticket.id}",
            "odoo_iso10003_dispute_tour",
            login=self.handler.login,
            timeout=120,
        )
        dispute = self.ticket.dispute_ids
        for tour, user in (("sheet", self.evaluator), ("position", self.handler)):
            self.start_tour(
                f"/odoo/disputes/{dispute.id}",
                f"odoo_iso10003_{tour}_tour",
                login=user.login,
                timeout=120,
            )
        self.assertEqual(dispute.position_ids.author_id, self.evaluator)
        self.assertEqual(dispute.position_ids.approved_by_id, self.handler)
        self.assertEqual(dispute.position_ids.letter_id.state, "sent")
        self.assertEqual(dispute.state, "closed")
        self.assertEqual(dispute.outcome, "settled_facilitated")
        self.assertEqual(dispute.obligation_ids.state, "confirmed")
        self.assertTrue(dispute.obligation_ids.performance_ids.proven)
        moves = dispute.register_ids.filtered(lambda row: row.event == "transition")
        self.assertEqual(
            [
                {
                    name: row.data[name]
                    for name in ("step", "from", "to", "outcome")
                    if name in row.data
                }
                for row in moves
            ],
            [
                {"step": "forward", "from": "referral", "to": "notice"},
                {"step": "forward", "from": "notice", "to": "evaluation"},
                {"step": "forward", "from": "evaluation", "to": "position"},
                {"step": "forward", "from": "position", "to": "resolution"},
                {"step": "forward", "from": "resolution", "to": "implementation"},
                {
                    "step": "forward",
                    "from": "implementation",
                    "to": "closed",
                    "outcome": "settled_facilitated",
                },
            ],
        )
        self.assertTrue(all(row.data["gates"] for row in moves))
        chain = self.env["iso10003.register"].sudo()  # as an auditor asks it
        self.assertFalse(chain.verify_chain([f"{dispute._name},{dispute.id}"]))
