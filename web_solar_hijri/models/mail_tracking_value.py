# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from .. import writing


class MailTrackingValue(models.Model):
    _inherit = "mail.tracking.value"

    def _format_display_value(self, field_type, new=True):
        """Write dates for who reads a mail; the web client writes them itself.

        The time is in UTC there, and Odoo marks it as such.
        """
        values = super()._format_display_value(field_type, new)
        lang_code = self.env.context.get("calendar_written_in")
        is_date = field_type in ("date", "datetime")
        if not (is_date and lang_code and self.env["res.users"].reads_solar(lang_code)):
            return values
        write = self._write_date if field_type == "date" else self._write_moment
        return [value and (write(value, lang_code) or value) for value in values]

    def _write_date(self, value, lang_code):
        return writing.write_date(self.env, value, lang_code)

    def _write_moment(self, value, lang_code):
        written = writing.write_datetime(
            self.env, value.removesuffix("Z"), lang_code, "UTC"
        )
        return written and f"{written} UTC"
