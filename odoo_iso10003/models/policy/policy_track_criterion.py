# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import float_repr

from ...core import proportion
from ..mixin.people_amount import format_people_amount


class PolicyTrackCriterion(models.Model):
    """What lets a file be on a track of its policy version at least."""

    _name = "iso10003.policy.track.criterion"
    _description = "Criterion of a track"
    _inherit = ["iso10003.guarded", "iso10003.policy.part", "iso10003.cached"]
    _order = "track_id, id"
    _policy_path = "track_id.policy_id"

    track_id = fields.Many2one(
        "iso10003.policy.track",
        required=True,
        index=True,
        ondelete="cascade",
        fixed=True,
    )
    company_id = fields.Many2one(related="track_id.policy_id.company_id")
    currency_id = fields.Many2one(related="track_id.policy_id.currency_id")
    amount = fields.Monetary(
        "Claimed from",
        help="From this amount on, in the currency of the policy. Zero: any amount.",
    )
    severity = fields.Selection(lambda self: self._choices("severity"), "Severity from")
    method = fields.Selection(lambda self: self._choices("method"))
    complainant_type = fields.Selection(
        lambda self: self._choices("complainant_type"), "Kind of complainant"
    )

    _amount_not_negative = models.Constraint(
        "CHECK (amount >= 0)", "The amount of a criterion cannot be negative."
    )

    _says_something = models.Constraint(
        """CHECK (amount > 0 OR severity IS NOT NULL OR method IS NOT NULL
            OR complainant_type IS NOT NULL)""",
        "A criterion of a track says nothing. Give an amount, a severity, a method or "
        "a kind of complainant, or take the line away.",
    )

    @api.model
    def _choices(self, name):
        disputes = self.env["iso10003.dispute"]
        return disputes._fields[name]._description_selection(self.env)

    @api.depends("amount", "severity", "method", "complainant_type", "currency_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for criterion in self:
            criterion.display_name = criterion._describe()

    def _describe(self):
        """Say which files it is about."""
        parts = []
        if self.amount:
            amount = format_people_amount(self.env, self.amount, self.currency_id)
            parts.append(self.env._("claimed from %(amount)s", amount=amount))
        if self.severity:
            parts.append(
                self.env._("severity from “%(level)s”", level=self._tell("severity"))
            )
        parts += [
            self._tell(name) for name in ("method", "complainant_type") if self[name]
        ]
        return " + ".join(parts)

    def _tell(self, name):
        choices = self._fields[name]._description_selection(self.env)
        return dict(choices).get(self[name], "")

    def _pack(self):
        return proportion.Criterion(
            self.amount,
            self.severity or "",
            self.method or "",
            self.complainant_type or "",
        )

    def _prepare_sealed(self):
        places = self.currency_id.decimal_places or 2
        return {
            "amount": float_repr(self.amount, places),
            "severity": self.severity or None,
            "method": self.method or None,
            "complainant_type": self.complainant_type or None,
        }
