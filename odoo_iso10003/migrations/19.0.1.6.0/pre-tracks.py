# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Put each file on the one track that its policy version is given.

    ``post-tracks.py`` gives it to the versions.
    """
    cr.execute("ALTER TABLE iso10003_dispute ADD COLUMN IF NOT EXISTS track VARCHAR")
    cr.execute("UPDATE iso10003_dispute SET track = 'standard' WHERE track IS NULL")
