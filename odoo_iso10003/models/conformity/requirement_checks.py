# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from dataclasses import dataclass

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ...core import scoring
from ..mixin.checks import FAILED, Rule
from ..wall.searched import list_parts

_logger = logging.getLogger(__name__)

# how many failing records are kept by their number; all are counted
KEPT = 100
# the two bits of a rule in the mark of a record, and how many rules a number holds
HOLDS, FAILS = 1, 2
LEFT_OUT = HOLDS | FAILS
RULES_A_NUMBER = 31
ALL_FAIL = sum(FAILS << 2 * place for place in range(RULES_A_NUMBER))


@dataclass
class Result:
    """What the records say to one question."""

    verdict: str = "unchecked"
    value: float | None = None
    threshold: float | None = None
    population: int = 0
    left_out: int = 0
    failing_count: int = 0
    failing_ids: tuple = ()
    failing_model: str = ""
    note: str = ""
    seed: str = ""


class RequirementChecks(models.Model):
    """Ask the records: all rules of one model in one pass over its table."""

    _inherit = "iso10003.requirement"

    def _run_checks(self, company):
        """Return ``{requirement: Result}`` for the automatic questions of these.

        A check that raises says so in its own result; the others go on.
        """
        self.env.flush_all()
        results, rules = {}, {}
        for requirement, answer in self.filtered("check")._ask_all(company).items():
            if isinstance(answer, Rule):
                rules.setdefault(requirement.check_model, {})[requirement] = answer
            else:
                results[requirement] = answer
        # compiling so long a query takes longer than running it; and of few kinds there
        # are few groups, which the planner cannot know, so it would sort all records
        self.env.cr.execute("SET LOCAL jit = off; SET LOCAL enable_sort = off")
        for model, asked in rules.items():
            results.update(self._count_rules(model, asked, company))
        self.env.cr.execute("SET LOCAL enable_sort = on")
        return results

    def _ask_all(self, company):
        """Return what each check says; one by one only where one of them raises."""
        try:
            with self.env.cr.savepoint(flush=False):
                return {requirement: requirement._ask(company) for requirement in self}
        except Exception:  # a check is anybody's code
            _logger.info("Checks are asked one by one, as one of them raised")
        return {
            requirement: requirement._try(requirement._ask, company)
            for requirement in self
        }

    def _try(self, method, *args):
        """Return what ``method`` returns, or a result that tells its error."""
        try:
            with self.env.cr.savepoint(flush=False):
                return method(*args)
        except Exception as error:  # a check is anybody's code
            _logger.warning("Check %s failed", self.check, exc_info=True)
            return Result(
                note=f"{FAILED}{error}",
                failing_model=self.check_model,
            )

    def _ask(self, company):
        """Return the rule of this question's check, or its answer judged."""
        self.ensure_one()
        # readiness speaks of all records of the company, whoever asks; who may see
        # the result is up to the rights on assessments
        model = self.env[self.check_model].sudo().with_company(company)
        answer = getattr(model, f"_audit_{self.check}")(company)
        return answer if isinstance(answer, Rule) else self._judge_answer(answer)

    def _judge_answer(self, answer):
        failing = answer.failing
        result = Result(
            population=answer.population,
            failing_count=len(failing) if failing is not None else 0,
            failing_ids=tuple(failing.ids[:KEPT]) if failing is not None else (),
            failing_model=failing._name if failing is not None else "",
            note=answer.missing,
            seed=answer.seed,
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

    def _find_holding(self, company):
        """Return records that hold today, :data:`KEPT` at most."""
        self.ensure_one()
        # as the check itself asks; what the reader may not see, the list leaves out
        model = self.env[self.check_model].sudo().with_company(company)
        answer = getattr(model, f"_audit_{self.check}")(company)
        if not isinstance(answer, Rule):
            return model.browse() if answer.holding is None else answer.holding[:KEPT]
        model = model.with_context(active_test=False)
        asked = answer.population
        if "company_id" in model._fields:
            asked &= Domain("company_id", "=", company.id)
        # what is not known to fail holds, as it does where they are counted
        failing = model._search(asked & answer.broken)
        return model.search(asked & Domain("id", "not in", failing), limit=KEPT)

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
        """Ask all rules of one model in one pass over its table.

        Each record is marked once: two bits a rule, for “holds” and “fails”. Records
        with the same marks are counted together, of which there are few kinds.
        """
        # readiness counts all records of the company, and shows who may see results
        model = self.env[model].sudo().with_context(active_test=False)
        domain = (
            [("company_id", "=", company.id)] if "company_id" in model._fields else []
        )
        query = model._search(domain)
        asked = [
            self._prepare_mark(model, query, rule, place % RULES_A_NUMBER)
            for place, rule in enumerate(rules.values())
        ]
        self._leave_out(query, asked)
        numbers = [
            self._add_marks(asked[start : start + RULES_A_NUMBER])
            for start in range(0, len(asked), RULES_A_NUMBER)
        ]
        return self._count_marks(model, rules, query, numbers)

    def _prepare_mark(self, model, query, rule, place):
        """Return the conditions of a rule's population, and its two bits, as SQL."""
        parts = list_parts(rule.population)
        mark = SQL(
            "CASE WHEN %s THEN %s::bigint ELSE %s END",
            self._condition(model, query, rule.broken),
            FAILS << 2 * place,
            HOLDS << 2 * place,
        )
        if rule.left_out is not None:
            return self._prepare_mark_beside(model, query, rule, mark, place)
        return [self._condition(model, query, part) for part in parts], mark

    def _prepare_mark_beside(self, model, query, rule, mark, place):
        """Return the same of a rule that leaves records out: both bits are theirs."""
        asked, left_out = (
            [self._condition(model, query, part) for part in list_parts(domain)]
            for domain in (rule.population, rule.left_out)
        )
        common = [part for part in asked if part in left_out]
        own, others = (
            SQL(" AND ").join([part for part in parts if part not in common])
            for parts in (asked, left_out)
        )
        mark = SQL(
            "CASE WHEN %s THEN %s WHEN %s THEN %s::bigint ELSE 0 END",
            own or SQL("TRUE"),
            mark,
            others or SQL("FALSE"),
            LEFT_OUT << 2 * place,
        )
        return common, mark

    def _leave_out(self, query, asked):
        """Let the query skip records that no rule is about."""
        for condition in list(asked[0][0]):
            if all(condition in conditions for conditions, _mark in asked):
                query.add_where(condition)
                for conditions, _mark in asked:
                    conditions.remove(condition)

    def _add_marks(self, asked):
        """Return SQL for the sum of the marks, asking once what rules have in common.

        :param asked: ``[(conditions of the population, mark)]``
        """
        conditions = [each for conditions, _mark in asked for each in conditions]
        if not conditions:
            return SQL(" + ").join(mark for _conditions, mark in asked)
        commonest = max(conditions, key=conditions.count)
        within, others = [], []
        for conditions, mark in asked:
            rest = [each for each in conditions if each != commonest]
            (others if rest == conditions else within).append((rest, mark))
        marks = SQL(
            "CASE WHEN %s THEN %s ELSE 0 END", commonest, self._add_marks(within)
        )
        return SQL("%s + %s", marks, self._add_marks(others)) if others else marks

    def _count_marks(self, model, rules, query, numbers):
        columns = [SQL.identifier(f"marks_{place}") for place in range(len(numbers))]
        failing = SQL(" OR ").join(
            SQL("%s & %s <> 0", column, ALL_FAIL) for column in columns
        )
        marked = query.select(
            SQL("%s AS id", SQL.identifier(query.table, "id")),
            *(
                SQL("%s AS %s", number, column)
                for number, column in zip(numbers, columns, strict=True)
            ),
        )
        rows = self.env.execute_query(
            SQL(
                """SELECT count,
                          ARRAY(SELECT UNNEST(ids) AS id ORDER BY id LIMIT %(kept)s),
                          %(columns)s
                     FROM (SELECT COUNT(*) AS count,
                                  ARRAY_AGG(id) FILTER (WHERE %(failing)s) AS ids,
                                  %(columns)s
                             FROM (%(marked)s OFFSET 0) AS marked
                         GROUP BY %(columns)s) AS kinds""",
                kept=KEPT,
                columns=SQL(", ").join(columns),
                failing=failing,
                marked=marked,
            )
        )
        return {
            requirement: requirement._judge(
                self._add_up(model, rows, *divmod(place, RULES_A_NUMBER))
            )
            for place, requirement in enumerate(rules)
        }

    def _add_up(self, model, rows, number, place):
        """Return how many records a rule is about, and which of them fail."""
        result = Result(failing_model=model._name)
        failing = []
        for count, ids, *marks in rows:
            mark = marks[number] >> 2 * place & (HOLDS | FAILS)
            result.left_out += count if mark == LEFT_OUT else 0
            result.population += count if mark in (HOLDS, FAILS) else 0
            if mark == FAILS:
                result.failing_count += count
                failing += ids
        result.failing_ids = tuple(sorted(failing)[:KEPT])
        return result

    def _condition(self, model, query, domain):
        return domain.optimize_full(model)._to_sql(model, query.table, query)
