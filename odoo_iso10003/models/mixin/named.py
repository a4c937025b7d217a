# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from .cached import kept


class Named(models.AbstractModel):
    """A record that many others name, and of which there are few: its name is kept.

    Each form shows the names of a file's policy, category and team; they are the same
    on all of them.
    """

    _name = "iso10003.named"
    _inherit = ["iso10003.cached"]
    _description = "Record whose name is kept at hand"

    def _show_kept_names(self):
        """Have the names of these at hand, as if they had been read."""
        for record in self:
            name = self._get_kept_name(record.id)
            record._update_cache({"display_name": name})

    @api.model
    @kept("record_id", by_language=True)
    def _get_kept_name(self, record_id):
        return self.browse(record_id).display_name
