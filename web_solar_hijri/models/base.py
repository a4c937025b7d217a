# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .. import solar

NUMBERS = ("float", "integer", "monetary")


def is_phone(field):
    """Say whether a field has telephone numbers, which only its name tells."""
    return field.type == "char" and ("phone" in field.name or "mobile" in field.name)


class Base(models.AbstractModel):
    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_solar_years(vals_list)
        return super().create([self._read_solar_numbers(vals) for vals in vals_list])

    def write(self, vals):
        self._refuse_solar_years([vals])
        return super().write(self._read_solar_numbers(vals))

    def _read_solar_numbers(self, vals):
        """Return values in which numbers that were sent as texts are read.

        Telephone numbers stay texts, in the digits that telephones understand.

        :raises ValidationError: if a number cannot be read
        """
        texts = {
            name: value
            for name, value in vals.items()
            if isinstance(value, str)
            and (field := self._fields.get(name)) is not None
            and (field.type in NUMBERS or is_phone(field))
        }
        if not texts or not self.env.user.uses_solar_calendar():
            return vals
        return {
            **vals,
            **{
                name: self._read_solar_number(name, text)
                for name, text in texts.items()
            },
        }

    def _read_solar_number(self, name, text):
        field = self._fields[name]
        if is_phone(field):
            return solar.normalized(text)
        try:
            return solar.to_number(text, field.type)
        except ValueError as error:
            raise ValidationError(
                self.env._(
                    "“%(value)s” is not a number for “%(field)s” (%(model)s). Write it "
                    "as 1250, 1250.5 or ۱٬۲۵۰٫۵.",
                    value=text,
                    field=field._description_string(self.env),
                    model=self.env["ir.model"]._get(self._name).name,
                )
            ) from error

    def _refuse_solar_years(self, vals_list):
        """Refuse a solar year that somebody would store as one of the common era.

        Dates come here in the Gregorian calendar, from the web client and from
        imports, which read what was written. Who counts in the solar calendar and
        sends 1405 means no day of the Middle Ages.
        """
        suspects = [
            (field, vals[field.name])
            for vals in vals_list
            for field in self._solar_suspects(vals)
        ]
        if not suspects or not self.env.user.uses_solar_calendar():
            return
        field, value = suspects[0]
        raise ValidationError(
            self.env._(
                "%(value)s is not a date of “%(field)s” (%(model)s): the year is one "
                "of the solar Hijri calendar. Dates are stored in the Gregorian "
                "calendar.",
                value=value,
                field=field._description_string(self.env),
                model=self.env["ir.model"]._get(self._name).name,
            )
        )

    def _solar_suspects(self, vals):
        """Yield the fields of dates whose value has a solar year."""
        for name, value in vals.items():
            field = self._fields.get(name)
            if field is None or field.type not in ("date", "datetime") or not value:
                continue
            if isinstance(value, str):
                year = int(value[:4]) if value[:4].isdecimal() else 0
            else:
                year = fields.Date.to_date(value).year
            if solar.is_solar(year):
                yield field
