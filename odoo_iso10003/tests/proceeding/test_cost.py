# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form
from odoo.tools import mute_logger

from ..common import PAPER
from ..legal.legal_common import LegalCase


class TestCost(LegalCase):
    """What a file costs: its own in the dispute, a referral's with that (7.7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dispute = cls._open_dispute(cls._new_ticket())
        cls.dispute.amount_claimed = 300

    def _note(self, dispute=None, **values):
        """Fill in the dialog of “Note a cost”."""
        action = (dispute or self.dispute).action_add_cost()
        costs = self.dispute.env[action["res_model"]]
        form = Form(costs.with_context(**action["context"]))
        for name, value in {"name": "Two hours", "amount": 80, **values}.items():
            setattr(form, name, value)
        return form.save()

    def test_it_is_noted_shown_and_summed(self):
        time = self._note()
        self.assertEqual((time.kind, time.user_id), ("time", self.handler))
        self.assertEqual(time.currency_id, self.dispute.currency_id)
        fee = self._note(kind="body", name="Fee", amount=45, proof=PAPER)
        self.assertTrue(fee.proof_sha256)
        self.assertEqual(self.dispute.cost_amount, 125)
        for amount in ("300", "125"):
            self.assertIn(amount, self.dispute.balance)
        shown = self.dispute.env["iso10003.cost"].search(
            self.dispute.action_view_costs()["domain"]
        )
        self.assertEqual(shown, time | fee)

    def test_another_currency_counts_at_the_rate_of_its_day(self):
        other = self.env["res.currency"].create(
            {
                "name": "XQX",
                "symbol": "q",
                "rate_ids": [(0, 0, {"name": "2020-01-01", "rate": 4})],
            }
        )
        self.dispute.env["iso10003.cost"].create(
            {
                "file_id": self.dispute.file_ids.id,
                "name": "Translation",
                "kind": "translation",
                "amount": 100,
                "currency_id": other.id,
            }
        )
        self.assertEqual(self.dispute.cost_amount, 25)

    def test_the_register_keeps_what_it_was(self):
        cost = self._note()
        cost.amount = 90
        cost.unlink()
        rows = self.dispute.register_ids.filtered(lambda row: row.event == "cost")
        self.assertEqual(
            rows.sorted("id").mapped(lambda row: row.data["change"]),
            ["noted", "changed", "deleted"],
        )
        self.assertIn("90.00", rows.sorted("id")[-1].summary)

    def test_what_was_refunded_is_below_zero(self):
        self._note(kind="refund", name="Fee back", amount=-45)
        self.assertEqual(self.dispute.cost_amount, -45)
        for values in ({"amount": 0}, {"kind": "refund", "amount": 5}):
            with (
                mute_logger("odoo.sql_db"),
                self.subTest(values),
                self.assertRaisesRegex(IntegrityError, "refunds_are_negative"),
                self.cr.savepoint(),
            ):
                self._note(**values)

    def test_who_leads_the_file_notes_it_while_it_is_open(self):
        cost = self._note()
        for user in (self.stranger, self.auditor, self.counsel):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.dispute.with_user(user).action_add_cost()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                cost.with_user(user).amount = 1
        self._lead_to(self.dispute, "closed")
        for attempt in (
            lambda: self._note(),
            lambda: cost.write({"amount": 1}),
            cost.unlink,
        ):
            # whose records are held is told first
            with self.assertRaisesRegex(UserError, "closed|held"), self.cr.savepoint():
                attempt()
        self.assertEqual(self.dispute.cost_amount, 80)

    def test_that_of_a_referral_stays_with_it(self):
        """Privileged, in its matter's sums, and also after its end."""
        referral = self._draft_referral()
        cost = referral.env["iso10003.cost"].create(
            {"referral_id": referral.id, "name": "Opinion", "amount": 500}
        )
        self.assertEqual(cost.file_id, referral.file_ids)
        by_file = referral.env["iso10003.cost"].create(
            {"file_id": referral.file_ids.id, "name": "Copies", "amount": 5}
        )
        self.assertEqual(by_file.referral_id, referral)
        self.assertEqual(referral.cost_total, 505)
        with self.assertRaises(AccessError):
            cost.with_user(self.handler).read(["name"])
        with self.assertRaises(AccessError):
            self.dispute.env["iso10003.cost"].create(
                {"file_id": referral.file_ids.id, "name": "Mine", "amount": 5}
            )
        self.assertFalse(
            self.dispute.env["iso10003.cost"].search([("id", "in", cost.ids)])
        )
