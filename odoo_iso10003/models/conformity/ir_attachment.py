# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class IrAttachment(models.Model):
    """What an audit or an assessment has seen stays as it was then."""

    _inherit = "ir.attachment"

    def _check_not_in_use(self):
        # an audit keeps its evidence, whoever may read the audit
        lines = self.env["mgmtsystem.verification.line"].sudo()
        lines = lines.search([("evidence_ids", "in", self.ids)])
        lines.audit_id._check_in_work()
        # and so does an assessment once it is frozen
        answers = self.env["iso10003.assessment.line"].sudo()
        answers = answers.search([("evidence_ids", "in", self.ids)])
        answers.assessment_id._check_in_work()
        return super()._check_not_in_use()
