# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class ProceedingStep(models.TransientModel):
    """The dialog that asks on which day a step was taken, and what it needs."""

    _name = "iso10003.proceeding.step"
    _description = "Step of a proceeding"
    _inherit = ["iso10003.withheld"]

    proceeding_id = fields.Many2one(
        "iso10003.proceeding", required=True, ondelete="cascade"
    )
    question = fields.Selection(
        [
            ("answer", "Note the answer"),
            ("admit", "Note the admission"),
            ("begin", "Note that it runs"),
            ("stay", "Stay it"),
            ("resume", "Let it go on"),
            ("complete", "Note that the file is complete"),
            ("served", "Note that the result was served"),
            ("end", "End it"),
            ("pass_on", "Passed on"),
            ("explain_beside", "Say why both go on"),
            ("continue", "Next step at this body"),
            ("reopen", "Reopen"),
        ],
        required=True,
    )
    date = fields.Date(
        "Day",
        default=lambda self: self.env.company._get_company_day(),
        deed=True,
        help="On which day it happened.",
    )
    reference = fields.Char("Reference of the body")
    ended_by = fields.Selection(lambda self: self._choices("ended_by"), "How it ended")
    end_ground = fields.Selection(lambda self: self._choices("end_ground"), "Ground")
    method_id = fields.Many2one("iso10003.method")
    next_method_ids = fields.Many2many(
        string="What may follow",
        comodel_name="iso10003.method",
        compute="_compute_next_method_ids",
    )
    reason = fields.Text(help="Kept on record; it can be erased if it names people.")

    @api.model
    def _choices(self, name):
        field = self.env["iso10003.proceeding"]._fields[name]
        return field._description_selection(self.env)

    @api.depends("proceeding_id")
    def _compute_next_method_ids(self):
        for step in self:
            step.next_method_ids = step.proceeding_id._find_next_methods()

    @api.constrains("proceeding_id", "question")
    def _check_may_lead(self):
        """The dialog shows its file: not to who may not lead it."""
        for step in self.sudo(False):
            # constraints run with all rights; this one is about those of the user
            step.proceeding_id._check_may_ask(step.question)

    def action_confirm(self):
        """Take the step; the proceeding itself checks whether that may be."""
        self.ensure_one()
        done = getattr(self, f"_take_{self.question}")(self.proceeding_id)
        if isinstance(done, dict):
            return done
        return {"type": "ir.actions.act_window_close"}

    def _take_answer(self, proceeding):
        return proceeding.action_answer(self.date)

    def _take_admit(self, proceeding):
        return proceeding.action_admit(self.date, self.reference)

    def _take_begin(self, proceeding):
        return proceeding.action_begin(self.date)

    def _take_stay(self, proceeding):
        return proceeding.action_stay(self.reason, self.date)

    def _take_resume(self, proceeding):
        return proceeding.action_resume(self.date)

    def _take_complete(self, proceeding):
        return proceeding.action_note_complete(self.date)

    def _take_served(self, proceeding):
        return proceeding.action_note_served(self.date)

    def _take_end(self, proceeding):
        return proceeding.action_end(
            self.ended_by, self.reason, self.date, self.end_ground
        )

    def _take_pass_on(self, proceeding):
        return proceeding.action_pass_on(self.reason, self.date)

    def _take_explain_beside(self, proceeding):
        return proceeding.action_explain_beside(self.reason)

    def _take_continue(self, proceeding):
        return proceeding.action_continue(self.method_id.id)

    def _take_reopen(self, proceeding):
        return proceeding.action_reopen(self.reason)
