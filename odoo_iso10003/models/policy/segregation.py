# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...core import segregation
from ..mixin.people_date import format_people_number


class Segregation(models.Model):
    """How strictly a policy version means one rule of separate duties.

    The rules are those of ``core/segregation.py``; a version has a row for each.
    """

    _name = "iso10003.segregation"
    _description = "Rule of separate duties"
    _inherit = ["iso10003.guarded", "iso10003.policy.part", "iso10003.cached"]
    _order = "policy_id, sequence, id"
    _rec_name = "code"

    policy_id = fields.Many2one(
        "iso10003.policy",
        "Policy version",
        required=True,
        index=True,
        ondelete="cascade",
        fixed=True,
    )
    company_id = fields.Many2one(related="policy_id.company_id")
    sequence = fields.Integer(readonly=True, fixed=True)
    code = fields.Selection(
        [
            ("evaluator_complaint", "Who evaluates did not handle the complaint"),
            ("evaluator_owner", "Who evaluates did not own the file"),
            ("findings_evaluator", "Who evaluates writes the findings"),
            ("owner_complaint", "Who owns the file did not handle the complaint"),
            (
                "rejection_complaint",
                "Who refuses the complainant did not handle the complaint",
            ),
            ("approver_author", "Who approves did not write it"),
            (
                "reviewer_handler",
                "Who reviews a referral handled neither it nor its dispute",
            ),
            ("reviewer_approver", "Who reviews a referral did not approve it"),
            (
                "waiver_counsel",
                "Who gives up a right of appeal is not the counsel in charge",
            ),
            ("override_self", "Nobody lets oneself pass over a rule"),
            ("certifier_self", "Nobody certifies oneself"),
            ("auditor_audited", "Who audits had no part in what is audited"),
            (
                "concession_asker",
                "Who approves what we give did not ask for the approval",
            ),
            ("track_owner", "Who lets less be asked of a file never owned it"),
            ("evaluator_interested", "Who evaluates has no interest in the dispute"),
            ("owner_interested", "Who owns the file has no interest in the dispute"),
            (
                "authorizer_interested",
                "Who approves what we give has no interest in the dispute",
            ),
            (
                "resolver_interested",
                "Who resolves the dispute has no interest in it",
            ),
            (
                "confirmer_answerer",
                "Who confirms an answer better than the records did not give it",
            ),
        ],
        "Rule",
        required=True,
        readonly=True,
        fixed=True,
    )
    strength = fields.Selection(
        [
            ("strict", "Strict: refused"),
            ("told", "Told: with a reason, on record"),
            ("off", "Off"),
        ],
        "Strictness",
        required=True,
    )
    clause = fields.Char(compute="_compute_clause")
    is_fixed = fields.Boolean(compute="_compute_clause")

    _policy_code_unique = models.UniqueIndex(
        "(policy_id, code)", "A policy version has each rule of separate duties once."
    )

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_clause(self):
        for row in self:
            row.clause = row.code and self._write_clause(row.code)
            row.is_fixed = bool(row.code) and segregation.RULES[row.code].fixed

    @api.model
    def _write_clause(self, code):
        """Return the clause behind a rule in the reader's digits."""
        clause = segregation.RULES[code].clause
        return format_people_number(self.env, clause)

    @api.constrains("code", "strength")
    def _check_strength(self):
        for row in self:
            if row.strength not in segregation.RULES[row.code].choices:
                labels = dict(self._fields["code"]._description_selection(self.env))
                strengths = dict(
                    self._fields["strength"]._description_selection(self.env)
                )
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” cannot be “%(strength)s” (%(clause)s). Choose: "
                        "%(choices)s.",
                        rule=labels[row.code],
                        strength=strengths[row.strength],
                        clause=row._write_clause(row.code),
                        choices=", ".join(
                            strengths[choice]
                            for choice in segregation.RULES[row.code].choices
                        ),
                    )
                )
