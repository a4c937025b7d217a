# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import secrets

from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.tools import SQL

from ...core import chain


class RegisterHead(models.Model):
    """Where each file's chain ends.

    It numbers the rows without gaps, is the lock of the file's writers, and
    betrays rows that were cut off at the end.
    """

    _name = "iso10003.register.head"
    _description = "End of a file in the register"
    _log_access = False
    _rec_name = "file"

    file = fields.Char(required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="restrict"
    )
    sequence = fields.Integer(required=True, readonly=True)
    hash = fields.Char(required=True, readonly=True)
    # keeps short texts from being guessed from the digests in the file's rows; it
    # is made with the file, or with its first row after an update
    salt = fields.Char(readonly=True, groups=fields.NO_ACCESS)

    _file_unique = models.UniqueIndex("(file)", "A file of the register has one head.")

    @api.model
    def _lock(self, records):
        """Return ``{file: (sequence, hash, salt)}``, locked in one order for all.

        A head that is not there yet is made, and one of before there were salts gets
        one. To write them is what locks them.

        :param records: ``{file: record}``
        """
        rows = self.env.execute_query(
            SQL(
                """INSERT INTO iso10003_register_head AS head
                   (file, company_id, sequence, hash, salt)
                   VALUES %s ON CONFLICT (file)
                   DO UPDATE SET salt = COALESCE(head.salt, EXCLUDED.salt)
                   RETURNING file, sequence, hash, salt""",
                SQL(", ").join(
                    SQL(
                        "(%s, %s, 0, %s, %s)",
                        file,
                        record._register_company().id,
                        chain.GENESIS,
                        secrets.token_hex(16),
                    )
                    for file, record in sorted(records.items())
                ),
            )
        )
        return {file: tuple(head) for file, *head in rows}

    @api.model
    def _move(self, rows, notes, former, heads):
        """Move the heads that stand where they were, and insert the rows of these.

        :param former: ``{file: (sequence, hash, salt)}`` from which rows were sealed
        :param heads: … and where they end now
        :return: the files whose heads were moved
        """
        shown_by = self.env["iso10003.register"]._get_shown_by()
        moved = self.env.execute_query(
            SQL(
                """WITH moved AS (
                       UPDATE iso10003_register_head h
                          SET sequence = v.sequence, hash = v.hash
                         FROM (VALUES %(heads)s) AS v(
                              file, former_sequence, former_hash, sequence, hash)
                        WHERE h.file = v.file AND h.sequence = v.former_sequence
                          AND h.hash = v.former_hash
                    RETURNING h.file
                   ), appended AS (
                       INSERT INTO iso10003_register
                              (version, company_id, file, sequence, at, actor, event,
                               data, previous_hash, hash, %(shown_by)s)
                       SELECT v.version, v.company_id, v.file, v.sequence, v.at,
                              v.actor, v.event, v.data, v.previous_hash, v.hash,
                              %(shown_by)s
                         FROM (VALUES %(rows)s) AS v(
                              place, version, company_id, file, sequence, at, actor,
                              event, data, previous_hash, hash, %(shown_by)s)
                         JOIN moved USING (file)
                        ORDER BY v.place
                    RETURNING id, file, sequence
                   )%(noted)s
                   SELECT file FROM moved""",
                heads=SQL(", ").join(
                    SQL("(%s, %s, %s, %s, %s)", file, *former[file][:2], *end[:2])
                    for file, end in sorted((file, heads[file]) for file in former)
                ),
                rows=SQL(", ").join(
                    self._prepare_row(place, *row, shown_by)
                    for place, row in enumerate(rows)
                ),
                shown_by=SQL(", ").join(map(SQL.identifier, shown_by)),
                noted=self._prepare_notes(notes),
            )
        )
        return {file for (file,) in moved}

    def _prepare_row(self, place, entry, at, record, shown_by):
        return SQL(
            "(%s, %s, %s, %s, %s, %s::timestamp, %s, %s, %s::jsonb, %s, %s, %s)",
            place,
            entry["version"],
            entry["company"],
            entry["file"],
            entry["sequence"],
            at,
            entry["actor"],
            entry["event"],
            Json(entry["data"]),
            entry["previous_hash"],
            entry["hash"],
            SQL(", ").join(
                SQL("%s::int4", record.id if record._name == kind else None)
                for kind in shown_by.values()
            ),
        )

    def _prepare_notes(self, notes):
        if not notes:
            return SQL()
        return SQL(
            """, noted AS (
                   INSERT INTO iso10003_register_note (register_id, salt, text)
                   SELECT appended.id, n.salt, n.text
                     FROM (VALUES %s) AS n(file, sequence, salt, text)
                     JOIN appended USING (file, sequence)
               )""",
            SQL(", ").join(SQL("(%s, %s, %s, %s)", *note) for note in notes),
        )
