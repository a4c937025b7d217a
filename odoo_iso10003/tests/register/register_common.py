# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ..common import DisputeCase


class RegisterCase(DisputeCase):
    def setUp(self):
        super().setUp()
        self.dispute = self._open_dispute()
        self.file = f"iso10003.dispute,{self.dispute.id}"

    def _rows(self):
        return self.dispute.register_ids

    def _events(self):
        return self._rows().mapped("event")

    def _breaks(self, files=None, user=None):
        register = self.env["iso10003.register"].with_user(user or self.auditor)
        return [
            (found["file"], found["sequence"], found["problem"])
            for found in register.verify_chain(files)
        ]
