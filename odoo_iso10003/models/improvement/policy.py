# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class Policy(models.Model):
    """When many files are one issue, and when its action is looked at (8.2, 8.5)."""

    _inherit = "iso10003.policy"

    issue_files = fields.Integer(
        "Files that make an issue",
        default=3,
        least=2,
        most=1000,
        help="So many files with one cause, or that tell of the same, are proposed to "
        "managers as an issue.",
    )
    issue_months = fields.Integer(
        "… within so many months",
        default=6,
        least=1,
        most=120,
        help="Files that were opened longer ago do not count.",
    )
    effect_days = fields.Integer(
        "Days until the effect is asked",
        default=90,
        least=1,
        most=3650,
        help="So many days after the action against a cause, it is asked whether it "
        "happens less often.",
    )

    _issue_several = models.Constraint(
        "CHECK (issue_files > 1 AND issue_months > 0 AND effect_days > 0)",
        "Give how many files make an issue, two or more, within how many months, and "
        "after how many days the effect is asked.",
    )

    @property
    def _frozen_fields(self):
        return super()._frozen_fields | {"issue_files", "issue_months", "effect_days"}
