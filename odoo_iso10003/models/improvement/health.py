# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..deadline.health import Sign


class Health(models.Model):
    """Whether the database finds files by their words with an index."""

    _inherit = "iso10003.health"

    def _look_at_similar(self):
        self.env.cr.execute(
            """SELECT 1 FROM pg_index
                 JOIN pg_opclass ON pg_opclass.oid = ANY (indclass)
                WHERE indrelid = 'iso10003_dispute'::regclass
                  AND opcname = 'gin_trgm_ops'
                  AND pg_get_indexdef(indexrelid) LIKE '%stems%'"""
        )
        if self.env.cr.fetchone():
            return Sign("well")
        told = self.env._(
            "The database has no index for words, so similar files are found slowly. "
            "Who owns it runs CREATE EXTENSION pg_trgm; then update this addon."
        )
        return Sign("missing", told=told)
