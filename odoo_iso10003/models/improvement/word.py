# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

import psycopg2

from odoo import api, fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

# the row that says how many texts were counted: no text has it
ALL = ""


class Word(models.Model):
    """In how many files each word is, so that the rare ones tell them apart.

    Counted each night, over all companies: a number weighs words, and is told to
    nobody. Which file has which word, its own column says, to who may read it.
    """

    _name = "iso10003.word"
    _description = "Word of complaints"
    _log_access = False
    _rec_name = "stem"

    stem = fields.Char(required=True, readonly=True)
    files = fields.Integer(required=True, readonly=True, aggregator=None)

    _stem_once = models.UniqueIndex("(stem)", "A word is counted once.")

    def init(self):
        """Let the database find words by an index, where it may.

        Odoo makes the index (``index="trigram"``) once the extension is there.
        """
        cr = self.env.cr
        if self.pool.has_trigram:
            return
        cr.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")
        if not cr.fetchone():
            return  # Health says so
        try:
            with cr.savepoint(flush=False):
                cr.execute("CREATE EXTENSION pg_trgm", log_exceptions=False)
        except psycopg2.Error as error:  # who owns the database may not
            _logger.info("pg_trgm cannot be created: %s", error)
            return
        self.pool.has_trigram = True

    @api.model
    def _recount(self):
        """Count anew in how many files each word is."""
        self.env["iso10003.dispute"].flush_model(["stems"])
        self.env.cr.execute("DELETE FROM iso10003_word")
        self.env.cr.execute(
            SQL(
                """INSERT INTO iso10003_word (stem, files)
                   SELECT stem, COUNT(*) FROM (
                       SELECT DISTINCT dispute.id, stem
                         FROM iso10003_dispute dispute,
                              UNNEST(STRING_TO_ARRAY(TRIM(stems), ' ')) stem
                        WHERE stems <> ''
                   ) found GROUP BY stem
                   UNION ALL
                   SELECT %s, COUNT(*) FROM iso10003_dispute WHERE stems <> ''""",
                ALL,
            )
        )
        self.invalidate_model()

    @api.model
    def _count(self, stems):
        """Return in how many files each of these is, and how many files there are."""
        rows = self.env.execute_query(
            SQL(
                "SELECT stem, files FROM iso10003_word WHERE stem = ANY(%s)",
                [ALL, *stems],
            )
        )
        counts = dict(rows)
        return counts, counts.pop(ALL, 0)
