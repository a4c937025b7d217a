# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError

from .improvement_common import ImprovementCase

TEXT = "The lift has stood still for five weeks.\nNobody <answers> the phone."


class TestSplit(ImprovementCase):
    """One letter for many: a complaint and a dispute of each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.others = cls.env["res.partner"].create(
            [{"name": name} for name in ("Ann", "Ben")]
        )
        cls.letter = cls.ticket.with_user(cls.handler)

    def test_each_has_a_complaint_and_a_dispute_as_the_first(self):
        dispute = self._open_dispute()
        dispute.cause_id = self._new_cause()
        self.letter.action_split(self.others.ids, TEXT)
        made = self.letter._find_split()
        self.assertEqual(made.partner_id, self.others)
        disputes = made.dispute_ids
        self.assertEqual(disputes.partner_id, self.others)
        self.assertEqual(disputes.cause_id, dispute.cause_id)
        self.assertEqual(made.mapped("split_from_id"), self.letter)
        self.assertEqual(
            set(made.mapped("complaint_date")), {self.letter.complaint_date}
        )
        for one in made:
            self.assertIn("&lt;answers&gt;", one.description)
            self.assertNotIn("fifth day", one.description, "it stays in the letter")

    def test_without_a_dispute_none_is_opened(self):
        self.letter.action_split(self.others.ids, TEXT)
        self.assertFalse(self.letter._find_split().dispute_ids)

    def test_each_reads_only_the_own_one(self):
        user = self._new_user("ann", "base.group_portal", partner_id=self.others[0].id)
        self._open_dispute()
        self.letter.action_split(self.others.ids, TEXT)
        made = self.letter._find_split()
        own = made.filtered(lambda one: one.partner_id == self.others[0])
        other = made - own
        self.assertTrue(own.with_user(user).has_access("read"))
        for ticket in (other, self.ticket):
            with self.assertRaises(AccessError):
                ticket.with_user(user).read(["name"])
        found = self.env["iso10003.dispute"].with_user(user).search([])
        self.assertEqual(found.ids, own.dispute_ids.ids)

    def test_what_is_missing_or_there_twice_is_said(self):
        with self.assertRaisesRegex(UserError, "for whom its letter speaks"):
            self.letter.action_split([], TEXT)
        with self.assertRaisesRegex(UserError, "for whom its letter speaks"):
            self.letter.action_split(self.others.ids, " ")
        with self.assertRaisesRegex(UserError, "already has a complaint"):
            self.letter.action_split(self.customer.ids, TEXT)
        dialog = self.env["iso10003.ticket.split"].with_user(self.handler)
        dialog.create(
            {
                "ticket_id": self.letter.id,
                "partner_ids": self.others.ids,
                "text": TEXT,
            }
        ).action_confirm()
        with self.assertRaisesRegex(UserError, "Ann"):
            self.letter.action_split(self.others[0].ids, TEXT)
        with self.assertRaises(UserError):
            self.letter.split_from_id = self.letter
