# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from ...core import flow
from ..common import DisputePeople


@tagged("-at_install", "post_install")
class TestParticipationTours(DisputePeople, HttpCase):
    """What people do up to our position, in a browser, whichever language they read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_people()

    def _tour(self, name, user, record, **values):
        """Play a tour as somebody, from the form of a ticket or dispute."""
        place = {"helpdesk.ticket": "helpdesk-tickets"}.get(record._name, "disputes")
        self.start_tour(
            f"/odoo/{place}/{record.id}",
            f"odoo_iso10003_{name}_tour",
            login=user.login,
            timeout=120,
            **values,
        )
        self.env.invalidate_all()

    def _new_body(self, name):
        partner = self.env["res.partner"].create({"name": name})
        return self.env["iso10003.provider"].create(
            {
                "partner_id": partner.id,
                "company_id": self.company.id,
                "independence": "independent",
            }
        )

    def _check_on_record(self, dispute):
        chain = self.env["iso10003.register"].sudo()  # as an auditor asks it
        self.assertFalse(chain.verify_chain([f"{dispute._name},{dispute.id}"]))

    def test_two_people_lead_a_ticket_to_a_sent_position(self):
        """Sixteen presses and twelve typed fields at most, and no gate is off."""
        two = self.handler | self.evaluator
        self.team.user_ids = two
        self._new_body("Example Board")
        ticket = self._new_ticket(user_id=self.handler.id)
        self._tour("two_people_lead", self.handler, ticket)
        dispute = ticket.dispute_ids
        self.assertEqual(dispute.track, "small")
        self._tour("two_people_evaluate", self.evaluator, dispute)
        self._tour("two_people_answer", self.handler, dispute)
        self.assertEqual(dispute.state, "resolution")
        self.assertEqual(dispute.position_ids.state, "sent")
        self.assertEqual(dispute.position_ids.author_id, self.evaluator)
        self.assertEqual(dispute.position_ids.approved_by_id, self.handler)
        self.assertEqual(dispute.acknowledged_date, dispute.part_answered_date)
        self._check_nothing_left_out(dispute)

    def _check_nothing_left_out(self, dispute):
        """Each gate on the way was asked as strictly as of a standard file, and met."""
        policy = dispute.policy_id
        for gate in policy.gate_ids:
            self.assertFalse(gate.severity != "off" and gate.small_severity == "off")
        moves = dispute.register_ids.filtered(lambda row: row.event == "transition")
        self.assertEqual(
            [row.data["from"] for row in moves.sorted("id")], list(flow.STATES[:4])
        )
        for row in moves:
            asked = self.env["iso10003.policy.gate"]._asked_in(
                policy, "standard", row.data["from"], "forward"
            )
            self.assertEqual(set(row.data["gates"]), set(asked.mapped("code")))
            self.assertNotIn("passed_over", row.data)
