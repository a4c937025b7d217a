# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import clean_context

from ...core.chain import SealedText
from ..mixin.checks import Answer

_logger = logging.getLogger(__name__)

# the next periodic assessment comes so many days after the last one
PERIOD_DAYS = 30
# an answer by hand holds for so many months, then it is asked again
ANSWER_MONTHS = 12
# what the records said is taken as of the day for so many hours
FRESH_HOURS = 24


class AssessmentLife(models.Model):
    """How an assessment is made: asked, checked against the records, frozen."""

    _inherit = "iso10003.assessment"

    def _add_lines(self):
        """Lay out all questions of the set, clause by clause."""
        # nobody adds a clause or a question to an assessment but the set itself, and
        # nobody answers them all by defaults of a context
        asked = self.with_context(clean_context(self.env.context))
        Clause = asked.env["iso10003.assessment.clause"].sudo()
        Line = asked.env["iso10003.assessment.line"].sudo()
        for assessment in self:
            questions = assessment.set_id._get_questions(assessment.company_id)
            clauses = Clause.create(
                [
                    {"assessment_id": assessment.id, "clause_id": clause.id}
                    for clause in questions.clause_id.sorted("sequence")
                ]
            )
            of_clause = {result.clause_id: result for result in clauses}
            Line.create(
                [
                    {
                        "assessment_id": assessment.id,
                        "clause_result_id": of_clause[question.clause_id].id,
                        "requirement_id": question.id,
                    }
                    for question in questions
                ]
            )
            assessment._take_over_answers()

    def _take_over_answers(self):
        """Take over what people answered last time, while it is not too old.

        Not what lacks its evidence, or the second person who is wanted by now.
        """
        alone = self.env["iso10003.assessment.line"]._wants_second(self.company_id)
        oldest = fields.Datetime.now() - relativedelta(months=ANSWER_MONTHS)
        answered = self.previous_id.line_ids.filtered(
            lambda line: (
                not line.check_code
                and line.verdict != "unchecked"
                and (line.answered_at or line.create_date) >= oldest
                and not line._tell_lack()
                and not (alone and line._waits_for_second())
            )
        )
        before = {line.requirement_id: line for line in answered}
        for line in self.line_ids:
            if former := before.get(line.requirement_id):
                line._carry(former)

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_check(self):
        """Ask the records now, and note what they say."""
        for assessment in self:
            assessment.check_access("write")
            assessment._check_in_work()
            moment = fields.Datetime.now()
            results = assessment.line_ids.requirement_id._run_checks(
                assessment.company_id
            )
            for line in assessment.line_ids:
                if result := results.get(line.requirement_id):
                    line._store_result(result, moment)
            assessment._guarded_write({"date": moment})
        return True

    def action_freeze(self):
        """Freeze the answers: from now on this assessment is evidence.

        The records are asked once more where they were not asked within a day.

        :raises UserError: when an answer lacks its evidence, or a second person
        """
        for assessment in self:
            assessment.check_access("write")
            assessment._check_in_work()
            if assessment._is_stale():
                assessment.action_check()
            assessment._check_may_freeze()
            assessment._guarded_write(
                {
                    "state": "done",
                    "frozen_by_id": self.env.uid,
                    "frozen_at": fields.Datetime.now(),
                }
            )
            assessment._register_event(
                "assessed", assessment._prepare_assessed_data(), assessment.conclusion
            )
        return True

    def action_confirm_all(self):
        """Stand for all answers of others that say more than the records."""
        for assessment in self:
            others = assessment.line_ids.filtered(
                lambda line: line.answered_by_id != self.env.user
            )
            others.action_confirm()
        return True

    def _is_stale(self):
        """Whether a question that records answer was not asked within a day."""
        since = fields.Datetime.now() - relativedelta(hours=FRESH_HOURS)
        return any(
            not line.checked_at or line.checked_at < since
            for line in self.line_ids
            if line.requirement_id.check
        )

    def _check_may_freeze(self):
        problems = [lack for line in self.line_ids if (lack := line._tell_lack())]
        waiting = self.line_ids.filtered(lambda line: line._waits_for_second())
        if waiting and waiting._wants_second(self.company_id):
            problems.append(
                self.env._(
                    "Duties are separate: somebody who did not answer them has to "
                    "confirm questions %(codes)s.",
                    codes=", ".join(line._tell_code() for line in waiting),
                )
            )
        if problems:
            raise UserError(
                self.env._("Assessment %(number)s cannot be frozen:", number=self.name)
                + "".join(f"\n• {problem}" for problem in problems)
            )

    def _prepare_assessed_data(self):
        return {
            "number": self.name,
            "profile": self.profile,
            "score": f"{self.score:.1f}",
            "coverage": f"{self.coverage:.1f}",
            "blocked": self.blocked,
            "verdicts": {
                line.requirement_id.code: line.verdict for line in self.line_ids
            },
            "reasons": {
                line.requirement_id.code: SealedText(line.reason)
                for line in self.line_ids
                if line.reason
            },
            "evidence": {
                line.requirement_id.code: sealed
                for line in self.line_ids
                if (sealed := line._seal_evidence())
            },
        }

    def action_view_board(self):
        """Show this assessment clause by clause."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.assessment_clause_action"
        )
        title = self._describe_standing()
        return {
            **action,
            "name": title,
            "display_name": title,
            "domain": [("assessment_id", "=", self.id)],
            "context": {"default_assessment_id": self.id},
        }

    def _describe_standing(self):
        return self.env._(
            "Readiness: %(standing)s (%(state)s)",
            standing=self.standing,
            state=self._get_state_label().lower(),
        )

    def _get_state_label(self):
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    def action_view_failing(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.assessment_line_action"
        )
        return {
            **action,
            # as they are counted: what does not count in this profile is no gap
            "domain": [("assessment_id", "=", self.id), ("counts", "=", True)],
            "context": {"search_default_failing": 1},
        }

    @api.model
    def action_open_board(self):
        """Open the newest assessment of the company, or say how to make one."""
        last = self._find_last(self.env.company, done=False)
        if last:
            return last.action_view_board()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.assessment_action"
        )

    @api.model
    def action_assess_now(self):
        """Check now: go on with the assessment in work, or begin one."""
        self.check_access("create")
        company = self.env.company
        assessment = self.search(
            [("company_id", "=", company.id), ("state", "=", "draft")], limit=1
        )
        assessment = assessment or self.create({"company_id": company.id})
        assessment.action_check()
        return assessment.get_formview_action()

    # ------------------------------------------------------------
    # By itself
    # ------------------------------------------------------------

    @api.model
    def _cron_assess(self):
        """Make the periodic assessment of each company that is due."""
        due = self._find_due_companies()
        for done, company in enumerate(due, 1):
            try:
                with self.env.cr.savepoint():
                    self._assess_company(company)
            except UserError as error:
                _logger.warning("No assessment of %s: %s", company.name, error)
            except Exception:
                # one company must not leave all others without
                _logger.exception("No assessment of %s", company.name)
            self.env["ir.cron"]._commit_progress(1, remaining=len(due) - done)

    @api.model
    def _find_due_companies(self):
        """Return the companies that began with a gap analysis, and are due again."""
        last = self._read_group([("state", "=", "done")], ["company_id"], ["date:max"])
        limit = fields.Datetime.now() - relativedelta(days=PERIOD_DAYS)
        due = [company.id for company, date in last if date <= limit]
        return self.env["res.company"].browse(due)

    def _assess_company(self, company):
        assessment = self.with_company(company).create(
            {"company_id": company.id, "kind": "periodic", "user_id": False}
        )
        assessment.action_check()
        assessment.action_freeze()
        return assessment

    # ------------------------------------------------------------
    # What an assessment asks
    # ------------------------------------------------------------

    def _audit_diagnosis_made(self, company):
        """49: was the present state analysed, and the analysis frozen?"""
        gaps = self.search([("company_id", "=", company.id), ("kind", "=", "gap")])
        # one in which nothing was answered analysed nothing
        frozen = gaps.filtered(lambda gap: gap.state == "done" and gap.coverage)
        return Answer(min(1, len(gaps)), self if frozen else gaps[:1])
