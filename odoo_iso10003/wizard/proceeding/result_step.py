# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class ResultStep(models.TransientModel):
    """The dialog that asks for the day and reason of what becomes of a result."""

    _name = "iso10003.result.step"
    _description = "Step of a result"
    _inherit = ["iso10003.withheld"]

    result_id = fields.Many2one("iso10003.result", required=True, ondelete="cascade")
    question = fields.Selection(
        [
            ("date", "Correct the date"),
            ("review", "Decide on a review"),
            ("set_aside", "It was set aside"),
            ("uphold", "The review left it as it is"),
            ("given", "It was given"),
        ],
        required=True,
    )
    date = fields.Date(
        "On",
        default=lambda self: self.env.company._get_company_day(),
        deed=True,
    )
    decision = fields.Selection(
        [("use", "We ask for a review"), ("leave", "We let it stand")],
        "Whether we use it",
    )
    proof = fields.Binary(attachment=False, help="What shows it, such as the receipt.")
    proof_name = fields.Char("Name of the proof")
    reason = fields.Text(help="Kept on record; it can be erased if it names people.")

    @api.constrains("result_id")
    def _check_may_lead(self):
        """The dialog shows its result: not to who may not lead its file."""
        for step in self.sudo(False):
            # constraints run with all rights; this one is about those of the user
            step.result_id.dispute_id.check_access("write")

    def action_confirm(self):
        """Take the step; the result itself checks whether that may be."""
        self.ensure_one()
        getattr(self, f"_take_{self.question}")(self.result_id)
        return {"type": "ir.actions.act_window_close"}

    def _take_date(self, result):
        return result.action_correct_date(self.date, self.reason)

    def _take_given(self, result):
        return result.action_note_given(self.date, self.proof, self.proof_name)

    def _take_review(self, result):
        return result.action_decide_review(self.decision, self.reason)

    def _take_set_aside(self, result):
        return result.action_set_aside(self.date, self.reason)

    def _take_uphold(self, result):
        return result.action_uphold(self.date, self.reason)
