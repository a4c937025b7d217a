# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class Listed(models.AbstractModel):
    """A record of which a file has few, looked at as soon as they are listed.

    Odoo lists the records of a one2many with one query, and reads them with another
    one. Here one does both.
    """

    _name = "iso10003.listed"
    _description = "Record that is read when it is listed"

    @api.model
    @api.private
    @api.readonly
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        if self._is_listing(field_names):
            field_names = None  # all that is read together
        return super().search_fetch(domain, field_names, offset, limit, order)

    @api.model
    def _is_listing(self, field_names):
        """Return whether a one2many asks: for its inverse, and whether it is active."""
        first, *others = field_names or [None]
        return (
            first in self._fields
            and self._fields[first].type == "many2one"
            and others in ([], ["active"])
        )
