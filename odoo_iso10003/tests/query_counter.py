# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.sql_db import Cursor

# how many rows the ORM inserts at once (odoo.orm.models, which no addon imports)
INSERT_BATCH_SIZE = 100


def count_queries(env, work, cold=True, of=""):
    """Return how many queries ``work`` sends.

    :param cold: forget first what the environment has read
    :param of: only those with these words in them
    """
    env.flush_all()
    if cold:
        env.invalidate_all()
    count, execute = 0, Cursor.execute

    def counted(cursor, query, *args, **kwargs):
        nonlocal count
        count += of in str(getattr(query, "code", query))
        return execute(cursor, query, *args, **kwargs)

    with patch.object(Cursor, "execute", counted):
        work()
        env.flush_all()
    return count
