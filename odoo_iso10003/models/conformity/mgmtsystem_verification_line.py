# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

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
        lines = super().create([self._align(vals) for vals in vals_list])
        lines.audit_id._check_in_work()
        return lines

    def write(self, vals):
        self.audit_id._check_in_work()
        if "audit_id" in vals:
            self.filtered(
                lambda line: line._would_change("audit_id", vals["audit_id"])
            )._check_not_asked()
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
            if verdict and line._is_raised(verdict):
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
            self.nonconformity_id = Nonconformity.create(
                Nonconformity._prepare_from_line(self)
            )
            self.nonconformity_id._ask_owner()
        return self.nonconformity_id.get_formview_action()

    def _tell_codes(self):
        """Return the numbers of the questions as their reader writes them."""
        codes = self.requirement_id.mapped("code")
        return [format_people_number(self.env, code) for code in codes]

    def _lacks_follow_up(self):
        """Whether it is a finding with neither an action nor a reason for none."""
        self.ensure_one()
        found = self.nonconformity_id
        return (
            self.is_finding
            and not (found.action_ids | found.immediate_action_id)
            and not (self.reason or "").strip()
        )

    # ------------------------------------------------------------
    # What an assessment asks
    # ------------------------------------------------------------

    def _audit_findings_followed(self, company):
        """106: has each finding a nonconformity, or a reason for none?"""
        return Rule(
            Domain("is_finding", "=", True) & Domain("requirement_id", "!=", False),
            Domain("nonconformity_id", "=", False) & Domain("reason", "=", False),
        )
