# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import datetime
import re

from odoo import api, fields, models

from odoo.addons.base_import.models.base_import import ImportValidationError

from .. import solar


class BaseImportImport(models.TransientModel):
    _inherit = "base_import.import"

    @api.model
    def _extract_header_types(self, preview_values, options):
        if self._is_solar_column(preview_values):
            return self._solar_header_types(preview_values, options)
        return super()._extract_header_types(preview_values, options)

    def _is_solar_column(self, values):
        return (
            self.env.user.uses_solar_calendar()
            and any(values)
            and all(isinstance(value, str) for value in values)
            and all(solar.read(value) for value in values if value)
        )

    def _solar_header_types(self, values, options):
        """Tell the columns into which solar dates may go.

        The format is only what Odoo shows as an option: solar dates are read in any.
        """
        if any(":" in value for value in values):
            options.setdefault("datetime_format", "%Y-%m-%d %H:%M:%S")
            return ["datetime"]
        options.setdefault("date_format", "%Y-%m-%d")
        return ["date", "datetime"]

    def _parse_date_from_data(self, data, index, name, field_type, options):
        if self.env.user.uses_solar_calendar():
            for num, line in enumerate(data):
                if line[index] and isinstance(line[index], str):
                    line[index] = self._read_date(
                        line[index], num, name, field_type, options
                    )
            # all of it is read, or is as Odoo wants it
            options = {**options, "date_format": None, "datetime_format": None}
        return super()._parse_date_from_data(data, index, name, field_type, options)

    def _read_date(self, text, num, name, field_type, options):
        """Return the date of a cell as Odoo stores dates.

        A date of the common era may be in the format that was chosen for the column,
        if that has years of four digits: 05 may be 1405 or 2005.
        """
        found = solar.read(text, self._this_solar_year()) or self._read_in_format(
            text, field_type, options
        )
        if not found:
            raise ImportValidationError(
                self.env._(
                    "Column %(column)s, line %(line)d: “%(value)s” is not a date. "
                    "Write it with all digits of the year: 1405/09/08, 8 Azar 1405, or "
                    "2026-11-29 in the Gregorian calendar.",
                    column=name,
                    line=num + 1,
                    value=text,
                ),
                field=name,
                field_type=field_type,
            )
        return (fields.Date if field_type == "date" else fields.Datetime).to_string(
            found
        )

    def _read_in_format(self, text, field_type, options):
        text = solar.normalized(text)
        names = ["date_format"]
        if field_type == "datetime":
            names.insert(0, "datetime_format")
        for name in names:
            pattern = options.get(name)
            if not pattern or "%Y" not in pattern:
                continue
            try:
                found = datetime.datetime.strptime(text, pattern)
            except ValueError:
                continue
            if found.year >= solar.FIRST_COMMON_YEAR:
                return found
        return None

    def _this_solar_year(self):
        today = fields.Date.context_today(self)
        return solar.jdatetime.date.fromgregorian(date=today).year

    def _parse_float_from_data(self, data, index, name, options):
        if self.env.user.uses_solar_calendar():
            for num, line in enumerate(data):
                line[index] = self._read_number(line[index], num, name, options)
        return super()._parse_float_from_data(data, index, name, options)

    def _read_number(self, text, num, name, options):
        try:
            number = solar.read_number(
                text, options.get("float_decimal_separator") or "."
            )
        except ValueError:
            number = ""
        # the blank before a currency would be taken for a separator
        number = re.sub(r"(?<=\d) +(?=\D)|(?<=\D) +(?=\d)", "", number)
        if text.strip() and not self._is_number(number):
            raise ImportValidationError(
                self.env._(
                    "Column %(column)s, line %(line)d: “%(value)s” is not a number.",
                    column=name,
                    line=num + 1,
                    value=text,
                ),
                field=name,
            )
        return number

    def _is_number(self, text):
        """Say whether a text is a number, and at most a currency's symbol.

        Of letters, Odoo would take the last two for separators.
        """
        if not re.search(r"\d", text):
            return False
        letters = re.search(r"[^\W\d_]", re.sub(r"[eE][-+]?\d+$", "", text.strip()))
        return not letters or self._remove_currency_symbol(text) is not False
