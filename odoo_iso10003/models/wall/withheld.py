# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

ADDON = "odoo_iso10003"
# records of other apps that name a file of ours
NEIGHBOURS = frozenset(
    {
        "calendar.event",
        "helpdesk.ticket",
        "ir.attachment",
        "mail.activity",
        "mail.message",
        "mgmtsystem.action",
        "mgmtsystem.audit",
        "mgmtsystem.nonconformity",
    }
)
# Nor does anybody give a record to a company where they do not work: Odoo asks for the
# company that it leaves, and not for where it goes.
WITHHELD = NEIGHBOURS | {"res.company"}


class Withheld(models.AbstractModel):
    """A record that is linked only to what who links it may read.

    Odoo shows the name of a linked record to whoever reads the link, whatever their
    rights on that record, and hands on its related fields. So who gives an id, to a
    form, a dialog, its defaults or an import, must be able to read what the id
    leads to. Links that are there already may stay.
    """

    _name = "iso10003.withheld"
    _description = "Record linked only to what its writer may read"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_links(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_links([vals])
        return super().write(vals)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        self.browse()._check_links([values])
        return values

    def onchange(self, values, field_names, fields_spec):
        self._check_links([values])
        return super().onchange(values, field_names, fields_spec)

    def _check_links(self, vals_list):
        """Refuse a link to a record that the user may not read.

        :raise AccessError: without a word about the record
        """
        if self.env.su:
            return
        for name in set().union(*vals_list):
            field = self._fields.get(name)
            if field and self._is_withheld_link(field):
                self._check_linked(field, [vals.get(name) for vals in vals_list])

    @api.model
    def _is_withheld_link(self, field):
        """Return whether a field leads to our records, or to others that name them."""
        if field.type not in ("many2one", "many2many"):
            return False
        comodel = self.env[field.comodel_name]
        return comodel._original_module == ADDON or comodel._name in WITHHELD

    def _check_linked(self, field, values):
        linked = {
            linked_id
            for value in values
            if value
            for linked_id in self._get_linked_ids(field, value)
        }
        # what the records show already is no news, and is only compared
        linked -= set(self.sudo()[field.name].ids) if self else set()
        self.env[field.comodel_name].browse(linked).check_access("read")

    @api.model
    def _get_linked_ids(self, field, value):
        """Return the ids that a value of a link leads to, however it is written."""
        if field.type == "many2one" and isinstance(value, str | float):
            # PostgreSQL takes it for an id, though the cache does not
            return [int(float(value))] if str(value)[-1:].isdecimal() else []
        cached = field.convert_to_cache(value, self.browse(), validate=False)
        ids = cached if field.type == "many2many" else [cached]
        return [getattr(one, "origin", one) for one in ids if one]
