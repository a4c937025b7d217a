# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from ..common import PAPER, DisputeCase


class PartyCase(DisputeCase):
    """A dispute of Roya Example, and somebody who wants to act for her."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dispute = cls._open_dispute()
        cls.lawyer = cls._new_user("lawyer", "base.group_portal")
        cls.complainant = cls.dispute.party_ids
        cls.day = cls.dispute._get_company_day()

    def _day(self, days):
        return self.day + timedelta(days=days)

    def _new_contact(self, name, **values):
        return self.env["res.partner"].create({"name": name, **values})

    def _represent(self, **values):
        return self._note_party(self.dispute, self.lawyer.partner_id, **values)

    def _may_read(self, user):
        self.env.invalidate_all()
        files = self.env["iso10003.dispute"].with_user(user)
        return self.dispute.with_env(files.env) in files.search([])

    def _rows(self, event):
        return self.dispute.register_ids.filtered(lambda row: row.event == event)

    def _standing(self, partner):
        standing = self.dispute._get_standing(partner)
        return standing[self.dispute.id, partner.id]

    MANDATE = {"mandate": PAPER, "mandate_name": "power.pdf", "mandate_kind": "power"}
