# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from freezegun import freeze_time

from odoo import fields

from .policy_common import PolicyCase


class TestPolicyDay(PolicyCase):
    def test_a_version_begins_on_the_day_of_its_company(self):
        """Wherever who puts it in force travels."""
        self.company.resource_calendar_id.tz = "Pacific/Kiritimati"  # 14 hours ahead
        self.manager.tz = "America/Adak"
        today = fields.Date.today()
        with freeze_time(f"{today} 12:00:00"):
            ahead = fields.Date.add(today, days=1)
            draft = self.env["iso10003.policy"].with_user(self.chief)
            draft = draft.create({"name": "Of tomorrow, here"})
            draft.with_user(self.manager).action_approve()
            self.assertEqual(draft.approved_date, ahead)
            draft.with_user(self.manager).action_put_in_force()
            self.assertEqual(draft.valid_from, ahead)
            dispute = self._open_dispute(self._new_ticket(complaint_date=today))
            self.assertEqual(dispute.policy_id, draft)
