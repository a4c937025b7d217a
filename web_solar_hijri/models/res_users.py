# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools.misc import get_lang

from .. import writing


class ResUsers(models.Model):
    _inherit = "res.users"

    calendar_system = fields.Selection(
        [
            ("language", "As usual in the language"),
            ("solar", "Solar Hijri"),
            ("gregorian", "Gregorian"),
        ],
        string="Calendar",
        default="language",
        required=True,
        help="In which calendar dates are shown, and read where the year leaves no "
        "doubt. They are always stored in the Gregorian calendar.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "calendar_system"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "calendar_system"]

    @api.private
    def uses_solar_calendar(self):
        """Say whether this user counts in the solar Hijri calendar."""
        self.ensure_one()
        user = self.sudo()  # everybody may know how to write to somebody
        if user.calendar_system == "language":
            return (user.lang or "").startswith("fa")
        return user.calendar_system == "solar"

    @api.model
    @api.private
    def reads_solar(self, lang_code=None):
        """Say whether what is written now is read in the solar Hijri calendar.

        It is read by the user of the environment, or by the one whose id is in
        ``calendar_reader`` of the context. Where that is ``False``, nobody knows who
        will read it: then the language decides, as for who has not chosen a calendar.

        :param lang_code: language it is written in, otherwise of the environment
        """
        reader = self.env.context.get("calendar_reader", self.env.uid)
        # what is no id came with a call from outside
        reader = self.browse(reader if type(reader) is int and reader else ())
        # everybody may know how to write to somebody
        calendar = reader.sudo().calendar_system or "language"
        if calendar == "language":
            return get_lang(self.env, lang_code).code.startswith("fa")
        return calendar == "solar"

    @api.model
    @api.private
    def write_solar(self, value, lang_code, style="long"):
        """Write a date, or a moment to the minute, for who reads it.

        For addons that write dates of their own.

        :param value: date, or datetime in the time zone of who reads it
        :param style: ``long`` with the month's name, ``short`` in digits
        :return: ``None`` for who does not count in the solar calendar, and for days out
            of its years
        """
        if not self.reads_solar(lang_code):
            return None
        return writing.write_to_the_minute(value, lang_code, style)
