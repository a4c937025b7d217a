# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

from ..mixin.checks import Rule
from ..mixin.people_date import format_people_number
from .mgmtsystem_audit import SEEN_BY

# a corrective action is due after so many days, until somebody knows better
ACTION_DAYS = 30
# what the management system calls an auditor's classes
SEVERITY = {
    "major": "mgmtsystem_nonconformity.nonconformity_severity_maj",
    "minor": "mgmtsystem_nonconformity.nonconformity_severity_min",
    "observation": "odoo_iso10003.nc_severity_observation",
}


class MgmtsystemNonconformity(models.Model):
    """A finding of an audit or an assessment becomes a nonconformity.

    So does a missed limit of a file; if the file is privileged, the nonconformity
    is, with its actions: record rules keep it to those who read privileged files.
    """

    _name = "mgmtsystem.nonconformity"
    _inherit = [
        "iso10003.guarded",
        "mgmtsystem.nonconformity",
        "iso10003.searched",
        "iso10003.withheld",
    ]

    privileged = fields.Boolean(
        compute="_compute_privileged",
        store=True,
        precompute=True,
        groups=SEEN_BY,
        help="It came of a privileged file, and is read by those who may read such.",
    )

    def _auto_init(self):
        """Tell by SQL which are there: computing would touch what others wrote."""
        cr = self.env.cr
        if not column_exists(cr, self._table, "privileged"):
            create_column(cr, self._table, "privileged", "boolean")
            if column_exists(cr, self._table, "res_model"):
                cr.execute(
                    SQL(
                        "UPDATE %s SET privileged = true WHERE res_model IN %s",
                        SQL.identifier(self._table),
                        tuple(self._get_privileged_models()) or (None,),
                    )
                )
        return super()._auto_init()

    @api.model
    def _get_privileged_models(self):
        models_ = self.env.registry.items()
        return [name for name, model in models_ if getattr(model, "_privileged", False)]

    requirement_id = fields.Many2one(
        "iso10003.requirement",
        "Audit question",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        groups=SEEN_BY,
    )
    clause_id = fields.Many2one(
        related="requirement_id.clause_id",
        string="Clause",
        store=True,
        index="btree_not_null",
        groups=SEEN_BY,
    )
    verification_line_ids = fields.One2many(
        "mgmtsystem.verification.line",
        "nonconformity_id",
        "Audit findings",
        groups=SEEN_BY,
    )
    assessment_line_ids = fields.One2many(
        "iso10003.assessment.line",
        "nonconformity_id",
        "Answers in assessments",
        groups="odoo_iso10003.group_manager,odoo_iso10003.group_auditor",
    )
    of_disputes = fields.Boolean(
        "On dispute resolution",
        compute="_compute_of_disputes",
        search="_search_of_disputes",
        groups=SEEN_BY,
    )
    action_overdue = fields.Boolean(
        compute="_compute_action_overdue",
        search="_search_action_overdue",
        groups=SEEN_BY,
    )

    @api.depends("res_model")
    def _compute_privileged(self):
        for nonconformity in self:
            origin = self.env.get(nonconformity.res_model)
            nonconformity.privileged = getattr(origin, "_privileged", False)

    @api.depends("requirement_id", "res_model")
    def _compute_of_disputes(self):
        ours = self.filtered_domain(self._get_findings_domain())
        for nonconformity in self:
            nonconformity.of_disputes = nonconformity in ours

    def _search_of_disputes(self, operator, value):
        if operator != "in":
            return NotImplemented
        ours = self._get_findings_domain()
        return ours if True in value else ~ours

    @api.depends("action_ids.date_deadline", "action_ids.stage_id")
    def _compute_action_overdue(self):
        today = fields.Date.context_today(self)
        for nonconformity in self:
            nonconformity.action_overdue = any(
                action.date_deadline
                and action.date_deadline < today
                and not action.stage_id.is_ending
                for action in nonconformity.action_ids
            )

    def _search_action_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        overdue = Domain(
            "action_ids",
            "any",
            [("date_deadline", "<", today), ("stage_id.is_ending", "=", False)],
        )
        return overdue if True in value else ~overdue

    @api.constrains("company_id")
    def _check_company_of_origin(self):
        """What was found is counted where it was found."""
        for found in self.sudo():  # whoever may read what it comes from
            lines = found.verification_line_ids, found.assessment_line_ids
            origins = lines[0].company_id | lines[1].company_id
            if origins and found.company_id not in origins:
                raise ValidationError(
                    self.env._(
                        "%(ref)s is of the company in which it was found, %(company)s.",
                        ref=found.ref,
                        company=", ".join(origins.mapped("name")),
                    )
                )

    # ------------------------------------------------------------
    # From a finding
    # ------------------------------------------------------------

    @api.model
    def _prepare_from_line(self, line):
        """Return the values of a nonconformity from an answer or an audit finding."""
        company = line.company_id or self.env.company
        audit = line.audit_id if "audit_id" in line._fields else None
        owner = self._get_finding_owner(audit, company)
        line = line.with_context(lang=owner.lang)  # who reads it and sees to it
        question = line.requirement_id
        vals = {
            "name": line.env._(
                "Question %(code)s: %(question)s",
                code=format_people_number(line.env, question.code),
                question=question.name,
            )
            if question
            else line.name,
            "description": self._describe_finding(line),
            "partner_id": company.partner_id.id,
            "company_id": company.id,
            "reference": line.display_name,
            "res_model": line._name,
            "res_id": line.id,
            "requirement_id": question.id,
            "responsible_user_id": owner.id,
            "manager_user_id": owner.id,
            "origin_ids": [Command.link(self._get_origin(audit).id)],
            "severity_id": self._get_severity(line).id,
        }
        if audit:
            vals["audit_ids"] = [Command.link(audit.id)]
            vals["system_id"] = audit.system_id.id
        else:
            # who assesses also plans what is to be done; after an audit its owner does
            vals["action_ids"] = [
                Command.create(self._prepare_action_vals(line, company))
            ]
        return vals

    @api.model
    def _get_finding_owner(self, audit, company):
        """Return who sees to it: whoever audits finds, and does not put right."""
        return company._get_any_manager() if audit else self.env.user

    def _ask_owner(self):
        """Ask the owner of an audit's finding what is to be done about it."""
        for nonconformity in self:
            owner = nonconformity.responsible_user_id
            nonconformity.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=nonconformity.with_context(lang=owner.lang).env._(
                    "Find the cause, and plan what is to be done"
                ),
                user_id=owner.id,
            )

    def _describe_finding(self, line):
        parts = [
            line.requirement_id.name or line.name,
            line.found,
            line.reason,
            line.evidence if "evidence" in line._fields else "",
        ]
        return "\n".join(part for part in parts if part)

    @api.model
    def _get_origin(self, audit):
        # which origins there are is no secret to who raises a finding
        xmlid = (
            "mgmtsystem_nonconformity.nc_origin_internal_audit"
            if audit
            else "odoo_iso10003.nc_origin_assessment"
        )
        Origin = self.env["mgmtsystem.nonconformity.origin"]
        return self.env.ref(xmlid, raise_if_not_found=False) or Origin.search(
            [], limit=1
        )

    @api.model
    def _get_severity(self, line):
        """Return how grave it is: as the auditor classed it, or by the question."""
        classed = line.finding_class if "finding_class" in line._fields else False
        classed = classed or ("major" if line.requirement_id.hard else "minor")
        return (
            self.env.ref(SEVERITY[classed], raise_if_not_found=False)
            or self.env["mgmtsystem.nonconformity.severity"]
        )

    @api.model
    def _prepare_action_vals(self, line, company):
        today = fields.Date.context_today(self)
        return {
            "name": self.env._(
                "Correct: %(question)s", question=line.requirement_id.name
            ),
            "type_action": "correction",
            "user_id": self.env.uid,
            "company_id": company.id,
            "date_deadline": today + relativedelta(days=ACTION_DAYS),
        }

    def action_view_origin(self):
        """Open the audit, the assessment or the file that it comes from."""
        self.ensure_one()
        self.check_access("read")
        if self.res_model in self._get_origins():
            return self.env[self.res_model].browse(self.res_id).get_formview_action()
        if line := self.verification_line_ids[:1]:
            return line.audit_id.get_formview_action()
        return self.assessment_line_ids[:1].assessment_id.get_formview_action()

    # ------------------------------------------------------------
    # What an assessment asks
    # ------------------------------------------------------------

    @api.model
    def _get_findings_domain(self):
        """Return what is about disputes: a question answered, a file, or many."""
        origins = self._get_origins()
        return Domain("requirement_id", "!=", False) | Domain(
            "res_model", "in", origins
        )

    @api.model
    def _get_origins(self):
        """Return the models of what a nonconformity may have come of."""
        return [*self.env["iso10003.file"]._get_kinds(), "iso10003.issue"]

    def _audit_actions_effective(self, company):
        """94: had a closed finding cause, action and a look at the effect?"""
        return Rule(
            self._get_findings_domain() & Domain("state", "=", "done"),
            Domain("evaluation_comments", "=", False)
            | Domain("cause_ids", "=", False) & Domain("analysis", "=", False)
            | Domain("action_ids", "=", False)
            & Domain("immediate_action_id", "=", False)
            # of many files, somebody said that it does not recur
            | Domain("issue_ids", "any", [("effect", "!=", "effective")]),
        )
