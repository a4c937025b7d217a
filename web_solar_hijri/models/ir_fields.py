# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .. import solar


class IrFieldsConverter(models.AbstractModel):
    _inherit = "ir.fields.converter"

    @api.model
    def _str_to_date(self, model, field, value, savepoint):
        return super()._str_to_date(model, field, self._read_solar(value), savepoint)

    @api.model
    def _str_to_datetime(self, model, field, value, savepoint):
        return super()._str_to_datetime(
            model, field, self._read_solar(value), savepoint
        )

    @api.model
    def _str_to_integer(self, model, field, value, savepoint):
        return super()._str_to_integer(
            model, field, self._read_number(value, "integer"), savepoint
        )

    @api.model
    def _str_to_float(self, model, field, value, savepoint):
        return super()._str_to_float(
            model, field, self._read_number(value, "float"), savepoint
        )

    _str_to_monetary = _str_to_float

    def _read_solar(self, value):
        """Return a solar date as Odoo reads dates; what is none stays as it is."""
        if not isinstance(value, str) or not self.env.user.uses_solar_calendar():
            return value
        found = solar.read(value)
        return fields.Datetime.to_string(found) if found else value

    def _read_number(self, value, kind):
        """Return a number; what is none stays as it is, and Odoo refuses it."""
        if not isinstance(value, str) or not self.env.user.uses_solar_calendar():
            return value
        try:
            return solar.to_number(value, kind)
        except ValueError:
            return value
