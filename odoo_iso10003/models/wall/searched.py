# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.fields import Domain

from .withheld import ADDON


class Searched(models.AbstractModel):
    """A record that is searched by what its reader may read, and by nothing else.

    Odoo asks for the right on a field when it reads it, and when it groups, orders or
    searches by its column. A field with a search method of its own, one that leads to
    another record's field, and the groups of a list of records it takes for
    everybody, who then learn the value from what is found.
    """

    _name = "iso10003.searched"
    _description = "Record searched only by what its reader may read"

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        domain = Domain(domain)
        if not self.env.su:
            if not bypass_access:
                domain = self._leave_out_rules(domain)
            self._check_searched(domain)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _leave_out_rules(self, domain):
        """Take out of a domain what the record rules add to it anyway.

        The helpdesk repeats them in the search of its pages, and they look at fields
        that the user may not.
        """
        rules = self.env["ir.rule"]._compute_domain(self._name, "read")
        added = list_parts(rules)
        return Domain.AND([part for part in list_parts(domain) if part not in added])

    @api.model
    def _check_searched(self, domain):
        for condition in domain.iter_conditions():
            # the way behind the first field is the business of where it leads
            name = condition.field_expr.split(".")[0]
            self._check_looked_at(name)

    def _field_to_sql(self, alias, field_expr, query=None):
        # Odoo asks for the right on each column, but not on what leads to another's
        if not self.env.su:
            name = field_expr.partition(".")[0]
            field = self._fields.get(name)
            if field and field.related and not field.store:
                self._check_looked_at(name)
        return super()._field_to_sql(alias, field_expr, query)

    def _read_group_groupby(self, alias, groupby_spec, query):
        self._check_looked_at(groupby_spec.split(":")[0].split(".")[0])
        return super()._read_group_groupby(alias, groupby_spec, query)

    @api.model
    def _check_looked_at(self, name):
        field = self._fields.get(name)
        if field and not self.env.su and self._is_of_the_product(field):
            self._check_field_access(field, "read")

    @api.model
    def _is_of_the_product(self, field):
        """What others have on their own models, they search as they did before."""
        return self._original_module == ADDON or ADDON in field._modules


def list_parts(domain):
    """Return the domains that all have to hold for a domain to hold."""
    return domain.children if getattr(domain, "OPERATOR", "") == "&" else (domain,)
