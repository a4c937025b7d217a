# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import api, fields, models

from ...core import advisor

WEIGHTS = [("0", "Not at all"), ("1", "Somewhat"), ("2", "Much")]


class MethodAdvice(models.TransientModel):
    """What weighs in a dispute, and which methods suit that, in their order (4.8)."""

    _name = "iso10003.method.advice"
    _description = "Advice on the method"
    _inherit = ["iso10003.withheld"]

    dispute_id = fields.Many2one("iso10003.dispute", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="dispute_id.company_id")
    amount = fields.Selection(
        WEIGHTS, "The amount", required=True, default=lambda self: self._guess("amount")
    )
    relationship = fields.Selection(
        WEIGHTS,
        "That both sides go on with each other",
        required=True,
        default="1",
    )
    urgency = fields.Selection(
        WEIGHTS, "That it is over soon", required=True, default="1"
    )
    evidence = fields.Selection(
        WEIGHTS, "Evidence that somebody has to weigh", required=True, default="1"
    )
    finding = fields.Selection(
        WEIGHTS, "A finding on who is right", required=True, default="0"
    )
    border = fields.Selection(
        WEIGHTS,
        "That the sides live in different countries",
        required=True,
        default=lambda self: self._guess("border"),
    )
    enforcing = fields.Selection(
        WEIGHTS, "That the result can be enforced", required=True, default="0"
    )
    people = fields.Selection(
        WEIGHTS, "That others are affected too", required=True, default="0"
    )
    ranking = fields.Html(compute="_compute_ranking")
    best_ids = fields.Many2many(
        "iso10003.method", compute="_compute_ranking", string="Suit best"
    )
    method_id = fields.Many2one(
        "iso10003.method",
        required=True,
        domain="[('company_id', 'in', [False, company_id]), "
        "('own_ids', 'not any', [('company_id', '=', company_id)])]",
        default=lambda self: self._guess_method(),
    )
    reason = fields.Text(
        help="Why, where the method is not among those that suit best. It is kept on "
        "record."
    )
    is_best = fields.Boolean(compute="_compute_ranking")

    @api.model
    def _get_dispute(self):
        disputes = self.env["iso10003.dispute"]
        return disputes.browse(self.env.context.get("default_dispute_id") or ())

    def _guess(self, criterion):
        """Begin with what the file says."""
        dispute = self._get_dispute()
        return dispute._guess_weight(criterion) if dispute else "0"

    def _guess_method(self):
        dispute = self._get_dispute()
        return dispute.method_id if dispute else False

    @api.constrains("dispute_id")
    def _check_may_lead(self):
        for advice in self.sudo(False):  # constraints run with all rights
            advice.dispute_id.check_access("write")

    def _get_weights(self):
        return {name: int(self[name] or 0) for name in advisor.CRITERIA}

    @api.depends("dispute_id", "method_id", *advisor.CRITERIA)
    @api.depends_context("lang")
    def _compute_ranking(self):
        for advice in self:
            ranked = advice.dispute_id._advise_methods(advice._get_weights())
            best = advisor.find_best(ranked)
            advice.best_ids = self.env["iso10003.method"].browse(best)
            advice.is_best = advice.method_id.id in best
            advice.ranking = advice._tell_ranking(ranked, best)

    def _tell_ranking(self, ranked, best):
        methods = self.env["iso10003.method"]
        lines = Markup("").join(
            Markup("<li>%s</li>") % methods.browse(one.method)._tell_advice(one)
            for one in ranked
        )
        told = Markup("<ol>%s</ol>") % lines
        if not best:
            return told + Markup("<p>%s</p>") % self.env._(
                "The table tells none apart for what you said. Choose the one that "
                "suits, and say why."
            )
        return told

    def action_confirm(self):
        """Choose the method; the dispute itself checks whether it may."""
        self.ensure_one()
        self.dispute_id.action_choose_method(
            self.method_id.id, self._get_weights(), self.reason
        )
        return {"type": "ir.actions.act_window_close"}
