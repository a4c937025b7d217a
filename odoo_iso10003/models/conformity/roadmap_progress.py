# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..mixin.people_date import format_people_number


class RoadmapProgress(models.Model):
    """How far each step is, from the records it leaves.

    ``_progress_<step>(company)`` returns percent and, in words, where it comes from.
    """

    _inherit = "iso10003.roadmap"

    @api.depends("step", "company_id")
    @api.depends_context("lang")
    def _compute_progress(self):
        for step in self:
            if not step.step:
                step.progress, step.proof = 0.0, False
                continue
            # progress is told to whoever sees the step, whatever else they may read
            measured = step.sudo()
            measure = getattr(measured, f"_progress_{step.step}")
            step.progress, step.proof = measure(step.company_id)

    def _progress_s1(self, company):
        """Analysis: the gap analysis is frozen, as far as it was answered."""
        assessments = self.env["iso10003.assessment"]
        if last := assessments._find_last(company):
            return last.coverage, f"{last.name} · {last.standing}"
        draft = assessments._find_last(company, done=False)
        return draft.coverage / 2, draft.name or self.env._("No gap analysis yet")

    def _progress_s2(self, company):
        """Design: the procedures are approved and current, and so is the policy."""
        return self._share(
            company,
            "iso10003.starter.document",
            "documents_current",
            self.env._("Starter documents approved and current"),
        )

    def _progress_s3(self, company):
        """Training: who leads disputes attended one, or learned it elsewhere."""
        return self._share(
            company,
            "iso10003.training.attendance",
            "handlers_trained",
            self.env._("Handlers of disputes who are trained"),
        )

    def _progress_s4(self, company):
        """Recording: files that are complete."""
        return self._share(
            company,
            "iso10003.dispute",
            "file_complete",
            self.env._("Dispute files that are complete"),
        )

    def _progress_s5(self, company):
        """Resolving: what the last assessment says of clause 7."""
        last = self.env["iso10003.assessment"]._find_last(company, done=False)
        results = last.clause_result_ids.filtered(
            lambda result: (
                result.clause_id.standard == "ISO 10003"
                and result.clause_id.number.startswith("7.")
                and result.answered_count
            )
        )
        answered = sum(results.mapped("answered_weight"))
        if not answered:
            return 0.0, self.env._("Not assessed yet")
        words = self.env._(
            "Score of its clauses in %(assessment)s", assessment=last.name
        )
        points = sum(result.score * result.answered_weight for result in results)
        return points / answered, words

    def _progress_s6(self, company):
        """Correcting: findings that are closed. Calling one off closes nothing."""
        findings = self.env["mgmtsystem.nonconformity"].search(
            [
                ("company_id", "=", company.id),
                ("requirement_id", "!=", False),
                ("state", "!=", "cancel"),
            ]
        )
        if not findings:
            return 0.0, self.env._("No findings yet")
        closed = findings.filtered(lambda nc: nc.state == "done")
        return (
            100.0 * len(closed) / len(findings),
            self.env._(
                "%(closed)s of %(all)s findings closed",
                closed=format_people_number(self.env, len(closed)),
                all=format_people_number(self.env, len(findings)),
            ),
        )

    def _progress_s7(self, company):
        """Auditing: an audit of the dispute process is closed."""
        audits = self.env["mgmtsystem.audit"].search(
            [("company_id", "=", company.id), ("dispute_audit", "=", True)],
            order="date desc",
        )
        if closed := audits.filtered(lambda audit: audit.state == "done"):
            return 100.0, closed[0].display_name
        lines = audits.line_ids.filtered(lambda line: line._is_asked())
        graded = lines.filtered(lambda line: line.grade not in (False, "unchecked"))
        share = 90.0 * len(graded) / len(lines) if lines else 0.0
        return share, self.env._("Audit questions answered")

    def _progress_s8(self, company):
        """Improving: a management review was held after the first assessment."""
        result = self._run_one("mgmtsystem.review", "review_held", company)
        return (100.0 if result.verdict == "yes" else 0.0), self.env._(
            "Management review within a year"
        )

    # ------------------------------------------------------------
    # Small measures
    # ------------------------------------------------------------

    def _run_one(self, model, check, company):
        """Return the result of one check, asked as an assessment would."""
        question = self.env["iso10003.requirement"].new(
            {"check_model": model, "check": check, "target": 100, "partly_from": 80}
        )
        return question._run_checks(company)[question]

    def _share(self, company, model, check, words):
        result = self._run_one(model, check, company)
        return result.value or 0.0, words
