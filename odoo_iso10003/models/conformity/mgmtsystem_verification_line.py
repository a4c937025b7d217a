# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...core import scoring
from ..mixin.checks import Rule
from ..mixin.people_date import format_people_number
from .mgmtsystem_audit import SEEN_BY

# an auditor's grades, and the verdicts of checks that they are compared to
GRADES = [
    ("conform", "Conforms"),
    ("partly", "Conforms in part"),
    ("not", "Does not conform"),
    ("na", "Not applicable"),
    ("unchecked", "Not checked"),
]
FINDINGS = ("partly", "not")
CLASSES = [
    ("major", "Major"),
    ("minor", "Minor"),
    ("observation", "Observation"),
]
VERDICT_OF_GRADE = {"conform": "yes", "partly": "partly", "not": "no"}


class MgmtsystemVerificationLine(models.Model):
    """A line of an audit's checklist with a graded answer, evidence and what follows.

    The Boolean ``is_conformed`` stays true to the grade; lines that were never graded
    keep what they had.
    """

    _name = "mgmtsystem.verification.line"
    _inherit = [
        "mgmtsystem.verification.line",
        "iso10003.checked.line",
        "iso10003.searched",
        "iso10003.withheld",
    ]

    question = fields.Char(
        "Audit question, as read",
        compute="_compute_question",
        groups=SEEN_BY,
        help="In the language of the reader.",
    )
    grade = fields.Selection(GRADES, "Answer", index=True, groups=SEEN_BY)
    own_clause_id = fields.Many2one(
        "iso10003.clause",
        "Clause of an own question",
        ondelete="restrict",
        groups=SEEN_BY,
        help="Of a question that the auditor added.",
    )
    finding_class = fields.Selection(
        CLASSES,
        "Class",
        groups=SEEN_BY,
        help="How grave the finding is, by the judgement of the auditor.",
    )
    waived_by_id = fields.Many2one(
        "res.users",
        "No nonconformity, decided by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups=SEEN_BY,
        guarded=True,
    )
    waived_at = fields.Datetime(
        "Decided on", readonly=True, copy=False, groups=SEEN_BY, guarded=True
    )
    reason = fields.Text(
        "Why",
        groups=SEEN_BY,
        help="Why it does not apply, why it is better than the records say, or why a "
        "finding needs no nonconformity.",
    )
    evidence = fields.Text(
        "Evidence seen", groups=SEEN_BY, help="What was looked at, and who was asked."
    )
    evidence_ids = fields.Many2many(
        "ir.attachment",
        "iso10003_verification_attachment_rel",
        "line_id",
        "attachment_id",
        "Attachments",
        groups=SEEN_BY,
    )
    dispute_ids = fields.Many2many(
        "iso10003.dispute",
        "iso10003_verification_dispute_rel",
        "line_id",
        "dispute_id",
        "Disputes concerned",
        groups="odoo_iso10003.group_manager,odoo_iso10003.group_auditor",
    )
    # not stored: storing it would touch all lines that are there already
    is_finding = fields.Boolean(
        "Finding",
        compute="_compute_is_finding",
        search="_search_is_finding",
        groups=SEEN_BY,
    )
    nonconformity_id = fields.Many2one(
        "mgmtsystem.nonconformity",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups=SEEN_BY,
    )

    @api.depends("name", "requirement_id")
    @api.depends_context("lang")
    def _compute_question(self):
        for line in self:
            # what an audit asks is no secret to who sees its lines
            line.question = line.sudo().requirement_id.name or line.name

    @api.depends("grade")
    def _compute_is_finding(self):
        for line in self:
            line.is_finding = line.grade in FINDINGS

    def _search_is_finding(self, operator, value):
        if operator != "in":
            return NotImplemented
        finding = Domain("grade", "in", FINDINGS)
        return finding if True in value else ~finding

    # ------------------------------------------------------------
    # Grade and Boolean
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(
            [self._align(self._with_company(vals)) for vals in vals_list]
        )
        lines.audit_id._check_in_work()
        return lines

    @api.model
    def _with_company(self, vals):
        """Return the values with the company of the audit, where none is given."""
        audit = self.env["mgmtsystem.audit"].browse(vals.get("audit_id") or ())
        if "company_id" in vals or not audit.dispute_audit:
            return vals
        return {**vals, "company_id": audit.company_id.id}

    def write(self, vals):
        self.audit_id._check_in_work()
        if "audit_id" in vals:
            self.filtered(
                lambda line: line._would_change("audit_id", vals["audit_id"])
            )._check_not_asked()
        if {"grade", "reason"} & vals.keys():
            self._drop_decision()
        if "is_conformed" in vals and not vals.get("grade"):
            # whoever ticks the box of a graded line grades it
            graded = self.filtered("grade")
            if graded:
                grade = "conform" if vals["is_conformed"] else "not"
                changed = graded.filtered(
                    lambda line: line.is_conformed != bool(vals["is_conformed"])
                )
                super(MgmtsystemVerificationLine, changed).write(
                    self._align({**vals, "grade": grade})
                )
                return super(MgmtsystemVerificationLine, self - changed).write(vals)
        return super().write(self._align(vals))

    def _drop_decision(self):
        """Another answer or reason is decided on anew."""
        if decided := self.filtered("waived_by_id"):
            decided._guarded_write({"waived_by_id": False, "waived_at": False})

    @api.model
    def _align(self, vals):
        """Let the Boolean say what the grade says."""
        if not vals.get("grade"):
            return vals
        return {**vals, "is_conformed": vals["grade"] == "conform"}

    @api.constrains("grade", "reason", "auto_verdict")
    def _check_reason(self):
        for line in self:
            if (line.reason or "").strip():
                continue
            verdict = VERDICT_OF_GRADE.get(line.grade)
            if verdict and line._find_departure(verdict) == "raised":
                raise ValidationError(
                    self.env._(
                        "Question %(code)s: the records say less than that. Give a "
                        "reason for the better answer.",
                        code=format_people_number(self.env, line.requirement_id.code),
                    )
                )
            if line.grade == "na":
                raise ValidationError(
                    self.env._(
                        "“%(question)s”: say why it does not apply.",
                        question=line.name,
                    )
                )

    @api.constrains("company_id", "audit_id")
    def _check_company_of_audit(self):
        """What was found is counted where it was found."""
        for line in self.filtered("audit_id.dispute_audit"):
            audit = line.audit_id
            if audit.company_id and line.company_id != audit.company_id:
                raise ValidationError(
                    self.env._(
                        "“%(question)s” is of the company of its audit, %(company)s.",
                        question=line.question,
                        company=audit.company_id.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        self._check_not_asked()
        self.audit_id._check_in_work()

    def _check_not_asked(self):
        """A question that was asked is answered, not taken away."""
        for line in self:
            if line.requirement_id and line.audit_id.dispute_audit:
                raise UserError(
                    self.env._(
                        "“%(question)s” stays in the audit. Answer “not applicable” "
                        "with a reason instead.",
                        question=line.name,
                    )
                )

    # ------------------------------------------------------------
    # What follows
    # ------------------------------------------------------------

    def action_raise_nonconformity(self):
        """Open the nonconformity of this finding, made if need be."""
        self.ensure_one()
        self.check_access("write")
        if not self.is_finding:
            raise UserError(
                self.env._(
                    "“%(question)s” is no finding: grade it “conforms in part” or "
                    "“does not conform” first.",
                    question=self.name,
                )
            )
        if not self.nonconformity_id:
            Nonconformity = self.env["mgmtsystem.nonconformity"]
            if not self.finding_class:
                # a proposal, which the auditor may class otherwise
                hard = self.requirement_id.hard
                self.finding_class = "major" if hard else "minor"
            self.nonconformity_id = Nonconformity.create(
                Nonconformity._prepare_from_line(self)
            )
            self.nonconformity_id._ask_owner()
        return self.nonconformity_id.get_formview_action()

    def action_waive_nonconformity(self):
        """Decide that a finding needs no nonconformity; its reason stands beside it.

        :raises UserError: for anybody but an auditor of the audit, and without reason
        """
        for line in self:
            line.check_access("write")
            audit = line.audit_id
            audit._check_in_work()
            if not line.is_finding or line.nonconformity_id:
                raise UserError(
                    self.env._(
                        "“%(question)s” is no finding without a nonconformity.",
                        question=line.question,
                    )
                )
            if self.env.user not in audit.user_id | audit.auditor_user_ids:
                raise UserError(
                    self.env._(
                        "“%(question)s”: an auditor of “%(audit)s” decides that no "
                        "nonconformity is needed, and nobody who is audited.",
                        question=line.question,
                        audit=audit.name or audit.reference,
                    )
                )
            if not scoring.says_something(line.reason):
                raise UserError(
                    self.env._(
                        "“%(question)s”: say in a few words why no nonconformity is "
                        "needed; it is printed in the report.",
                        question=line.question,
                    )
                )
            line._guarded_write(
                {"waived_by_id": self.env.uid, "waived_at": fields.Datetime.now()}
            )
        return True

    def _is_asked(self):
        """Whether it is a question of the audit: of the set, or of the auditor."""
        return bool(self.requirement_id or self.grade or self.own_clause_id)

    def _get_clause(self):
        return self.clause_id or self.own_clause_id

    def _is_covering(self):
        """Whether its clause was audited by it: asked, and graded."""
        return self.grade in VERDICT_OF_GRADE

    def _lacks_evidence(self):
        """Whether a grade rests on nothing: neither words, files nor records."""
        self.ensure_one()
        if self.grade not in VERDICT_OF_GRADE:
            return False
        said = scoring.says_something(self.evidence) or scoring.says_something(
            self.reason
        )
        # that there are files is asked, whoever may read them
        shown = self.sudo()
        seen = shown.evidence_ids.filtered("file_size") or shown.dispute_ids
        by_records = self.auto_verdict == VERDICT_OF_GRADE[self.grade]
        return not (said or seen or by_records)

    def _tell_codes(self):
        """Return the numbers of the questions as their reader writes them."""
        return [
            format_people_number(self.env, line.requirement_id.code)
            if line.requirement_id
            else f"“{line.question}”"
            for line in self
        ]

    def _lacks_follow_up(self):
        """Whether it is a finding with neither a nonconformity nor a decision."""
        self.ensure_one()
        return self.is_finding and not self.nonconformity_id and not self.waived_by_id

    # ------------------------------------------------------------
    # What an assessment asks
    # ------------------------------------------------------------

    def _audit_findings_followed(self, company):
        """106: has each finding a nonconformity, or an auditor's decision for none?

        Of audits that were closed before auditors decided, a reason is enough.
        """
        return Rule(
            Domain("is_finding", "=", True)
            & Domain("audit_id.dispute_audit", "=", True)
            & (Domain("requirement_id", "!=", False) | Domain("grade", "!=", False)),
            Domain("nonconformity_id", "=", False)
            & Domain("waived_by_id", "=", False)
            & (
                Domain("audit_id.state", "!=", "done")
                | Domain("audit_id.ended_on", "!=", False)
                | Domain("reason", "=", False)
            ),
        )
