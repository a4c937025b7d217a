# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...core import scoring
from ..mixin.people_date import format_people_number


class AssessmentClause(models.Model):
    """What one clause scored in one assessment."""

    _name = "iso10003.assessment.clause"
    _description = "Score of a clause"
    _inherit = ["iso10003.guarded", "iso10003.withheld"]
    _order = "assessment_id desc, sequence, id"
    _rec_name = "clause_id"

    assessment_id = fields.Many2one(
        "iso10003.assessment",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    company_id = fields.Many2one(related="assessment_id.company_id", store=True)
    date = fields.Datetime(related="assessment_id.date", store=True)
    state = fields.Selection(related="assessment_id.state")
    blocked = fields.Boolean(compute="_compute_blocked")
    clause_id = fields.Many2one(
        "iso10003.clause",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    sequence = fields.Integer(related="clause_id.sequence", store=True)
    part = fields.Selection(
        "_selection_part",
        compute="_compute_part",
        store=True,
        help="The main clause it belongs to, with its standard.",
    )
    line_ids = fields.One2many(
        "iso10003.assessment.line", "clause_result_id", "Answers"
    )
    score = fields.Float(
        "Score (%)", compute="_compute_score", store=True, aggregator="avg"
    )
    coverage = fields.Float(
        "Answered (%)", compute="_compute_score", store=True, aggregator="avg"
    )
    capped = fields.Boolean(
        compute="_compute_score",
        store=True,
        help="A hard question does not hold or is not answered, so the clause scores "
        "one half at most.",
    )
    hard_open = fields.Boolean(
        "Hard question open",
        compute="_compute_score",
        store=True,
        help="A hard question is not answered: the clause scores one half at most.",
    )
    answered_weight = fields.Float(
        compute="_compute_score",
        store=True,
        aggregator=None,
        help="What the answered questions weigh together.",
    )
    applicable_weight = fields.Float(
        compute="_compute_score", store=True, aggregator=None
    )
    applicable_count = fields.Integer(
        "Applicable", compute="_compute_score", store=True
    )
    answered_count = fields.Integer("Answered", compute="_compute_score", store=True)
    answered_text = fields.Char("Answered of all", compute="_compute_answered_text")
    excluded_count = fields.Integer("Left out", compute="_compute_score", store=True)
    failing_count = fields.Integer("Not met", compute="_compute_score", store=True)
    change = fields.Float("Change (points)", compute="_compute_change")
    level = fields.Selection(
        [
            ("good", "Good"),
            ("middling", "To be improved"),
            ("poor", "Poor"),
            ("open", "Not checked"),
            ("na", "Not applicable"),
        ],
        compute="_compute_level",
    )

    _clause_unique = models.UniqueIndex(
        "(assessment_id, clause_id)", "An assessment has each clause once."
    )

    # kept as a code, and told to each reader in their own words
    def _selection_part(self):
        return self.env["iso10003.clause"]._get_parts()

    @api.depends("clause_id.part")
    def _compute_part(self):
        for clause, results in self.grouped("clause_id").items():
            results.part = clause.part

    @api.depends(
        "line_ids.verdict", "line_ids.counts", "line_ids.hard", "line_ids.weight"
    )
    def _compute_score(self):
        for result in self:
            lines = result.line_ids.filtered("counts")
            score = scoring.score(
                [(line.verdict, line.weight, line.hard) for line in lines]
            )
            result.score = score.score or 0.0
            result.coverage = score.coverage
            result.capped = score.capped
            result.hard_open = score.hard_open
            result.answered_weight = score.answered
            result.applicable_weight = score.applicable
            verdicts = lines.mapped("verdict")
            result.excluded_count = verdicts.count("na")
            result.applicable_count = len(verdicts) - result.excluded_count
            result.answered_count = sum(
                verdict in scoring.POINTS for verdict in verdicts
            )
            result.failing_count = verdicts.count("no") + verdicts.count("partly")

    @api.depends("assessment_id.blocked", "line_ids.prerequisite")
    def _compute_blocked(self):
        for result in self:
            wanted = any(result.line_ids.mapped("prerequisite"))
            result.blocked = wanted and result.assessment_id.blocked

    @api.depends("answered_count", "applicable_count")
    @api.depends_context("lang")
    def _compute_answered_text(self):
        for result in self:
            result.answered_text = self.env._(
                "Answered %(answered)s of %(all)s",
                answered=format_people_number(self.env, result.answered_count),
                all=format_people_number(self.env, result.applicable_count),
            )

    @api.depends("score", "assessment_id.previous_id")
    def _compute_change(self):
        before = {
            (result.assessment_id, result.clause_id): result
            for result in self.assessment_id.previous_id.clause_result_ids
        }
        for result in self:
            key = (result.assessment_id.previous_id, result.clause_id)
            former = before.get(key)
            both = former and former.answered_count and result.answered_count
            result.change = result.score - former.score if both else 0.0

    @api.depends("score", "answered_count", "applicable_count", "excluded_count")
    def _compute_level(self):
        for result in self:
            if result.excluded_count and not result.applicable_count:
                result.level = "na"
            elif not result.answered_count:
                result.level = "open"
            elif result.score >= 80:
                result.level = "good"
            else:
                result.level = "middling" if result.score > 50 else "poor"

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        """Average scores as the whole is: by weight, and only what was answered."""
        if aggregate_spec != "score:avg":
            return super()._read_group_select(aggregate_spec, query)
        score = self._field_to_sql(self._table, "score", query)
        weight = self._field_to_sql(self._table, "answered_weight", query)
        return SQL(
            "SUM(%(score)s * %(weight)s) / NULLIF(SUM(%(weight)s), 0)",
            score=score,
            weight=weight,
        )

    # ------------------------------------------------------------
    # Frozen with the assessment
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        results = super().create(vals_list)
        results.assessment_id._check_in_work()
        return results

    def write(self, vals):
        self.assessment_id._check_in_work()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for result in self:
            raise UserError(
                self.env._(
                    "Clause %(clause)s stays in assessment %(number)s.",
                    clause=format_people_number(self.env, result.clause_id.number),
                    number=result.assessment_id.name,
                )
            )

    def action_view_lines(self):
        """Show the questions of this clause with their answers."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.assessment_line_action"
        )
        return {
            **action,
            "name": self.clause_id.display_name,
            "display_name": self.clause_id.display_name,
            "domain": [("clause_result_id", "=", self.id)],
            "context": {},
        }
