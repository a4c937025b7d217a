# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools.misc import get_lang

from .. import solar, writing


class MailRenderMixin(models.AbstractModel):
    _inherit = "mail.render.mixin"

    def _render_template(self, *args, **kwargs):
        """Write dates in the calendar of the template's language.

        That is the language of who will read it; what the user chose who sends it
        says nothing of them.
        """
        template = self.with_context(calendar_reader=False)
        return super(MailRenderMixin, template)._render_template(*args, **kwargs)

    def _render_eval_context(self):
        context = super()._render_eval_context()
        for name in ("format_date", "format_datetime", "format_time"):
            context[name] = getattr(self, f"_solar_{name}")(context[name])
        return context

    def _solar_format_date(self, format_date):
        def instead(date, date_format=False, lang_code=False):
            lang = self._solar_lang(lang_code)
            return (
                date and lang and writing.write_date(self.env, date, lang, date_format)
            ) or format_date(date, date_format, lang_code)

        return instead

    def _solar_format_datetime(self, format_datetime):
        def instead(dt, tz=False, dt_format=False, lang_code=False):
            lang = self._solar_lang(lang_code)
            return (
                dt
                and lang
                and writing.write_datetime(self.env, dt, lang, tz, dt_format)
            ) or format_datetime(dt, tz, dt_format, lang_code)

        return instead

    def _solar_format_time(self, format_time):
        def instead(time, tz=False, time_format=False, lang_code=False):
            written = format_time(time, tz, time_format, lang_code)
            lang = self._solar_lang(lang_code)
            return solar.local_digits(written, lang) if lang else written

        return instead

    def _solar_lang(self, lang_code):
        """Return the language to write in, if that is read in the solar calendar."""
        lang = get_lang(self.env, lang_code).code
        return lang if self.env["res.users"].reads_solar(lang) else None
