# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..mixin.checks import Answer

CYCLE_MONTHS = 36
# what its audits were planned by
PLANNED_BY = frozenset({"date_from", "audits_per_year", "set_id", "line_ids"})
# what top management approves beside it: a change of it is approved anew
APPROVED = PLANNED_BY | {
    "lead_id",
    "auditor_ids",
    "objectives",
    "risks",
    "priorities",
    "resources",
    "method",
}
# how an audit, and each part of it, is held
METHODS = [
    ("site", "On site"),
    ("remote", "Remote"),
    ("mixed", "On site and remote"),
]


class AuditProgramme(models.Model):
    """What is audited when, over three years (ISO 9001:2015, 9.2).

    The audits themselves are those of the management system.
    """

    _name = "iso10003.audit.programme"
    _description = "Audit programme"
    _inherit = [
        "iso10003.guarded",
        "iso10003.registered",
        "iso10003.told",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_from desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True, sealed="digest")
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
        sealed=True,
    )
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("ended", "Ended")],
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        guarded=True,
    )
    date_from = fields.Date(
        "Begins on",
        required=True,
        default=fields.Date.context_today,
        copy=False,
        tracking=True,
        sealed=True,
    )
    date_to = fields.Date("Ends on", compute="_compute_date_to", store=True)
    audits_per_year = fields.Integer(
        default=2, required=True, sealed=True, least=1, most=52
    )
    lead_id = fields.Many2one(
        "res.users",
        "Lead auditor",
        required=True,
        domain=[("share", "=", False)],
        tracking=True,
        help="Leads the audits, and has no part in what is audited.",
        sealed=True,
    )
    auditor_ids = fields.Many2many(
        "res.users",
        "iso10003_audit_programme_auditor_rel",
        "programme_id",
        "user_id",
        "Auditors",
        domain=[("share", "=", False)],
        sealed=True,
        ondelete="restrict",
    )
    objectives = fields.Text(
        help="What the programme is to show: conformity with guidance, effect, "
        "readiness for a registrar.",
        sealed="digest",
    )
    risks = fields.Text(
        "Risks and opportunities of the programme",
        help="What may keep it from its objectives, such as too few auditors, no "
        "access or failing remote means, and what is done about it (ISO 19011, 5.3).",
        sealed="digest",
    )
    priorities = fields.Text(
        help="Which clauses come first, by risk and by former results.",
        sealed="digest",
    )
    resources = fields.Text(
        help="Days, travel, means for remote audits, experts.", sealed="digest"
    )
    method = fields.Selection(
        METHODS, "How it is audited", default="mixed", sealed=True
    )
    approved_by_id = fields.Many2one(
        "res.users",
        "Approved by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
        help="Top management approves the programme before it starts.",
    )
    approved_at = fields.Datetime(
        "Approved on", readonly=True, copy=False, guarded=True
    )
    review_ids = fields.One2many(
        "iso10003.audit.programme.review", "programme_id", "Reviews and evaluations"
    )
    line_ids = fields.One2many(
        "iso10003.audit.programme.line", "programme_id", "Clauses", copy=True
    )
    audit_ids = fields.One2many("mgmtsystem.audit", "programme_id", "Audits")
    audit_count = fields.Integer("Number of audits", compute="_compute_audit_count")
    coverage = fields.Float("Clauses covered (%)", compute="_compute_coverage")

    _per_year = models.Constraint(
        "CHECK (audits_per_year BETWEEN 1 AND 12)", "Plan one to twelve audits a year."
    )
    _one_running = models.UniqueIndex(
        "(company_id) WHERE state = 'running'",
        "Another audit programme is running: end it first.",
    )

    @api.depends("date_from")
    def _compute_date_to(self):
        for programme in self:
            begins = programme.date_from
            programme.date_to = begins and begins + relativedelta(
                months=CYCLE_MONTHS, days=-1
            )

    def _compute_audit_count(self):
        counts = dict(
            self.env["mgmtsystem.audit"]._read_group(
                [("programme_id", "in", self.ids)], ["programme_id"], ["__count"]
            )
        )
        for programme in self:
            programme.audit_count = counts.get(programme, 0)

    @api.depends("line_ids.standing")
    def _compute_coverage(self):
        for programme in self:
            lines = programme.line_ids
            covered = lines.filtered(lambda line: line.standing in ("done", "planned"))
            programme.coverage = 100.0 * len(covered) / len(lines) if lines else 0.0

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        return [{"state": "draft"} for _vals in vals_list]

    def _prepare_opened_data(self):
        return {"from": self.date_from.isoformat()}

    def write(self, vals):
        if PLANNED_BY & vals.keys():
            for programme in self:
                programme._check_state("draft")
        if APPROVED & vals.keys():
            self._drop_approval()
        return super().write(vals)

    def _drop_approval(self):
        """What changes after it was approved is approved anew, while not started."""
        approved = self.filtered(
            lambda programme: programme.state == "draft" and programme.approved_at
        )
        if approved:
            approved._guarded_write({"approved_by_id": False, "approved_at": False})

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        for programme in self:
            if programme.state != "draft" or programme.audit_ids:
                raise UserError(
                    self.env._(
                        "“%(programme)s” was started and stays on record.",
                        programme=programme.name,
                    )
                )

    # ------------------------------------------------------------
    # What an assessment asks
    # ------------------------------------------------------------

    def _audit_clauses_covered(self, company):
        """103: is each clause audited, or about to be, in its interval?"""
        programme = self.search(
            [("company_id", "=", company.id), ("state", "=", "running")], limit=1
        )
        if not programme:
            return Answer(0, missing="audit_programme")
        questions = programme.set_id._get_questions(programme.company_id)
        # a set of one's own with few clauses leaves none out
        clauses = questions.clause_id | programme.set_id._get_shipped().clause_id
        covered = programme.line_ids.filtered(
            lambda line: line.standing in ("done", "planned")
        ).clause_id
        return Answer(len(clauses), clauses - covered)
