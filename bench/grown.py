# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Many files from few, by SQL: those that were made are copied with what is theirs.

Each copy of a table is its rows with their numbers moved by a step, and so are the
numbers by which they point to each other, as the foreign keys of the database say.
"""

from odoo import Command
from odoo.tools import SQL

OWNERS, TEAMS = 30, 10
# in the order in which they are filled; a relation has no numbers of its own
TABLES = (
    "res_partner",
    "helpdesk_ticket",
    "iso10003_dispute",
    "iso10003_dispute_remedy_rel",
    "iso10003_file",
    "iso10003_file_reader_rel",
    "iso10003_party",
    "iso10003_claim",
    "iso10003_deadline",
    "iso10003_alarm",
    "iso10003_register_head",
    "iso10003_register",
)
# which of their rows are copied
SEED = {
    "res_partner": "t.email LIKE 'customer%%'",
    "iso10003_file": "t.model = 'iso10003.dispute'",
    "iso10003_alarm": "t.deadline_id IS NOT NULL",
    "iso10003_register_head": "t.file LIKE 'iso10003.dispute,%%'",
    "iso10003_register": "t.dispute_id IS NOT NULL",
}
# what a copy has of its own
WORDED = "t.{0} || ' ' || ({1})[1 + (t.id * 7 + n * 13) %% {2}]"
OWN = {
    "helpdesk_ticket": {"number": "t.number || '/' || n", "name": WORDED},
    "iso10003_dispute": {"name": "t.name || '/' || n", "subject": WORDED},
    "iso10003_file": {
        "name": "t.name || '/' || n",
        "subject": WORDED,
        "res_id": "t.res_id + n * {3}",
    },
    "iso10003_register_head": {
        "file": "'iso10003.dispute,' || split_part(t.file, ',', 2)::int + n * {3}"
    },
}
OWN["iso10003_register"] = OWN["iso10003_register_head"]
# what complaints are about; the second and the last are written in more than one way
WORDS = (
    *("kettle", "phone", "invoice", "bicycle", "insurance", "courier", "warranty"),
    *("refrigerator", "ticket", "subscription", "carpet", "printer", "lamp", "oven"),
    *("یخچال", "گوشی", "پرداخت", "کتاب‌خانه", "بیمه‌نامه", "پیک", "ضمانت", "بلیت", "فرش"),
    *(f"model {number}" for number in range(1000)),
)


def spread(cr, env):
    """Give files owners, teams and evaluators as a large helpdesk has them.

    :return: nothing; the handler of the bench keeps one share like each other
    """
    owners, teams = _make_owners(env)
    env.flush_all()
    cr.execute(
        """UPDATE iso10003_dispute
              SET user_id = (%(owners)s)[1 + id %% %(owned)s],
                  evaluator_id = CASE WHEN evaluator_id IS NOT NULL
                                 THEN (%(owners)s)[1 + (id + 1) %% %(owned)s] END,
                  team_id = (%(teams)s)[1 + id %% %(shared)s]""",
        {"owners": owners, "owned": OWNERS, "teams": teams, "shared": TEAMS},
    )
    cr.execute(
        """UPDATE helpdesk_ticket SET user_id = d.user_id, team_id = d.team_id
             FROM iso10003_dispute d WHERE d.ticket_id = helpdesk_ticket.id"""
    )
    cr.execute(
        """UPDATE iso10003_file SET user_id = d.user_id, team_id = d.team_id
             FROM iso10003_dispute d
            WHERE model = 'iso10003.dispute' AND d.id = res_id"""
    )
    cr.execute("DELETE FROM iso10003_file_reader_rel")
    cr.execute(
        """INSERT INTO iso10003_file_reader_rel (file_id, user_id)
           SELECT f.id, d.evaluator_id FROM iso10003_file f
             JOIN iso10003_dispute d
               ON f.model = 'iso10003.dispute' AND d.id = f.res_id
            WHERE d.evaluator_id IS NOT NULL"""
    )
    cr.execute(
        """UPDATE iso10003_deadline
              SET user_id = d.user_id, team_id = d.team_id, reader_id = d.evaluator_id
             FROM iso10003_file f
             JOIN iso10003_dispute d
               ON f.model = 'iso10003.dispute' AND d.id = f.res_id
            WHERE f.id = file_id"""
    )
    _let_time_pass(cr)
    cr.execute(
        """UPDATE iso10003_alarm
              SET owner_id = d.user_id, team_id = d.team_id, reader_id = d.reader_id
             FROM iso10003_deadline d WHERE d.id = deadline_id"""
    )
    cr.execute(
        """UPDATE iso10003_dispute d SET next_due_date = first.due
             FROM (SELECT f.res_id, MIN(l.due_date) AS due FROM iso10003_deadline l
                     JOIN iso10003_file f ON f.id = l.file_id
                    WHERE l.state IN ('running', 'lapsed') GROUP BY 1) first
            WHERE first.res_id = d.id"""
    )
    env.invalidate_all()


def _let_time_pass(cr):
    """Let limits have been met and missed, as they are after half a year."""
    cr.execute(
        """UPDATE iso10003_deadline
              SET state = (ARRAY['met', 'met', 'met_late', 'lapsed', 'cancelled']
                          )[1 + id % 5],
                  due = due - interval '30 days' - id % 180 * interval '1 day',
                  due_date = due_date - 30 - (id % 180)::int
            WHERE id % 2 = 0"""
    )
    cr.execute(
        """UPDATE iso10003_alarm a
              SET state = CASE d.state WHEN 'cancelled' THEN 'dropped' ELSE 'fired' END,
                  at = d.due, told = TRUE
             FROM iso10003_deadline d
            WHERE d.id = a.deadline_id AND d.state <> 'running'"""
    )


def _make_owners(env):
    """Return the ids of who leads files, the bench's handler first, and of teams."""
    handler = env["res.users"].search([("login", "=", "bench_handler")])
    others = env["res.users"].create(
        [
            {
                "name": f"Handler {number}",
                "login": f"bench_handler_{number}",
                "group_ids": [Command.set(handler.group_ids.ids)],
            }
            for number in range(1, OWNERS)
        ]
    )
    owners = (handler | others).ids
    team = env["helpdesk.ticket.team"].search([("user_ids", "in", handler.ids)])
    teams = team | team.create(
        [
            {
                "name": f"Team {number}",
                "company_id": team.company_id.id,
                "user_ids": [Command.set(owners[number::TEAMS])],
            }
            for number in range(1, TEAMS)
        ]
    )
    return owners, teams.ids


def copy(cr, count, say):
    """Copy the files that are there, with what is theirs, until there are ``count``."""
    cr.execute("SELECT COUNT(*) FROM iso10003_dispute")
    [present] = cr.fetchone()
    copies = count // present - 1
    if copies <= 0:
        return
    firsts = {table: _find_first(cr, table) for table in TABLES if _has_id(cr, table)}
    step = 1 + max(last for _first, last in firsts.values())
    cr.execute("SET LOCAL session_replication_role = replica")  # they are consistent
    for table in TABLES:
        say(f"  {copies} copies of {table}")
        left = _drop_indexes(cr, table)
        cr.execute(_compose(cr, table, firsts, step, copies))
        for index in left:
            cr.execute(index)
        if table in firsts:
            cr.execute(
                SQL(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), MAX(id)) FROM %s",
                    table,
                    SQL.identifier(table),
                )
            )


def _has_id(cr, table):
    cr.execute(
        "SELECT 1 FROM information_schema.columns "
        "WHERE table_name = %s AND column_name = 'id'",
        [table],
    )
    return bool(cr.fetchone())


def _find_first(cr, table):
    cr.execute(
        SQL(
            f"SELECT MIN(t.id), (SELECT MAX(id) FROM %s) FROM %s t "
            f"WHERE {SEED.get(table, 'TRUE')}",
            SQL.identifier(table),
            SQL.identifier(table),
        )
    )
    return cr.fetchone()


def _drop_indexes(cr, table):
    """Drop what would be kept up row by row, and return how it is made again."""
    cr.execute(
        """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
             FROM pg_index WHERE indrelid = %s::regclass AND NOT indisprimary
              AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)""",
        [table],
    )
    found = cr.fetchall()
    for name, _definition in found:
        cr.execute(SQL("DROP INDEX %s", SQL.identifier(name.strip('"'))))
    return [definition for _name, definition in found]


def _compose(cr, table, firsts, step, copies):
    """Return the statement that copies the rows of a table."""
    cr.execute(
        """SELECT a.attname, c.confrelid::regclass::text
             FROM pg_attribute a
             LEFT JOIN pg_constraint c ON c.conrelid = a.attrelid
                  AND c.contype = 'f' AND c.conkey = ARRAY[a.attnum]
            WHERE a.attrelid = %s::regclass AND a.attnum > 0
              AND NOT a.attisdropped AND a.attgenerated = ''
            ORDER BY a.attnum""",
        [table],
    )
    columns = cr.fetchall()
    values = [_move(table, *column, firsts, step) for column in columns]
    return SQL(
        f"INSERT INTO %s (%s) SELECT %s FROM %s t, generate_series(1, %s) n "
        f"WHERE {SEED.get(table, 'TRUE')}",
        SQL.identifier(table),
        SQL(", ").join(SQL.identifier(name) for name, _to in columns),
        SQL(", ").join(values),
        SQL.identifier(table),
        copies,
    )


def _move(table, name, target, firsts, step):
    column = SQL.identifier("t", name)
    if name == "id":
        return SQL("%s + n * %s", column, step)
    if target in firsts:  # only to what is copied, too
        first, _last = firsts[target]
        return SQL(
            "CASE WHEN %s >= %s THEN %s + n * %s ELSE %s END",
            *(column, first, column, step, column),
        )
    own = OWN.get(table, {}).get(name)
    if own is None:
        return column
    words = "ARRAY[" + ", ".join(f"'{word}'" for word in WORDS) + "]"
    return SQL(own.format(name, words, len(WORDS), step))
