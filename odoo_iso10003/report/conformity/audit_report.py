# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

# what is told of how an audit was held
CONDUCT = (
    "method",
    "place",
    "virtual_place",
    "feasibility",
    "recordings",
    "opening_meeting",
    "closing_meeting",
    "interviewed",
    "observers",
    "experts",
    "obstacles",
)


class AuditReport(models.AbstractModel):
    """What the printed audit report says: scope, people, sample, answers, findings.

    By ISO 19011:2026, 6.5; what of its scope was not asked is named, too.
    """

    _name = "report.odoo_iso10003.audit_report"
    _description = "Audit report, printed"
    _inherit = ["iso10003.printed"]

    @api.model
    def _get_report_values(self, docids, data=None):
        values = self._document_values()
        audits = self.env["mgmtsystem.audit"].browse(docids)
        audits = audits.with_context(lang=values["lang"])
        audits.check_access("read")
        return {
            **values,
            "docs": audits,
            "facts": {audit.id: self._facts(audit) for audit in audits},
        }

    def _facts(self, audit):
        lines = audit.line_ids.sorted("seq")
        findings = lines.filtered(lambda line: line.is_finding or line.nonconformity_id)
        return {
            "clauses": [
                (clause, lines.filtered(lambda one, c=clause: one._get_clause() == c))
                for clause in (lines.clause_id | lines.own_clause_id).sorted("sequence")
            ],
            "others": lines.filtered(
                lambda line: line._is_asked() and not line._get_clause()
            ),
            "how": any(audit[name] for name in CONDUCT) or audit.activity_part_ids,
            "former": self._list_former_findings(audit),
            "findings": findings,
            "extent": self._count_extent(lines),
            "uncovered": audit.clause_ids.sorted("sequence")
            - lines.filtered(lambda line: line._is_covering()).mapped(
                lambda line: line._get_clause()
            ),
            "auditors": audit.user_id | audit.auditor_user_ids,
            "grades": self._count_grades(audit, lines),
        }

    def _count_extent(self, lines):
        """Return how many of the questions that were graded conform (6.5.1 i)."""
        graded = lines.filtered(lambda line: line._is_covering())
        return len(graded.filtered(lambda line: line.grade == "conform")), len(graded)

    def _list_former_findings(self, audit):
        """Return the findings of audits before, whose actions this one follows up."""
        before = audit.search(
            [
                ("company_id", "=", audit.company_id.id),
                ("dispute_audit", "=", True),
                ("state", "=", "done"),
                ("id", "!=", audit.id),
                ("closing_date", "<", audit.closing_date or fields.Datetime.now()),
            ]
        )
        return before.line_ids.nonconformity_id

    def _count_grades(self, audit, lines):
        labels = audit.line_ids._fields["grade"]._description_selection(audit.env)
        counts = [
            (label, len(lines.filtered(lambda one, c=code: one.grade == c)))
            for code, label in labels
        ]
        return [(label, count) for label, count in counts if count]
