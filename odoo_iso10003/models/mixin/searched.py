# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.fields import Domain


class Searched(models.AbstractModel):
    """A record that is searched by what its reader may read, and by nothing else.

    Odoo asks for the right on a field when it reads, groups or orders by it, and when
    it searches the column; a field with a search method of its own it searches for
    everybody, who then learn its value from what is found.
    """

    _name = "iso10003.searched"
    _description = "Record searched only by what its reader may read"

    @api.model
    def _search(self, domain, *args, **kwargs):
        domain = Domain(domain)
        if not self.env.su:
            self._check_searched(domain)
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _check_searched(self, domain):
        for condition in domain.iter_conditions():
            # the way behind the first field is the business of where it leads
            name = condition.field_expr.split(".")[0]
            if field := self._fields.get(name):
                self._check_field_access(field, "read")
