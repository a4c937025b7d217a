# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Amounts written for the person who reads them.

In QWeb, for a field with a currency::

    <span t-field="o.amount" t-options="{'widget': 'people_amount'}"/>

In Python: :func:`format_people_amount`.
"""

from odoo import api, models
from odoo.tools import format_amount
from odoo.tools.misc import get_lang

from ...core import solar_hijri


def format_people_amount(env, amount, currency, lang_code=None):
    """Write an amount, «۱٬۲۵۰٬۰۰۰ ﷼» for who reads Persian, else as Odoo does.

    Persian has the symbol after the amount, and no decimals of whole ones.

    :param lang_code: language of the reader, otherwise of the environment
    """
    lang = get_lang(env, lang_code).code
    if not solar_hijri.is_read_in(lang):
        return format_amount(env, amount, currency, lang)
    amount = currency.round(amount)
    decimals = 0 if amount == int(amount) else currency.decimal_places
    written = solar_hijri.format_number(amount, decimals)
    return f"{written}\N{NO-BREAK SPACE}{currency.symbol or currency.name}"


class IrQwebFieldPeopleAmount(models.AbstractModel):
    """QWeb widget ``people_amount`` for amounts, in the currency of their record."""

    _name = "ir.qweb.field.people_amount"
    _description = "QWeb Field Amount for People"
    _inherit = ["ir.qweb.field"]

    @api.model
    @api.private
    def record_to_html(self, record, field_name, options):
        currency = record[record._fields[field_name].get_currency_field(record)]
        written = format_people_amount(self.env, record[field_name], currency)
        return self.value_to_html(written, options)
