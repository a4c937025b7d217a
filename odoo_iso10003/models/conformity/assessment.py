# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ...core import scoring
from ..mixin.people_date import format_people_number


class Assessment(models.Model):
    """How ready the organization is for ISO 10003, at a moment.

    The first one is the gap analysis (6.3.1). Answers come from records and from
    people; frozen, they do not change any more. It speaks of conformity with
    guidance; ISO 10003 is nothing to be certified against.
    """

    _name = "iso10003.assessment"
    _description = "Readiness assessment"
    _inherit = [
        "iso10003.guarded",
        "iso10003.registered",
        "iso10003.told",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char("Number", readonly=True, copy=False, guarded=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
        fixed=True,
    )
    set_id = fields.Many2one(
        "iso10003.requirement.set",
        "Questions",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env["iso10003.requirement.set"]._get_present(),
        fixed=True,
        sealed=True,
    )
    kind = fields.Selection(
        [
            ("gap", "Gap analysis"),
            ("readiness", "Readiness"),
            ("periodic", "Periodic"),
        ],
        required=True,
        default=lambda self: self._default_kind(),
        fixed=True,
    )
    profile = fields.Selection(
        [
            ("iso_text", "ISO text"),
            ("registrar", "Registrar"),
        ],
        required=True,
        default=lambda self: self._default_profile(),
        tracking=True,
        help="ISO text: prior certificates are told, and count for nothing, as the "
        "standard can be used alone. Registrar: certificates of ISO 9001, 10001, 10002 "
        "and 10004 are wanted first; while one is missing, readiness is blocked.",
        sealed=True,
    )
    state = fields.Selection(
        [("draft", "In work"), ("done", "Frozen")],
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        guarded=True,
    )
    date = fields.Datetime(
        "Checked on", readonly=True, copy=False, index=True, guarded=True
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        tracking=True,
        sealed=True,
        ondelete="restrict",
    )
    frozen_by_id = fields.Many2one(
        "res.users",
        "Frozen by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
    )
    frozen_at = fields.Datetime("Frozen on", readonly=True, copy=False, guarded=True)
    previous_id = fields.Many2one(
        "iso10003.assessment",
        "Assessment before",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
    )
    clause_result_ids = fields.One2many(
        "iso10003.assessment.clause", "assessment_id", "Clauses"
    )
    line_ids = fields.One2many("iso10003.assessment.line", "assessment_id", "Answers")
    score = fields.Float(
        "Score (%)", compute="_compute_score", store=True, aggregator="avg"
    )
    coverage = fields.Float(
        "Answered (%)", compute="_compute_score", store=True, aggregator="avg"
    )
    change = fields.Float("Change (points)", compute="_compute_change")
    failing_count = fields.Integer("Not met", compute="_compute_score", store=True)
    unchecked_count = fields.Integer(
        "Not checked", compute="_compute_score", store=True
    )
    hard_open_count = fields.Integer(
        "Clauses with a hard question open", compute="_compute_score", store=True
    )
    departure_count = fields.Integer(
        "Beside the records",
        compute="_compute_score",
        store=True,
        help="Answers that say more than the records, and questions left out.",
    )
    unconfirmed_count = fields.Integer(
        "Waiting for a second person", compute="_compute_unconfirmed_count"
    )
    standing = fields.Char(
        "Score and coverage",
        compute="_compute_standing",
        help="The score of what was answered, and how much that is.",
    )
    blocked = fields.Boolean(
        compute="_compute_score",
        store=True,
        help="A certificate that the registrar wants first is missing.",
    )
    conclusion = fields.Text(help="What the organization makes of it.", sealed="digest")

    _name_unique = models.UniqueIndex(
        "(company_id, name)", "An assessment number is given once."
    )

    @api.model
    def _default_kind(self):
        return "readiness" if self._find_last(self.env.company) else "gap"

    @api.model
    def _default_profile(self):
        return self._find_last(self.env.company).profile or "iso_text"

    @api.model
    def _find_last(self, company, done=True):
        """Return the newest assessment of a company, of the frozen ones."""
        domain = [("company_id", "=", company.id)]
        if done:
            domain.append(("state", "=", "done"))
        return self.search(domain, limit=1)

    # ------------------------------------------------------------
    # Scores
    # ------------------------------------------------------------

    @api.depends(
        "profile",
        "clause_result_ids.score",
        "clause_result_ids.answered_weight",
        "clause_result_ids.applicable_weight",
        "clause_result_ids.hard_open",
        "line_ids.verdict",
        "line_ids.departure",
    )
    def _compute_score(self):
        for assessment in self:
            clauses = assessment.clause_result_ids
            whole = scoring.whole(
                [
                    (clause.score, clause.answered_weight, clause.applicable_weight)
                    for clause in clauses
                ]
            )
            assessment.score = whole.score or 0.0
            assessment.coverage = whole.coverage
            assessment.hard_open_count = len(clauses.filtered("hard_open"))
            counted = assessment.line_ids.filtered("counts")
            verdicts = counted.mapped("verdict")
            assessment.failing_count = verdicts.count("no") + verdicts.count("partly")
            assessment.unchecked_count = verdicts.count("unchecked")
            assessment.departure_count = len(counted.filtered("departure"))
            # what is wanted first is held, or blocks: leaving it out is no certificate
            assessment.blocked = assessment.profile == "registrar" and any(
                line.verdict != "yes"
                for line in assessment.line_ids.filtered("prerequisite")
            )

    @api.depends("line_ids.departure", "line_ids.confirmed_by_id")
    def _compute_unconfirmed_count(self):
        for assessment in self:
            assessment.unconfirmed_count = len(
                assessment.line_ids.filtered(lambda line: line._waits_for_second())
            )

    @api.depends("score", "coverage")
    @api.depends_context("lang")
    def _compute_standing(self):
        for assessment in self:
            assessment.standing = self.env._(
                "%(score)s %% of the %(coverage)s %% answered",
                score=format_people_number(self.env, round(assessment.score)),
                coverage=format_people_number(self.env, round(assessment.coverage)),
            )

    @api.depends("score", "previous_id.score")
    def _compute_change(self):
        for assessment in self:
            previous = assessment.previous_id
            assessment.change = assessment.score - previous.score if previous else 0.0

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        """Leave those in which nothing was answered out of averages."""
        if aggregate_spec != "score:avg":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "AVG(%s) FILTER (WHERE %s > 0)",
            self._field_to_sql(self._table, "score", query),
            self._field_to_sql(self._table, "coverage", query),
        )

    # ------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        assessments = super().create(vals_list)
        assessments._add_lines()
        return assessments

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        # numbers are given to whoever begins an assessment
        sequence = self.env["ir.sequence"].sudo()
        prepared = []
        for vals in vals_list:
            company = self.env["res.company"].browse(
                vals.get("company_id") or self.env.company.id
            )
            prepared.append(
                {
                    "name": sequence.with_company(company).next_by_code(self._name),
                    "state": "draft",
                    "date": fields.Datetime.now(),
                    "previous_id": self._find_last(company).id,
                }
            )
        return prepared

    def _prepare_opened_data(self):
        return {"number": self.name, "kind": self.kind, "profile": self.profile}

    def write(self, vals):
        if any(not self._is_conversation_field(name) for name in vals):
            self._check_in_work()
        return super().write(vals)

    @api.model
    def _is_conversation_field(self, name):
        return name.startswith(("message_", "activity_"))

    def _check_in_work(self):
        for assessment in self:
            if assessment.state != "draft":
                raise UserError(
                    self.env._(
                        "Assessment %(number)s is frozen and does not change any "
                        "more. Begin a new one.",
                        number=assessment.name,
                    )
                )

    @api.constrains("set_id", "line_ids")
    def _check_has_questions(self):
        for assessment in self:
            if not assessment.set_id._get_questions(assessment.company_id):
                raise ValidationError(
                    self.env._(
                        "The set “%(set)s” has no questions to answer.",
                        set=assessment.set_id.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        for assessment in self:
            raise UserError(
                self.env._(
                    "Assessment %(number)s stays on record. What is wrong with it can "
                    "be put right in the next one.",
                    number=assessment.name,
                )
            )

    def copy_data(self, default=None):
        raise UserError(
            self.env._("An assessment cannot be duplicated: begin a new one.")
        )
