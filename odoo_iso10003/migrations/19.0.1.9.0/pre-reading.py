# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL
from odoo.tools.sql import table_exists

# what limits and what comes of them keep of their file: who reads it
KEPT = {
    "iso10003_deadline": ("team_id", "reader_id"),
    "iso10003_alarm": ("owner_id", "team_id", "reader_id"),
}


def migrate(cr, version):
    """Make the columns, so that ``post-reading.py`` fills them in two statements.

    Odoo fills a column that it makes itself, too, but file by file.
    """
    for table, names in KEPT.items():
        if not table_exists(cr, table):
            continue
        for name, kind in (*((name, "INT4") for name in names), ("shared", "BOOL")):
            cr.execute(
                SQL(
                    "ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s %s",
                    SQL.identifier(table),
                    SQL.identifier(name),
                    SQL(kind),  # pylint: disable=sql-injection
                )
            )
