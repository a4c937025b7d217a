# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class IssueSuggest(models.TransientModel):
    """The dialog in which who leads a file says that it is one of many."""

    _name = "iso10003.issue.suggest"
    _description = "Suggest an issue"
    _inherit = ["iso10003.withheld"]

    dispute_id = fields.Many2one(
        "iso10003.dispute", "File", required=True, ondelete="cascade"
    )
    name = fields.Char("What the files have in common", required=True)
    reason = fields.Text("Why you think so", required=True)

    @api.constrains("dispute_id")
    def _check_may_lead(self):
        """The dialog shows its file: not to who may not lead it."""
        for suggested in self.sudo(False):
            # constraints run with all rights; this one is about those of the user
            suggested.dispute_id.check_access("write")

    def action_confirm(self):
        """Suggest it; the file itself checks whether that may be."""
        self.ensure_one()
        return self.dispute_id.action_suggest_issue(self.name, self.reason)
