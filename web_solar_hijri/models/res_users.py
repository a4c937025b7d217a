# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


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
