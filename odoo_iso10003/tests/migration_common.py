# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import importlib.util

from odoo.tools import SQL
from odoo.tools.misc import file_path

# what the register, which nobody empties, or older versions have rows of: they let go
# of what they name, and stay
CASES = (
    "iso10003_dispute",
    "iso10003_referral",
    "iso10003_proceeding",
    "iso10003_deadline",
)
NAMING = """
    SELECT naming.relname, field.attname
      FROM pg_constraint AS link
      JOIN pg_class AS naming ON naming.oid = link.conrelid
      JOIN pg_attribute AS field
        ON field.attrelid = link.conrelid AND field.attnum = ANY(link.conkey)
     WHERE link.contype = 'f' AND link.confrelid = %s::regclass
     ORDER BY 1, 2
"""


def run_migration(env, script, version="19.0.1.2.0"):
    """Run a migration script as an update does, and read everything anew.

    :param script: its path below ``migrations/``, without ``.py``
    :param version: the version that was installed before
    """
    path = file_path(f"odoo_iso10003/migrations/{script}.py")
    spec = importlib.util.spec_from_file_location("migration", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    env.flush_all()
    module.migrate(env.cr, version)
    env.invalidate_all()


def empty_table(cr, table, begun=()):
    """Delete what an older version had not: all rows of a table of ours.

    :param begun: the tables that are being emptied, which these rows are in the way of
    """
    empty_what_names(cr, table, begun)
    cr.execute(SQL("DELETE FROM %s", SQL.identifier(table)))


def empty_what_names(cr, table, begun=()):
    """Delete what points to the rows of a table, by the foreign keys of the database.

    What stays, lets go of them: cases, tables of others, and where tables name each
    other.
    """
    cr.execute(NAMING, [table])
    begun = (*begun, table)
    for naming, column in cr.fetchall():
        if naming in (*CASES, *begun) or not naming.startswith("iso10003_"):
            column = SQL.identifier(column)
            cr.execute(
                SQL(
                    "UPDATE %s SET %s = NULL WHERE %s IS NOT NULL",
                    SQL.identifier(naming),
                    column,
                    column,
                )
            )
        else:
            empty_table(cr, naming, begun)
