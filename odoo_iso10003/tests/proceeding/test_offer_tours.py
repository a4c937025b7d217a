# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from ..common import ADDON, DisputePeople


@tagged("-at_install", "post_install")
class TestOfferTours(DisputePeople, HttpCase):
    """Ours, theirs, ours again, accepted by phone, confirmed by mail, in a browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_people()

    def _play(self, lang):
        self.env["res.lang"]._activate_lang(lang)
        (self.handler.partner_id | self.customer).lang = lang
        dispute = self._lead_to(self._open_dispute(self._new_ticket()), "resolution")
        self.start_tour(
            f"/odoo/disputes/{dispute.id}",
            f"{ADDON}_offer_tour",
            login=self.handler.login,
            timeout=180,
        )
        self.env.invalidate_all()
        offers = dispute.offer_ids.sorted("version")
        self.assertEqual(offers.mapped("state"), ["countered", "countered", "accepted"])
        result = offers[-1].result_id
        self.assertEqual((result.kind, result.amount), ("settlement", 300))
        self.assertEqual(result.obligation_ids.amount, 300)
        self.assertTrue(dispute.informed_date)
        chain = self.env["iso10003.register"].sudo()  # as an auditor asks it
        self.assertFalse(chain.verify_chain([f"{dispute._name},{dispute.id}"]))

    def test_in_english(self):
        self._play("en_US")

    def test_in_persian(self):
        self._play("fa_IR")
