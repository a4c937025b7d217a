# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError

from .cached import kept

ADDON = "odoo_iso10003"
PREFIX = "iso10003."


class Base(models.AbstractModel):
    """What the product computes is written by nobody.

    A stored field that is computed or related, and read-only, follows from others:
    a score from answers, a company from the file. On each model of the product, and
    for each field of the product on a neighbour's model, it is refused to clients,
    imports, defaults and superusers alike. The ORM itself stores what it computed
    past ``create`` and ``write``.

    It stands on ``base``, so that a model or a field that is added later is inside
    from its first day. The few fields that are computed and that people may put
    right say so: ``readonly=False``.
    """

    _inherit = "base"

    @api.model
    @kept(cache="stable")
    def _get_computed_only_fields(self):
        """Return the names of the product's fields that follow from others."""
        if self._transient:
            return frozenset()
        ours = self._name.startswith(PREFIX)
        return frozenset(
            name
            for name, field in self._fields.items()
            if field.store
            and field.readonly
            and (field.compute or field.related)
            and (ours or ADDON in field._modules)
        )

    @api.model_create_multi
    def create(self, vals_list):
        if computed := self._get_computed_only_fields():
            for vals in vals_list:
                self._refuse_computed(computed & vals.keys())
        if self._get_numbers():
            for vals in vals_list:
                self._refuse_no_numbers(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_no_numbers(vals)
        self._refuse_computed(self._get_computed_only_fields() & vals.keys())
        return super().write(vals)

    @api.model
    def default_get(self, fields):
        # neither the context nor a user's stored default stands in for the answer
        computed = self._get_computed_only_fields()
        names = [name for name in fields if name not in computed]
        self._refuse_no_defaults(names)
        return super().default_get(names)

    @api.model
    def _refuse_computed(self, names):
        if names:
            raise UserError(
                self.env._(
                    "%(model)s: %(fields)s follows from other fields and cannot be "
                    "written. Change what it follows from.",
                    model=self.env["ir.model"]._get(self._name).name,
                    fields=label_fields(self, names),
                )
            )


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
    @kept("mark", cache="stable")
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
        return super().create(
            [{**vals, **own} for vals, own in zip(vals_list, initial, strict=True)]
        )

    @api.model
    def default_get(self, fields):
        # of guarded fields the model's own default counts, and neither that of a
        # context nor one that a user stored
        guarded = self._get_marked_fields("guarded")
        values = super().default_get([name for name in fields if name not in guarded])
        for name in guarded.intersection(fields):
            if default := self._fields[name].default:
                values[name] = default(self)
        return values

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
        self._refuse_no_numbers({name: value})  # which cannot be compared
        field = self._fields[name]
        return field.convert_to_cache(value, self) != field.convert_to_cache(
            self[name], self
        )

    @api.model
    def _refuse_fields(self, names):
        if not names:
            return
        raise UserError(
            self.env._(
                "%(model)s: %(fields)s cannot be written directly. "
                "Use the buttons of the form, which leave a trace in the register.",
                model=self.env["ir.model"]._get(self._name).name,
                fields=label_fields(self, names),
            )
        )


def label_fields(model, names):
    """Return how the reader's forms call these fields."""
    labels = model.fields_get(names, ["string"])
    return ", ".join(sorted(labels.get(name, {}).get("string", name) for name in names))
