# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import clean_context

from ...core.ladder import Ladder
from ...core.working_time import day_of
from ..mixin.people_date import format_people_date, format_people_number

# auditors see audits with the group of this product or with that of the other one
SEEN_BY = (
    "mgmtsystem.group_mgmtsystem_viewer,"
    "odoo_iso10003.group_manager,odoo_iso10003.group_auditor"
)
# when the people of an audit are reminded of it: before it, and when it is late
LADDER = Ladder((14, 7, -1))


class MgmtsystemAudit(models.Model):
    """An audit of the dispute process: its programme, clauses and checklist.

    Only audits marked as such follow the rules here; all others of the management
    system stay as they are.
    """

    _name = "mgmtsystem.audit"
    _inherit = [
        "iso10003.guarded",
        "mgmtsystem.audit",
        "iso10003.withheld",
        "iso10003.reminded",
    ]

    dispute_audit = fields.Boolean(
        "Audit of the dispute process",
        groups=SEEN_BY,
        help="It follows the questions and rules for dispute resolution.",
    )
    programme_id = fields.Many2one(
        "iso10003.audit.programme",
        "Audit programme",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        groups=SEEN_BY,
    )
    clause_ids = fields.Many2many(
        "iso10003.clause",
        "iso10003_audit_clause_rel",
        "audit_id",
        "clause_id",
        "Clauses audited",
        groups=SEEN_BY,
    )
    finding_count = fields.Integer(
        "Findings", compute="_compute_answered", groups=SEEN_BY
    )
    unchecked_count = fields.Integer(
        "Questions open", compute="_compute_answered", groups=SEEN_BY
    )

    @api.depends("line_ids.grade")
    def _compute_answered(self):
        for audit in self:
            lines = audit.line_ids.filtered(lambda line: line._is_asked())
            audit.finding_count = len(lines.filtered("is_finding"))
            audit.unchecked_count = len(
                lines.filtered(lambda line: line.grade in (False, "unchecked"))
            )

    @api.constrains("date", "programme_id")
    def _check_date_in_programme(self):
        for audit in self.filtered(lambda audit: audit.programme_id and audit.date):
            programme, day = audit.programme_id, audit._get_day()
            if not programme.date_from <= day <= programme.date_to:
                raise ValidationError(
                    self.env._(
                        "Audit “%(audit)s” on %(day)s is outside its programme, which "
                        "runs from %(begin)s to %(end)s.",
                        audit=audit.name,
                        day=format_people_date(self.env, day),
                        begin=format_people_date(self.env, programme.date_from),
                        end=format_people_date(self.env, programme.date_to),
                    )
                )

    def _get_day(self):
        """Return the day of the audit where the user is; the instant is of UTC."""
        return fields.Datetime.context_timestamp(self, self.date).date()

    # ------------------------------------------------------------
    # Checklist
    # ------------------------------------------------------------

    def action_prepare_checklist(self):
        """Lay out the questions of the clauses, and what the records say to them."""
        for audit in self:
            audit._check_in_work()
            audit._check_has_clauses()
            missing = audit._get_questions() - audit.line_ids.requirement_id
            # nobody answers them all by defaults of a context
            lines = self.env["mgmtsystem.verification.line"].with_context(
                clean_context(self.env.context)
            )
            lines.create(
                [audit._prepare_question_vals(question) for question in missing]
            )
            audit._ask_records()
        return True

    def _check_has_clauses(self):
        if not self.clause_ids:
            raise UserError(
                self.env._(
                    "Audit “%(audit)s” names no clauses, so there is nothing to ask.",
                    audit=self.name,
                )
            )

    def _get_questions(self):
        questions = (
            self.programme_id.set_id
            or self.env["iso10003.requirement.set"]._get_present()
        )
        return questions._get_questions(self.company_id).filtered(
            lambda question: question.clause_id in self.clause_ids
        )

    def _prepare_question_vals(self, question):
        return {
            "audit_id": self.id,
            "requirement_id": question.id,
            "name": question.name,
            "seq": question.sequence,
            "grade": "unchecked",
            "company_id": self.company_id.id,
        }

    def _ask_records(self):
        lines = self.line_ids.filtered("requirement_id")
        moment = fields.Datetime.now()
        company = self.company_id or self.env.company
        results = lines.requirement_id._run_checks(company)
        for line in lines:
            if result := results.get(line.requirement_id):
                line._guarded_write(line._prepare_result_vals(result, moment))

    # ------------------------------------------------------------
    # Planning and closing
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        audits = super().create(vals_list)
        audits._commit_seed()
        return audits

    def write(self, vals):
        """Change audits, and let follow what depends on it.

        Before, of audits of disputes: a drawn sample stays, and so does the audit
        itself, one that closes is complete, and one that is closed stays as it is.
        After: another day is reminded of anew, and what is closed is noted.
        """
        self._check_sample_kept(vals)
        ours = self.filtered("dispute_audit")
        ours._check_stays_ours(vals)
        closing = vals.get("state") == "done"
        if closing:
            # whoever closes it past the button closes it now, too
            vals = {"closing_date": fields.Datetime.now(), **vals} if ours else vals
            ending = ours.filtered(lambda audit: audit.state != "done")
            ending._check_may_close()
            ending._note_held()
        else:
            frozen = ours.filtered(lambda audit: audit.state == "done")
            if any(not audit._is_conversation(vals) for audit in frozen):
                frozen._check_in_work()
        before = ours.filtered(lambda audit: audit.state != "done")
        result = super().write(vals)
        if closing:
            before._note_closed()
        return result

    def _check_stays_ours(self, vals):
        """Nobody gets around the rules by taking an audit out of them."""
        leaving = {
            name for name in ("dispute_audit", "programme_id") if not vals.get(name, 1)
        }
        for audit in self:
            bound = audit.programme_id or audit.line_ids.requirement_id
            if leaving and bound:
                raise UserError(
                    self.env._(
                        "Audit “%(audit)s” stays an audit of the dispute process.",
                        audit=audit.name or audit.reference,
                    )
                )

    def _is_conversation(self, vals):
        return all(
            name.startswith(("message_", "activity_")) or name == "nonconformity_ids"
            for name in vals
        )

    def _check_in_work(self):
        for audit in self:
            if audit.dispute_audit and audit.state == "done":
                raise UserError(
                    self.env._(
                        "Audit “%(audit)s” is closed and does not change any more.",
                        audit=audit.name or audit.reference,
                    )
                )

    def _check_may_close(self):
        for audit in self:
            problems = audit._list_open_ends()
            if problems:
                raise UserError(
                    self.env._(
                        "Audit “%(audit)s” cannot be closed:",
                        audit=audit.name or audit.reference,
                    )
                    + "".join(f"\n• {problem}" for problem in problems)
                )

    def _list_open_ends(self):
        """Return, in words, what keeps this audit from being closed.

        The report goes out when findings are agreed; what is done about them follows.
        """
        lines = self.line_ids.filtered(lambda line: line._is_asked())
        if not lines:
            return [self.env._("no question was asked: prepare its checklist")]
        problems = [
            words % {"codes": self._join_codes(lacking)}
            for lacks, words in self._get_demands()
            if (lacking := lines.filtered(lacks))
        ]
        if unseen := self.sample_ids.filtered(lambda s: s.result == "unseen"):
            problems.append(
                self.env._(
                    "%(count)s sampled files not looked at",
                    count=format_people_number(self.env, len(unseen)),
                )
            )
        return problems

    @api.model
    def _get_demands(self):
        """Return ``[(what a line may lack, words)]`` before an audit is closed."""
        return [
            (
                lambda line: line.grade in (False, "unchecked"),
                self.env._("not checked: questions %(codes)s"),
            ),
            (
                lambda line: line._lacks_evidence(),
                self.env._(
                    "graded without evidence: questions %(codes)s. Say what was "
                    "seen, or add files or disputes"
                ),
            ),
            (
                lambda line: line.is_finding and not line.finding_class,
                self.env._(
                    "findings that are not classed as major, minor or observation: "
                    "questions %(codes)s"
                ),
            ),
            (
                lambda line: line._lacks_follow_up(),
                self.env._(
                    "findings without nonconformity or the auditor's decision that "
                    "there is none: questions %(codes)s"
                ),
            ),
        ]

    @api.model
    def _join_codes(self, lines):
        return ", ".join(lines._tell_codes())

    def _note_closed(self):
        for audit in self.filtered("programme_id"):
            audit.programme_id._register_event(
                "audit_closed",
                {
                    "audit": audit.reference,
                    "questions": len(audit.line_ids),
                    "findings": audit.finding_count,
                    "auditors": sorted((audit.user_id | audit.auditor_user_ids).ids),
                },
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self._check_in_work()

    # ------------------------------------------------------------
    # Reminders
    # ------------------------------------------------------------

    @api.model
    def _get_ladders(self):
        return {"audit": LADDER}

    def _get_reminder_days(self):
        planned = self.dispute_audit and self.state == "open" and self.date
        return {"audit": planned and day_of(self.date, self._get_reminder_zone())}

    def _find_reminded(self, ladder):
        return {
            audit: audit.user_id | audit.auditor_user_ids or audit._get_leader()
            for audit in self
        }

    def _describe_reminder(self, reminder, day):
        if day < self._get_today():
            return self.env._("The audit is late: hold it, or move its date")
        return self.env._("Prepare the audit and its checklist")

    def _get_leader(self):
        company = self.company_id or self.env.company
        return self.user_id.filtered("active") or company._get_any_manager()

    def _filter_told_of(self, user):
        # it is the record of another product, which tells as that does
        return self.with_user(user)._filtered_access("read").with_env(self.env)
