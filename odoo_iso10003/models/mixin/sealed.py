# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import float_repr

from ...core.chain import SealedText
from .cached import kept


class Sealed(models.AbstractModel):
    """Fields whose every change leaves a row in the register (4.4, 4.5).

    Mark a field with ``sealed=True`` where the row may hold the value itself, and
    with ``sealed="digest"`` where people write what may name people: the row then
    holds a digest, salted with the salt of the file. Records are sealed by number,
    amounts as decimal strings, days and instants in ISO 8601.
    """

    _name = "iso10003.sealed"
    _description = "Fields whose changes are registered"

    def _valid_field_parameter(self, field, name):
        return name == "sealed" or super()._valid_field_parameter(field, name)

    @api.model
    @kept(cache="stable")
    def _get_sealed_fields(self):
        return frozenset(
            name
            for name, field in self._fields.items()
            if getattr(field, "sealed", False)
        )

    def _read_sealed(self, names):
        """Return ``{record: {field: sealed value}}`` for the fields among ``names``."""
        names = sorted(self._get_sealed_fields().intersection(names))
        if not names:
            return {}
        return {
            record: {name: record._seal_field(name) for name in names}
            for record in self
        }

    def _find_sealed_changes(self, before):
        """Return ``{record: {field: {"from", "to"}}}`` for what has changed since.

        :param before: what :meth:`_read_sealed` returned then
        """
        changed = {}
        for record, former in before.items():
            present = {name: record._seal_field(name) for name in former}
            moved = {
                name: {"from": former[name], "to": present[name]}
                for name in former
                if former[name] != present[name]
            }
            if moved:
                changed[record] = moved
        return changed

    def _read_first_values(self):
        """Return the sealed values that a new record was made with."""
        self.ensure_one()
        values = {
            name: self._seal_field(name) for name in sorted(self._get_sealed_fields())
        }
        return {
            name: value for name, value in values.items() if value not in (None, [])
        }

    def _seal_field(self, name):
        """Return the value of a field in the form that the register takes."""
        self.ensure_one()
        field, value = self._fields[name], self[name]
        if field.relational:
            # the number is what is sealed, also of a record that one may not read
            ids = sorted(value.sudo().ids)
            return (ids[0] if ids else None) if field.type == "many2one" else ids
        if field.type in ("integer", "boolean"):
            return value
        if value is False or value is None:
            return None
        if field.sealed == "digest":
            return SealedText(value) or None
        return self._seal_plain(field, value)

    def _seal_plain(self, field, value):
        if field.type == "monetary":
            currency = self[field.get_currency_field(self)]
            amount = float_repr(value, currency.decimal_places or 2)
            return f"{amount} {currency.name or ''}".rstrip()
        if field.type == "float":
            return repr(value)
        if field.type == "date":
            return value.isoformat()
        if field.type == "datetime":
            return self.env["iso10003.register"]._sealed_instant(value)
        return value
