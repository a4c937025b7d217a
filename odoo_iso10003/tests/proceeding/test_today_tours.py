# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.tests import HttpCase, tagged

from ..common import DisputePeople


@tagged("-at_install", "post_install")
class TestTodayTours(DisputePeople, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_people()

    def test_from_what_waits_today_to_what_comes_next(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        dispute = self._open_dispute(self._new_ticket(name="Drum W-17"))
        dispute.waiting_on = "organization"
        self.env["iso10003.deadline"].with_user(self.handler)._start_without_rule(
            dispute,
            "other",
            dispute._get_company_day() + timedelta(days=5),
            name="Answer about W-17",
        )
        for lang in ("en_US", "fa_IR"):
            self.handler.lang = lang
            self.start_tour(
                "/odoo/disputes-today",
                "odoo_iso10003_today_tour",
                login=self.handler.login,
                timeout=120,
            )
        self.assertFalse(
            self.env["iso10003.register"].verify_chain([dispute._register_file()])
        )
