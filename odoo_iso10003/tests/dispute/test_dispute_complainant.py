# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError

from ..common import PAPER, DisputeCase


class TestDisputeComplainant(DisputeCase):
    """The complainant of an open file is corrected by a manager, with a reason."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.partner"].create(
            {"name": "Parvin Example", "email": "parvin@example.com"}
        )
        cls.dispute = cls._open_dispute()

    def _correct(self, user, **vals):
        return (
            self.env["iso10003.dispute.step"]
            .with_user(user)
            .create(
                {
                    "dispute_id": self.dispute.id,
                    "question": "complainant",
                    "partner_id": self.other.id,
                    "reason": "The complaint was written by the neighbour.",
                    **vals,
                }
            )
            .action_confirm()
        )

    def test_nobody_types_another_complainant(self):
        for user in (self.handler, self.manager, self.env.ref("base.user_admin")):
            for dispute in (
                self.dispute.with_user(user),
                self.dispute.with_user(user).sudo(),
            ):
                for partner in (self.other.id, False):
                    with self.assertRaisesRegex(UserError, "Correct the complainant"):
                        dispute.partner_id = partner
        self.assertEqual(self.dispute.partner_id, self.customer)

    def test_the_same_complainant_may_be_saved_again(self):
        self.dispute.partner_id = self.customer

    def test_who_was_not_known_is_named_by_the_handler(self):
        ticket = self._new_ticket(partner_id=False)
        dispute = self._open_dispute(ticket)
        self.assertFalse(dispute.named_complainant)
        dispute.partner_id = self.other
        self.assertTrue(dispute.named_complainant)

    def test_a_manager_corrects_with_a_reason_and_the_register_tells(self):
        question = self.dispute.with_user(self.manager).action_ask("complainant")
        self.assertEqual(question["res_model"], "iso10003.dispute.step")
        self._correct(self.manager)
        self.assertEqual(self.dispute.partner_id, self.other)
        row = self.dispute.register_ids[-1]
        self.assertEqual(row.event, "party_changed")
        self.assertEqual(row.actor, self.manager.id)
        self.assertEqual(row.data["kind"], "error")
        self.assertEqual(row.data["partner"], self.customer.id)
        self.assertEqual(row.data["successor"], self.other.id)
        self.assertEqual(row.note, "The complaint was written by the neighbour.")

    def test_refused_politely(self):
        with self.assertRaisesRegex(AccessError, "only a dispute manager"):
            self._correct(self.handler)
        with self.assertRaisesRegex(UserError, "a reason is needed"):
            self._correct(self.manager, reason=" ")
        with self.assertRaisesRegex(UserError, "its complainant already"):
            self._correct(self.manager, partner_id=self.customer.id)
        with self.assertRaisesRegex(UserError, "choose who"):
            self._correct(self.manager, partner_id=False)
        self.assertEqual(self.dispute.partner_id, self.customer)
        self._lead_to(self.dispute, "closed")
        with self.assertRaisesRegex(UserError, "is closed"):
            self._correct(self.manager)

    def test_the_former_complainant_loses_the_file(self):
        self.dispute.message_subscribe(self.customer.ids)
        token = self.dispute._portal_ensure_token()
        as_former = self.dispute.with_user(self.portal)
        self.assertTrue(as_former.has_access("read"))
        self._correct(self.manager)
        self.env.invalidate_all()
        self.assertFalse(as_former.has_access("read"))
        self.assertNotIn(self.customer, self.dispute.message_partner_ids)
        self.assertNotEqual(self.dispute.sudo().access_token, token)

    def test_the_complaint_follows(self):
        self.ticket.message_subscribe(self.customer.ids)
        self._correct(self.manager)
        self.assertEqual(self.ticket.partner_id, self.other)
        self.assertEqual(self.ticket.partner_email, "parvin@example.com")
        self.assertNotIn(self.customer, self.ticket.message_partner_ids)

    def test_a_representative_who_was_taken_for_the_complainant_stays(self):
        agency = self.env["res.partner"].create({"name": "Agency"})
        self._correct(self.manager, partner_id=agency.id)
        self._note_party(self.dispute, self.customer, mandate=PAPER)
        self.dispute.message_subscribe(self.customer.ids)
        self._correct(self.manager)
        self.assertIn(self.customer, self.dispute.message_partner_ids)
        self.assertTrue(self.dispute.with_user(self.portal).has_access("read"))
