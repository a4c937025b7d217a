# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Dates in pages, mails and reports, in the calendar of who reads them."""

from odoo import api, fields, models

from .. import solar, writing


class IrQwebField(models.AbstractModel):
    _inherit = "ir.qweb.field"

    def _is_solar(self):
        """Say whether what is written now is read in the solar calendar.

        What is edited in the page is read back, as Odoo writes it.
        """
        return (
            not self.env.context.get("inherit_branding")
            and self.env["res.users"].reads_solar()
        )

    def _local_digits(self, text):
        return solar.local_digits(text, self.user_lang().code)


class IrQwebFieldDate(models.AbstractModel):
    _inherit = "ir.qweb.field.date"

    @api.model
    def value_to_html(self, value, options):
        if not value or not self._is_solar():
            return super().value_to_html(value, options)
        written = writing.write_date(
            self.env, value, self.user_lang().code, options.get("format")
        )
        return written or self._local_digits(super().value_to_html(value, options))


class IrQwebFieldDatetime(models.AbstractModel):
    _inherit = "ir.qweb.field.datetime"

    @api.model
    def value_to_html(self, value, options):
        if not value or not self._is_solar():
            return super().value_to_html(value, options)
        written = not options.get("time_only") and self._write_solar(value, options)
        return written or self._local_digits(super().value_to_html(value, options))

    def _write_solar(self, value, options):
        lang_code = self.user_lang().code
        if options.get("tz_name"):
            self = self.with_context(tz=options["tz_name"])
        moment = fields.Datetime.context_timestamp(
            self, fields.Datetime.to_datetime(value)
        )
        if options.get("date_only"):
            moment = moment.date()
            pattern = options.get("format") or writing.NUMERIC
        else:
            pattern = options.get("format") or writing.numeric_moment(
                self.env, lang_code
            )
        if options.get("hide_seconds"):
            pattern = pattern.replace(":ss", "").replace(":s", "")
        return writing.write(moment, lang_code, pattern)


class IrQwebFieldRelative(models.AbstractModel):
    _inherit = "ir.qweb.field.relative"

    @api.model
    def value_to_html(self, value, options):
        written = super().value_to_html(value, options)
        return self._local_digits(written) if self._is_solar() else written
