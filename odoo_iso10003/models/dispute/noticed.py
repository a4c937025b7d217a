# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class Noticed(models.AbstractModel):
    """A file with the notices by which it was served on us (7.3)."""

    _name = "iso10003.noticed"
    _description = "File with notices"

    def _follow_notice(self, notice):
        """Let follow what a notice brings about, in rooms above."""
