# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from .issue import MANAGEMENT


class Nonconformity(models.Model):
    """A nonconformity that is the one of an issue of many files."""

    _inherit = "mgmtsystem.nonconformity"

    issue_ids = fields.One2many(
        "iso10003.issue",
        "nonconformity_id",
        readonly=True,
        groups=MANAGEMENT,
    )

    def _note_effect(self, before, after, day):
        """Note how often it happened before and after the action, found on a day."""
