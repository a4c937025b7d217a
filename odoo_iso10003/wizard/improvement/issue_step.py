# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class IssueStep(models.TransientModel):
    """The one dialog for what is said of an issue."""

    _name = "iso10003.issue.step"
    _description = "Step of an issue"
    _inherit = ["iso10003.withheld"]

    issue_id = fields.Many2one("iso10003.issue", required=True, ondelete="cascade")
    question = fields.Selection(
        [
            ("act", "Action taken"),
            ("effect", "Did it work?"),
            ("take", "Take files into it"),
            ("let_go", "Let files go"),
            ("dismiss", "It is no issue"),
        ],
        required=True,
        default="act",
    )
    company_id = fields.Many2one(related="issue_id.company_id")
    rates = fields.Char(related="issue_id.rates")
    date = fields.Date(
        "Done on",
        default=lambda self: self.env.company._get_company_day(),
        deed=True,
        help="On which day the action was done.",
    )
    effect = fields.Selection(
        [("effective", "It worked"), ("not_effective", "It did not work")]
    )
    dispute_ids = fields.Many2many(
        "iso10003.dispute", "iso10003_issue_step_dispute_rel", string="Files"
    )
    reason = fields.Text(help="Kept on record; it can be erased if it names people.")

    @api.constrains("issue_id")
    def _check_may_lead(self):
        """The dialog shows its issue: not to who may not lead it."""
        for step in self.sudo(False):
            # constraints run with all rights; this one is about those of the user
            step.issue_id.check_access("write")

    def action_confirm(self):
        """Do it; the issue itself checks whether that may be."""
        self.ensure_one()
        done = getattr(self, f"_take_{self.question}")(self.issue_id)
        if isinstance(done, dict):
            return done
        return {"type": "ir.actions.act_window_close"}

    def _take_act(self, issue):
        return issue.action_note_action(self.reason, self.date)

    def _take_effect(self, issue):
        return issue.action_say_effect(self.effect, self.reason)

    def _take_take(self, issue):
        return issue.action_take_files(self.dispute_ids.ids)

    def _take_let_go(self, issue):
        return issue.action_let_go(self.dispute_ids.ids, self.reason)

    def _take_dismiss(self, issue):
        return issue.action_dismiss(self.reason)
