# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Forget the names of hearings, which were kept in one language for all."""
    cr.execute("ALTER TABLE IF EXISTS iso10003_hearing DROP COLUMN IF EXISTS name")
