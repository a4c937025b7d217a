# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The automatic checks of an assessment against one scan of the dispute table."""

import statistics

from harness import Bench, Samples, ratio

from odoo import SUPERUSER_ID
from odoo.tools import SQL

REPETITIONS, QUICK_REPETITIONS = 9, 3
AIM, AIM_ADDED = 8.0, 1.0
# questions that were answered by people when the aim of the others was set
ADDED = frozenset(
    [
        "accredited",
        "binding_written",
        "chosen_among_several",
        "confirmation_asked",
        "controlled",
        "cost_known",
        "hearings_recorded",
        "independent",
        "lateness_noted",
        "looked_at_again",
        "mark_kept",
        "method_by_criteria",
        "methods_defined",
        "never_before_dispute",
        "offers_traced",
        "promises_named",
        "records_held",
        "rejections_approved",
        "representative_settles",
        "resolvers_declared",
        "retention_set",
        "reviews_considered",
        "rules_kept",
        "settlements_written",
        "shown_to_both",
        "submissions_in_time",
        "taken_part_willingly",
        "talks_attended",
        "texts_approved",
        "told_beforehand",
        "unheard_sent_back",
        "withdrawal_respected",
    ]
)
# the scan reads each row to its end
LAST_COLUMN = "scope_date"
# what a copy of a file has of its own, by table
OWN = {
    "helpdesk_ticket": {"number": "t.number || '/' || n"},
    "iso10003_dispute": {"name": "t.name || '/' || n"},
}


def measure(bench, count, quick, say):
    """Return two results over ``count`` disputes: the first checks, each one added."""
    say(f"  multiplying the disputes to {count}")
    with bench.registry.cursor() as cr:
        _multiply(cr, count)
    with bench.registry.cursor() as cr:
        cr.execute("ANALYZE")
    boss = Bench(bench.registry, SUPERUSER_ID, bench.context)
    first, every, scan = Samples(), Samples(), Samples()
    sides = (
        (scan, _scan),
        (first, lambda env: _check(env, without=ADDED)),
        (every, _check),
    )
    repetitions = QUICK_REPETITIONS if quick else REPETITIONS
    for repetition in range(-2, repetitions):
        for samples, action in sides:
            kept = samples if repetition >= 0 else Samples()  # warm-up
            boss.sample(kept, _one_process, action)
    added = Samples(
        [
            (more - less) / len(ADDED)
            for more, less in zip(every.seconds, first.seconds, strict=True)
        ],
        [(every.most_queries - first.most_queries) / len(ADDED)],
    )
    return [
        _tell(f"first checks over {count} disputes, of one scan", first, scan, AIM),
        _tell(f"each of {len(ADDED)} checks added since", added, scan, AIM_ADDED),
    ]


def _tell(what, ours, scan, aim):
    return {
        "what": what,
        "ours": statistics.median(ours.seconds),
        "peer": scan.median,
        "ratio": ratio(ours, scan),
        "queries": ours.most_queries,
        "peer_queries": scan.most_queries,
        "aim": aim,
    }


def _one_process(env):
    """Let neither side share its work out to other processes, or skip the table."""
    env.cr.execute("SET LOCAL max_parallel_workers_per_gather = 0")
    return env


def _scan(env):
    env.cr.execute(
        SQL("SELECT COUNT(%s) FROM iso10003_dispute", SQL.identifier(LAST_COLUMN))
    )


def _check(env, without=frozenset()):
    questions = env.ref("odoo_iso10003.requirement_set_2018").requirement_ids
    questions = questions.filtered(lambda one: one.check not in without)
    results = questions._run_checks(env.ref("base.main_company"))
    broken = [result.note for result in results.values() if "failed" in result.note]
    if broken:
        raise ValueError(broken[0])


def _multiply(cr, count):
    """Copy the files, with their complaints and their trails."""
    cr.execute("SELECT COUNT(*), MAX(id) FROM iso10003_dispute")
    present, _last = cr.fetchone()
    copies = -(-count // present) - 1
    if copies <= 0:
        return
    step = 10_000_000  # numbers of copies are their originals', moved by this
    for table, own in OWN.items():
        columns = _columns(cr, table)
        values = []
        for column in columns:
            if column == "id" or (table, column) == ("iso10003_dispute", "ticket_id"):
                values.append(SQL("t.%s + n * %s", SQL.identifier(column), step))
            elif column in own:
                values.append(SQL(own[column]))
            else:
                values.append(SQL("t.%s", SQL.identifier(column)))
        cr.execute(
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM %s t, generate_series(1, %s) n",
                SQL.identifier(table),
                SQL(", ").join(map(SQL.identifier, columns)),
                SQL(", ").join(values),
                SQL.identifier(table),
                copies,
            )
        )
    for table in ("iso10003_register_head", "iso10003_register"):
        _copy_trails(cr, table, copies, step)


def _copy_trails(cr, table, copies, step):
    """Copy the rows of each file, under the name of its copy."""
    columns = [column for column in _columns(cr, table) if column != "id"]
    values = []
    for column in columns:
        if column == "file":
            values.append(SQL("'iso10003.dispute,' || d.id + n * %s", step))
        elif column == "dispute_id":
            values.append(SQL("d.id + n * %s", step))
        else:
            values.append(SQL("t.%s", SQL.identifier(column)))
    cr.execute(
        SQL(
            """INSERT INTO %s (%s) SELECT %s
                 FROM iso10003_dispute d
                 JOIN %s t ON t.file = 'iso10003.dispute,' || d.id,
                      generate_series(1, %s) n
                WHERE d.id < %s""",
            SQL.identifier(table),
            SQL(", ").join(map(SQL.identifier, columns)),
            SQL(", ").join(values),
            SQL.identifier(table),
            copies,
            step,
        )
    )


def _columns(cr, table):
    cr.execute(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return [column for (column,) in cr.fetchall()]
