# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import ormcache


class Guarded(models.AbstractModel):
    """Fields that only the model's own private methods write.

    Mark a field with ``guarded=True``: it is written through
    :meth:`_guarded_write` alone, not by form, import, RPC or sudo. Mark it with
    ``fixed=True``: it is given when the record is made and never changes.

    A context key would be no lock, since whoever calls by RPC sets the context.
    Private methods cannot be called from outside, so :meth:`_guarded_write` is
    the one way in.
    """

    _name = "iso10003.guarded"
    _inherit = ["iso10003.withheld"]
    _description = "Fields that only the model's own methods write"

    def _valid_field_parameter(self, field, name):
        return name in ("guarded", "fixed") or super()._valid_field_parameter(
            field, name
        )

    @api.model
    @ormcache("mark")
    def _get_marked_fields(self, mark):
        return frozenset(
            name for name, field in self._fields.items() if getattr(field, mark, False)
        )

    @api.model_create_multi
    def create(self, vals_list):
        guarded = self._get_marked_fields("guarded")
        for vals in vals_list:
            self._refuse_fields(guarded & vals.keys())
        initial = self._prepare_guarded_vals(vals_list)
        # all guarded fields are given, so no default_* of a context gets in
        closed_doors = dict.fromkeys(guarded, False)
        return super().create(
            [
                {**vals, **closed_doors, **own}
                for vals, own in zip(vals_list, initial, strict=True)
            ]
        )

    def write(self, vals):
        self._refuse_fields(self._get_marked_fields("guarded") & vals.keys())
        self._refuse_fields(
            {
                name
                for name in self._get_marked_fields("fixed") & vals.keys()
                if any(record._would_change(name, vals[name]) for record in self)
            }
        )
        return super().write(vals)

    def _guarded_write(self, vals):
        """Write guarded fields, with the access rights of the user."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        """Return the guarded fields of new records, a dictionary for each."""
        return [{} for _vals in vals_list]

    def _would_change(self, name, value):
        field = self._fields[name]
        return field.convert_to_cache(value, self) != field.convert_to_cache(
            self[name], self
        )

    @api.model
    def _refuse_fields(self, names):
        if not names:
            return
        labels = self.fields_get(names, ["string"])
        raise UserError(
            self.env._(
                "%(model)s: %(fields)s cannot be written directly. "
                "Use the buttons of the form, which leave a trace in the register.",
                model=self.env["ir.model"]._get(self._name).name,
                fields=", ".join(
                    sorted(labels.get(name, {}).get("string", name) for name in names)
                ),
            )
        )
