# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ...core.ladder import Ladder

# when somebody is reminded that the policy is to be reviewed, until it is
LADDER = Ladder((30, 7, 0), 30)


class PolicyReview(models.Model):
    """The version in force is reviewed on its day (5.3.2), and somebody is reminded."""

    _name = "iso10003.policy"
    _inherit = ["iso10003.policy", "iso10003.reminded"]

    @api.model
    def _get_ladders(self):
        return {"review": LADDER}

    def _get_reminder_days(self):
        return {"review": self.state == "in_force" and self.review_date}

    def _get_leader(self):
        """Return who manages disputes, and so proposes the next version."""
        return self.company_id._get_any_manager()

    def _describe_reminder(self, reminder, day):
        return self.env._("Review the policy, and set its next review")
