# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models


class AuditProgrammeLine(models.Model):
    """A clause in a programme: how often, when last, when next."""

    _name = "iso10003.audit.programme.line"
    _description = "Clause in an audit programme"
    _inherit = ["iso10003.guarded", "iso10003.withheld"]
    _order = "programme_id, sequence, id"
    _rec_name = "clause_id"

    programme_id = fields.Many2one(
        "iso10003.audit.programme",
        required=True,
        index=True,
        ondelete="cascade",
        fixed=True,
    )
    company_id = fields.Many2one(related="programme_id.company_id", store=True)
    clause_id = fields.Many2one("iso10003.clause", required=True, ondelete="restrict")
    sequence = fields.Integer(related="clause_id.sequence", store=True)
    interval = fields.Selection(
        [("12", "Every 12 months"), ("36", "Every 36 months")],
        "How often",
        required=True,
        default="36",
    )
    last_audit_id = fields.Many2one(
        "mgmtsystem.audit", "Last audited in", compute="_compute_audits"
    )
    last_date = fields.Date("Last audited on", compute="_compute_audits")
    next_audit_id = fields.Many2one(
        "mgmtsystem.audit", "Next audited in", compute="_compute_audits"
    )
    next_date = fields.Date("Next audit on", compute="_compute_audits")
    finding_count = fields.Integer("Findings", compute="_compute_audits")
    standing = fields.Selection(
        [
            ("done", "Audited"),
            ("planned", "Planned"),
            ("late", "Late"),
            ("open", "Not planned"),
        ],
        compute="_compute_audits",
        help="Audited within its interval; planned, so that it will be; late, because "
        "the interval has run out; or not planned at all.",
    )

    _clause_unique = models.UniqueIndex(
        "(programme_id, clause_id)", "A programme has each clause once."
    )

    # ------------------------------------------------------------
    # What a programme was started with stays
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_draft()
        return lines

    def write(self, vals):
        self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        self._check_draft()

    def _check_draft(self):
        for programme in self.programme_id:
            programme._check_state("draft")
            programme._drop_approval()

    # ------------------------------------------------------------
    # Where it stands
    # ------------------------------------------------------------

    @api.depends(
        "interval",
        "clause_id",
        "programme_id.audit_ids.state",
        "programme_id.audit_ids.date",
        "programme_id.audit_ids.ended_on",
        "programme_id.audit_ids.line_ids.grade",
        "programme_id.audit_ids.clause_ids",
        "programme_id.state",
    )
    def _compute_audits(self):
        today = fields.Date.context_today(self)
        # who sees the programme sees when a clause was audited
        audits = self.env["mgmtsystem.audit"].sudo()
        of_company = {
            company: audits.search(
                [("company_id", "=", company.id), ("dispute_audit", "=", True)],
                order="date",
            )
            for company in self.programme_id.company_id
        }
        for line in self:
            mine = of_company.get(line.company_id, audits).filtered(
                lambda audit, line=line: line.clause_id in audit.clause_ids
            )
            # covered is what was asked and graded, on the day when it was
            done = mine.filtered(
                lambda audit, line=line: (
                    audit.state == "done" and line._is_covered_in(audit)
                )
            ).sorted(lambda audit: audit._get_held_day())[-1:]
            planned = mine.filtered("date").filtered(
                lambda audit: (
                    audit.state != "done" and audit.programme_id.state != "ended"
                )
            )
            line.last_audit_id = done.sudo(False)
            line.last_date = done and done._get_held_day()
            line.next_audit_id = planned[:1].sudo(False)
            line.next_date = planned[:1].date
            line.finding_count = len(
                mine.line_ids.filtered(
                    lambda answer, line=line: (
                        answer._get_clause() == line.clause_id
                        and answer.grade in ("partly", "not")
                    )
                )
            )
            line.standing = line._judge_standing(today)

    def _is_covered_in(self, audit):
        return any(
            answer._is_covering() and answer._get_clause() == self.clause_id
            for answer in audit.line_ids
        )

    def _judge_standing(self, today):
        since = self.last_date or self.programme_id.date_from
        due = since and since + relativedelta(months=int(self.interval or 36))
        if self.last_date and due >= today:
            return "done"
        if due and due < today:
            return "late"
        if self.next_date and (not due or self.next_date <= due):
            return "planned"
        return "open"
