# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields

from ..common import DisputeCase


class PolicyCase(DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.present = cls.env["iso10003.policy"]._in_force(
            cls.company, fields.Date.today()
        )
        cls.page = cls.env["document.page"].create({"name": "Our policy"})

    def _new_draft(self, **vals):
        """Return a draft by the chief, to be approved by the manager."""
        return (
            self.env["iso10003.policy"]
            .with_user(self.chief)
            .create({"name": "Policy of the chief", **vals})
        )

    def _new_approved(self, **vals):
        policy = self._new_draft(**vals).with_user(self.manager)
        policy.action_approve()
        return policy

    def _new_in_force(self, **vals):
        policy = self._new_approved(**vals)
        policy.action_put_in_force()
        return policy

    def _events(self, policy):
        return (
            self.env["iso10003.register"]
            .search([("file", "=", policy._register_file())])
            .mapped("event")
        )
