# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..register.ir_attachment import CONTENT, IDENTITY


class IrAttachment(models.Model):
    """What an audit has seen stays as it was when the audit was closed."""

    _inherit = "ir.attachment"

    def write(self, vals):
        if vals.keys() & (IDENTITY | CONTENT):
            self._check_audits_in_work()
        return super().write(vals)

    def unlink(self):
        self._check_audits_in_work()
        return super().unlink()

    def _check_audits_in_work(self):
        # an audit keeps its evidence, whoever may read the audit
        lines = self.env["mgmtsystem.verification.line"].sudo()
        lines = lines.search([("evidence_ids", "in", self.ids)])
        lines.audit_id._check_in_work()
