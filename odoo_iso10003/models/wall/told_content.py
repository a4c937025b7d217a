# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class ToldContent(models.AbstractModel):
    """What is said of records: read while they may be, not because one was told once.

    To be inherited before the model whose content it is, which says in
    ``_filter_untold`` what the user may not read.
    """

    _name = "iso10003.told.content"
    _description = "What is said of records that tell their readers only"

    @api.model
    def _search(
        self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs
    ):
        query = super()._search(
            domain, offset, limit, order, bypass_access=bypass_access, **kwargs
        )
        if self.env.su or bypass_access:
            return query
        found = self.browse(query)
        if not (untold := found._filter_untold()):
            return query
        return (found - untold)._as_query(order)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        allowed = self - result[0] if result else self
        return self.env["iso10003.told"]._add_forbidden(
            result, allowed._filter_untold()
        )

    def _filter_untold(self):
        """Return those that the user may not read."""
        return self.browse()

    def _find_untold(self, references):
        """Return those of which the record may not be read.

        :param references: ``(model, id)`` of the record of each
        """
        told = self.env["iso10003.told"]
        unreadable = told._find_unreadable(set(references.values()))
        return self.filtered(lambda one: references[one] in unreadable)

    def _make_told_error(self):
        return self._make_access_error("read")
