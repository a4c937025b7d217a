# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields

from ..common import DisputeCase


class LetterCase(DisputeCase):
    """A dispute with a notice, and letters to its complainant."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.write({"name": "Roya Example", "email": "roya@example.com"})
        cls.dispute = cls._open_dispute()
        cls._record(cls.dispute, notice_date=fields.Date.today())

    def _write(self, kind="acknowledgement", user=None, file=None, **values):
        letters = self.env["iso10003.letter"].with_user(user or self.handler)
        file = file or self.dispute
        return letters.create({"file_id": file.file_ids.id, "kind": kind, **values})

    def _find_mails(self, letter):
        mails = self.env["mail.mail"].sudo()
        return mails.search([("message_id", "=", letter.message_id)])

    def _read_rows(self, dispute, event):
        rows = dispute.sudo().register_ids
        return rows.filtered(lambda row: row.event == event)
