# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...core import flow


class DisputeStep(models.TransientModel):
    """The one dialog that asks for the reason of a step, and what else it needs."""

    _name = "iso10003.dispute.step"
    _description = "Step of a dispute"
    _inherit = ["iso10003.withheld"]

    dispute_id = fields.Many2one("iso10003.dispute", required=True, ondelete="cascade")
    question = fields.Selection(
        [
            ("advance", "Go on although something is wanted"),
            ("step_back", "Send back"),
            ("result", "Note the result"),
            ("result_date", "Correct the date of the result"),
            ("close", "End the file early"),
            ("reopen", "Reopen"),
            ("hold", "Put on hold"),
            ("override", "Override independence"),
            ("complainant", "Correct the complainant"),
        ],
        required=True,
    )
    result = fields.Selection(lambda self: self._outcomes(flow.RESULTS))
    date = fields.Date(
        "Result of",
        default=lambda self: self._default_date(),
        help="The day on which it was agreed, recommended or decided.",
        deed=True,
    )
    early_end = fields.Selection(
        lambda self: self._outcomes(flow.EARLY_ENDS), "How it ends"
    )
    evaluator_id = fields.Many2one("res.users", domain=[("share", "=", False)])
    partner_id = fields.Many2one("res.partner", "Complainant")
    reason = fields.Text(help="Kept on record; it can be erased if it names people.")
    gate_checklist = fields.Json(
        "What is still wanted", compute="_compute_gate_checklist"
    )

    @api.model
    def _outcomes(self, codes):
        outcome = self.env["iso10003.dispute"]._fields["outcome"]
        labels = dict(outcome._description_selection(self.env))
        return [(code, labels[code]) for code in codes]

    def _default_date(self):
        disputes = self.env["iso10003.dispute"]
        dispute = disputes.browse(self.env.context.get("default_dispute_id") or ())
        return dispute.outcome_date or dispute._get_company_day()

    @api.constrains("dispute_id")
    def _check_may_lead(self):
        """The dialog shows its file's name and gates: not to who may not lead it."""
        # constraints run with all rights; this one is about those of the user
        self.sudo(False).dispute_id.check_access("write")

    @api.depends("dispute_id", "question")
    def _compute_gate_checklist(self):
        for step in self:
            way = "early_end" if step.question == "close" else "forward"
            asked = step.question in ("advance", "close", "reopen")
            step.gate_checklist = (
                step.dispute_id._prepare_gate_checklist(way) if asked else []
            )

    def action_confirm(self):
        """Take the step; the dispute itself checks whether it may."""
        self.ensure_one()
        getattr(self, f"_take_{self.question}")(self.dispute_id)
        return {"type": "ir.actions.act_window_close"}

    def _take_advance(self, dispute):
        return dispute.action_advance(self.reason or "")

    def _take_step_back(self, dispute):
        return dispute.action_step_back(self.reason)

    def _take_result(self, dispute):
        return dispute.action_note_result(self.result, self.reason, self.date)

    def _take_result_date(self, dispute):
        return dispute.action_correct_result_date(self.date, self.reason)

    def _take_close(self, dispute):
        return dispute.action_close(self.early_end, self.reason)

    def _take_reopen(self, dispute):
        return dispute.action_reopen(self.reason)

    def _take_hold(self, dispute):
        return dispute.action_hold(self.reason)

    def _take_complainant(self, dispute):
        return dispute.action_change_complainant(self.partner_id.id, self.reason)

    def _take_override(self, dispute):
        return dispute.action_override_independence(self.evaluator_id.id, self.reason)
