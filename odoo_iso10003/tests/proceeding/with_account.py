# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What we owe, paid or credited in the Invoicing app.

The app is no dependency, so this runs by ``script/test --account``, which installs it,
and not with the other tests, hence the name.
"""

import base64

from odoo.exceptions import AccessError, UserError

from .obligation_common import ObligationCase


class TestBooked(ObligationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["account.chart.template"].try_loading(
            "generic_coa", company=cls.company, install_demo=False
        )
        cls.booker = cls._new_user(
            "booker", "odoo_iso10003.group_handler,account.group_account_invoice"
        )
        cls.team.user_ids += cls.booker
        cls.owed = cls._oblige(day=cls.today)
        cls.theirs = cls.owed.with_user(cls.booker)

    def _open(self, action):
        return self.env[action["res_model"]].browse(action["res_id"])

    def test_a_payment_is_prepared_booked_and_proves_it(self):
        payment = self._open(self.theirs.action_prepare_payment())
        self.assertEqual(payment._name, "account.payment")
        self.assertEqual(
            (payment.state, payment.amount, payment.partner_id, payment.payment_type),
            ("draft", 300, self.customer, "outbound"),
        )
        self.assertIn(self.dispute.name, payment.memo)
        self.assertEqual((self.owed.booking, self.owed.performed), ("draft", 0))
        with self.assertRaisesRegex(UserError, "a draft still"):
            self.owed.action_take_booking()
        payment.action_post()
        self.owed.invalidate_recordset()
        self.assertEqual(self.owed.booking, "booked")
        self.owed.action_take_booking()
        done = self.owed.performance_ids
        self.assertEqual(
            (done.means, done.gross, done.reference), ("payment", 300, payment.name)
        )
        self.assertIn(payment.name, base64.b64decode(done.proof).decode())
        self.assertTrue(done.proven)
        self.assertEqual(self.owed.state, "performed")
        with self.assertRaisesRegex(UserError, "recorded already"):
            self.owed.action_take_booking()

    def test_a_credit_note_of_what_is_left(self):
        self._perform(self.owed, gross=100)
        note = self._open(self.theirs.action_prepare_credit_note())
        self.assertEqual((note.move_type, note.amount_total), ("out_refund", 200))
        note.action_post()
        self.owed.invalidate_recordset()
        self.owed.action_take_booking()
        self.assertEqual(self.owed.state, "performed")
        self.assertEqual(
            self.owed.performance_ids.mapped("means"), ["payment", "credit_note"]
        )

    def test_who_may_not_book_prepares_nothing(self):
        self.assertFalse(self.owed.may_book)
        with self.assertRaises(AccessError):
            self.owed.action_prepare_payment()
        self.assertTrue(self.theirs.may_book)

    def test_nothing_is_prepared_twice_or_for_nothing(self):
        payment = self._open(self.theirs.action_prepare_payment())
        with self.assertRaisesRegex(UserError, "in the accounts already"):
            self.theirs.action_prepare_credit_note()
        payment.action_cancel()
        self.owed.invalidate_recordset()
        self.assertFalse(self.owed.booking)
        self._perform(self.owed)
        with self.assertRaisesRegex(UserError, "no sum of ours"):
            self.theirs.action_prepare_payment()

    def test_the_form_opens_and_the_register_has_it(self):
        self.theirs.action_prepare_payment()
        self.assertTrue(self.theirs.get_views([(False, "form")]))
        row = self._rows("obligation")[-1]
        self.assertEqual(row.data["changes"]["booked_as"]["to"], "payment")
