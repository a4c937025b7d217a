# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools.sql import column_exists, table_exists


def migrate(cr, version):
    """Fill what scores are counted with by now, and leave frozen scores alone.

    Odoo would compute the new columns of all assessments, and with them the scores
    that were frozen as they were counted then.
    """
    if not table_exists(cr, "iso10003_assessment_line"):
        return
    _add(cr, "iso10003_assessment_line", departure="VARCHAR")
    _add(
        cr,
        "iso10003_assessment_clause",
        hard_open="BOOLEAN",
        answered_weight="FLOAT8",
        applicable_weight="FLOAT8",
        excluded_count="INT4",
    )
    _add(
        cr,
        "iso10003_assessment",
        hard_open_count="INT4",
        departure_count="INT4",
        frozen_at="TIMESTAMP",
    )
    _fill_lines(cr)
    _fill_clauses(cr)
    _fill_assessments(cr)


def _add(cr, table, **columns):
    for name, kind in columns.items():
        if not column_exists(cr, table, name):
            cr.execute(f'ALTER TABLE {table} ADD COLUMN "{name}" {kind}')


def _fill_lines(cr):
    # as they were answered; what a question asks by now is not asked of the past
    cr.execute(
        """UPDATE iso10003_assessment_line
              SET departure = CASE
                  WHEN verdict = 'na' THEN 'excluded'
                  WHEN check_code IS NOT NULL
                   AND array_position(ARRAY['no', 'partly', 'yes'], verdict::text)
                     > COALESCE(array_position(ARRAY['no', 'partly', 'yes'],
                                               auto_verdict::text), 1)
                  THEN 'raised' END"""
    )


def _fill_clauses(cr):
    cr.execute(
        """UPDATE iso10003_assessment_clause AS clause
              SET answered_weight = counted.answered,
                  applicable_weight = counted.applicable,
                  hard_open = counted.hard_open,
                  excluded_count = counted.excluded
             FROM (SELECT clause.id,
                          COALESCE(SUM(line.weight) FILTER (WHERE line.counts
                              AND line.verdict IN ('yes', 'partly', 'no')), 0)
                              AS answered,
                          COALESCE(SUM(line.weight) FILTER (WHERE line.counts
                              AND line.verdict <> 'na'), 0) AS applicable,
                          COALESCE(BOOL_OR(line.hard
                              AND line.verdict = 'unchecked')
                              FILTER (WHERE line.counts), FALSE) AS hard_open,
                          COUNT(*) FILTER (WHERE line.counts
                              AND line.verdict = 'na') AS excluded
                     FROM iso10003_assessment_clause AS clause
                LEFT JOIN iso10003_assessment_line AS line
                       ON line.clause_result_id = clause.id
                 GROUP BY clause.id) AS counted
            WHERE counted.id = clause.id"""
    )


def _fill_assessments(cr):
    cr.execute(
        """UPDATE iso10003_assessment AS assessment
              SET hard_open_count = (
                      SELECT COUNT(*) FROM iso10003_assessment_clause AS clause
                       WHERE clause.assessment_id = assessment.id
                         AND clause.hard_open),
                  departure_count = (
                      SELECT COUNT(*) FROM iso10003_assessment_line AS line
                       WHERE line.assessment_id = assessment.id
                         AND line.counts AND line.departure IS NOT NULL)"""
    )
    # the register knows when one was frozen
    cr.execute(
        """UPDATE iso10003_assessment AS assessment
              SET frozen_at = sealed.at
             FROM (SELECT file, MAX(at) AS at FROM iso10003_register
                    WHERE event = 'assessed' GROUP BY file) AS sealed
            WHERE assessment.state = 'done'
              AND sealed.file = 'iso10003.assessment,' || assessment.id"""
    )
