# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ...core import scoring
from ..mixin.people_date import format_people_number
from .checked_line import VERDICTS

# what a person writes; everything else comes from the records. Any change of it is
# another answer, which nobody has confirmed yet
ANSWER_FIELDS = frozenset(
    {"verdict", "reason", "page_id", "evidence_ids", "interviewee", "interviewed_on"}
)


class AssessmentLine(models.Model):
    """The answer to one question in one assessment.

    A person may say less than the records show, and more only with a reason.
    """

    _name = "iso10003.assessment.line"
    _description = "Answer in an assessment"
    _inherit = ["iso10003.checked.line"]
    _order = "assessment_id desc, sequence, id"
    _rec_name = "requirement_id"

    requirement_id = fields.Many2one(required=True)
    assessment_id = fields.Many2one(
        "iso10003.assessment",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    clause_result_id = fields.Many2one(
        "iso10003.assessment.clause",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    company_id = fields.Many2one(related="assessment_id.company_id", store=True)
    state = fields.Selection(related="assessment_id.state")
    sequence = fields.Integer(related="requirement_id.sequence", store=True)
    # as they were when it was asked
    weight = fields.Float(readonly=True, guarded=True, aggregator=None)
    hard = fields.Boolean(readonly=True, guarded=True)
    prerequisite = fields.Boolean(readonly=True, guarded=True)
    counts = fields.Boolean(compute="_compute_counts", store=True)
    verdict = fields.Selection(VERDICTS, "Answer", required=True, default="unchecked")
    reason = fields.Text(
        help="Why the answer is better than the records, or why the question does not "
        "apply; otherwise what the answer rests on."
    )
    answered_by_id = fields.Many2one(
        "res.users",
        "Answered by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
    )
    answered_at = fields.Datetime(
        "Answered on", readonly=True, copy=False, guarded=True
    )
    nonconformity_id = fields.Many2one(
        "mgmtsystem.nonconformity",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="odoo_iso10003.group_manager,odoo_iso10003.group_auditor",
        guarded=True,
    )

    _requirement_unique = models.UniqueIndex(
        "(assessment_id, requirement_id)", "An assessment asks each question once."
    )

    @api.depends("prerequisite", "assessment_id.profile")
    def _compute_counts(self):
        for line in self:
            registrar = line.assessment_id.profile == "registrar"
            line.counts = registrar or not line.prerequisite

    # ------------------------------------------------------------
    # Answering
    # ------------------------------------------------------------

    def _label(self, name):
        labels = dict(self._fields[name]._description_selection(self.env))
        return labels.get(self[name], "")

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        questions = self.env["iso10003.requirement"].browse(
            vals["requirement_id"] for vals in vals_list
        )
        return [
            {
                "weight": question.weight,
                "hard": question.hard,
                "prerequisite": question.prerequisite,
            }
            for question in questions
        ]

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        # a clause takes no answers of another assessment once its own is frozen
        (lines.assessment_id | lines.clause_result_id.assessment_id)._check_in_work()
        return lines

    def write(self, vals):
        self.assessment_id._check_in_work()
        answered = ANSWER_FIELDS & vals.keys()
        changed = self.filtered(
            lambda line: any(line._would_change(name, vals[name]) for name in answered)
        )
        result = super().write(vals)
        changed._note_answer()
        return result

    def _store_result(self, result, moment):
        """Keep what the records say; a person's answer stays, unless it was theirs."""
        vals = self._prepare_result_vals(result, moment)
        if (
            not self.answered_by_id
            or self.verdict == self.auto_verdict
            or self._needs_reason_for(result)
        ):
            vals["verdict"] = result.verdict
        self._guarded_write(vals)

    def _needs_reason_for(self, result):
        raised = self._find_departure(self.verdict, result.verdict) == "raised"
        return raised and not scoring.says_something(self.reason)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for line in self:
            raise UserError(
                self.env._(
                    "Question %(code)s stays in its assessment. Answer “not "
                    "applicable” with a reason instead.",
                    code=format_people_number(self.env, line.requirement_id.code),
                )
            )

    # ------------------------------------------------------------
    # What follows
    # ------------------------------------------------------------

    def action_raise_nonconformity(self):
        """Open the nonconformity of this answer, made with its action if need be."""
        self.ensure_one()
        self.assessment_id.check_access("write")
        if self.verdict not in ("no", "partly"):
            raise UserError(
                self.env._(
                    "Question %(code)s is not answered “no” or “in part”: there is "
                    "nothing to correct.",
                    code=format_people_number(self.env, self.requirement_id.code),
                )
            )
        if not self.nonconformity_id:
            nonconformity = self.env["mgmtsystem.nonconformity"].create(
                self.env["mgmtsystem.nonconformity"]._prepare_from_line(self)
            )
            self._guarded_write({"nonconformity_id": nonconformity.id})
        return self.nonconformity_id.get_formview_action()
