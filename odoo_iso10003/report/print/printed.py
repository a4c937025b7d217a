# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import functools

from odoo import api, fields, models

from ...core import solar_hijri
from ...models.mixin.people_date import format_people_date, format_people_percent


class Printed(models.AbstractModel):
    """What all that is printed on ``document_layout`` needs, in the reader's language.

    The model of a report inherits this, sets ``_name`` to the name of its report
    and returns ``{**self._document_values(), "docs": …}``.
    """

    _name = "iso10003.printed"
    _description = "Printed report"

    def _document_values(self):
        """Return values for QWeb: ``lang``, ``printed`` and four functions.

        ``digits`` writes a number in the reader's digits, ``percent`` one of hundred,
        ``clause`` names clauses of the standard, ``number`` gives a register, which is
        another one each day, its number.
        """
        lang = self.env.lang or self.env.user.lang
        env = self.with_context(lang=lang).env
        persian = solar_hijri.is_read_in(lang)
        digits, comma = (solar_hijri.persian_digits, "،") if persian else (str, ",")
        return {
            "lang": lang,
            "digits": digits,
            "percent": functools.partial(format_people_percent, env),
            "clause": lambda numbers: env._(
                "ISO 10003:2018, %(clauses)s",
                clauses=digits(numbers).replace(",", comma),
            ),
            "number": self._number_register,
            "printed": env._(
                "Printed on %(moment)s by %(user)s. Time zone: %(zone)s.",
                moment=format_people_date(env, fields.Datetime.now()),
                user=env.user.name,
                zone=env.tz,
            ),
        }

    @api.model
    def _number_register(self, code):
        """Return the number of a register of today, such as DR-REG-01-20261130."""
        return f"{code}-{fields.Date.context_today(self):%Y%m%d}"
