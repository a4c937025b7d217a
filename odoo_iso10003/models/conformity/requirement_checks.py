# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from dataclasses import dataclass

from odoo import models
from odoo.tools import SQL

from ...core import scoring
from ..mixin.checks import Rule

_logger = logging.getLogger(__name__)

# how many failing records are kept by their number; all are counted
KEPT = 100


@dataclass
class Result:
    """What the records say to one question."""

    verdict: str = "unchecked"
    value: float | None = None
    threshold: float | None = None
    population: int = 0
    failing_count: int = 0
    failing_ids: tuple = ()
    failing_model: str = ""
    note: str = ""


class RequirementChecks(models.Model):
    """Ask the records: all rules of one model in one pass over its table."""

    _inherit = "iso10003.requirement"

    def _run_checks(self, company):
        """Return ``{requirement: Result}`` for the automatic questions of these.

        A check that raises says so in its own result; the others go on.
        """
        self.env.flush_all()
        results, rules = {}, {}
        for requirement in self.filtered("check"):
            answer = requirement._try(requirement._ask, company)
            if isinstance(answer, Rule):
                rules.setdefault(requirement.check_model, {})[requirement] = answer
            else:
                results[requirement] = answer
        for model, asked in rules.items():
            results.update(self._count_rules(model, asked, company))
        return results

    def _try(self, method, *args):
        """Return what ``method`` returns, or a result that tells its error."""
        try:
            with self.env.cr.savepoint(flush=False):
                return method(*args)
        except Exception as error:  # a check is anybody's code
            _logger.warning("Check %s failed", self.check, exc_info=True)
            return Result(
                note=self.env._("The check failed: %(error)s", error=error),
                failing_model=self.check_model,
            )

    def _ask(self, company):
        """Return the rule of this question's check, or its answer judged."""
        self.ensure_one()
        # readiness speaks of all records of the company, whoever asks; who may see
        # the result is up to the rights on assessments
        model = self.env[self.check_model].sudo().with_company(company)
        answer = getattr(model, f"_check_{self.check}")(company)
        return answer if isinstance(answer, Rule) else self._judge_answer(answer)

    def _judge_answer(self, answer):
        failing = answer.failing
        result = Result(
            population=answer.population,
            failing_count=len(failing) if failing is not None else 0,
            failing_ids=tuple(failing.ids[:KEPT]) if failing is not None else (),
            failing_model=failing._name if failing is not None else "",
            note=answer.missing,
        )
        if answer.threshold is None:
            return self._judge(result)
        result.threshold = answer.threshold
        if answer.population:
            result.value = answer.value
            reached = answer.value >= answer.threshold
            result.verdict = "yes" if reached else "no"
        return result

    def _judge(self, result):
        """Judge by the share of records that hold."""
        # a hard question holds or does not
        partly_from = self.target if self.hard else self.partly_from
        result.verdict, result.value = scoring.judge(
            result.population, result.failing_count, self.target, partly_from
        )
        result.threshold = self.target
        return result

    # ------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------

    def _count_rules(self, model, rules, company):
        """Return the results of all rules of one model.

        :param rules: ``{requirement: Rule}``
        """
        try:
            with self.env.cr.savepoint(flush=False):
                return self._query_rules(model, rules, company)
        except Exception:  # one of them is wrong: find out which
            _logger.info("Checks of %s are asked one by one", model)
        return {
            requirement: requirement._try(
                lambda requirement=requirement, rule=rule: self._query_rules(
                    model, {requirement: rule}, company
                )[requirement]
            )
            for requirement, rule in rules.items()
        }

    def _query_rules(self, model, rules, company):
        # as in _ask: all records of the company
        model = self.env[model].sudo().with_context(active_test=False)
        domain = (
            [("company_id", "=", company.id)] if "company_id" in model._fields else []
        )
        query = model._search(domain)
        columns = []
        for rule in rules.values():
            population = self._condition(model, query, rule.population)
            broken = self._condition(model, query, rule.population & rule.broken)
            key = SQL.identifier(query.table, "id")
            columns += [
                SQL("COUNT(*) FILTER (WHERE %s)", population),
                SQL("COUNT(*) FILTER (WHERE %s)", broken),
                SQL(
                    "(ARRAY_AGG(%s ORDER BY %s) FILTER (WHERE %s))[1:%s]",
                    key,
                    key,
                    broken,
                    KEPT,
                ),
            ]
        [row] = self.env.execute_query(query.select(*columns))
        counts = [row[start : start + 3] for start in range(0, len(row), 3)]
        return {
            requirement: requirement._judge(
                Result(
                    population=population,
                    failing_count=failing,
                    failing_ids=tuple(ids or ()),
                    failing_model=model._name,
                )
            )
            for requirement, (population, failing, ids) in zip(
                rules, counts, strict=True
            )
        }

    def _condition(self, model, query, domain):
        return domain.optimize_full(model)._to_sql(model, query.table, query)
