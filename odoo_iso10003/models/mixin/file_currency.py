# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class FileCurrency(models.AbstractModel):
    """Amounts of a file are in the money of the file, wherever its people work.

    A model inherits this before others and has a ``currency_id`` with the default
    ``self._default_currency()``. Where no currency is given, it is that of the record
    it belongs to (``_money_of``), or else of its company.
    """

    _name = "iso10003.file.currency"
    _description = "Amounts in the currency of the file"

    # the field for the record whose currency is taken over; its company decides else
    _money_of = "company_id"

    def _default_currency(self):
        """Return the currency of who asks, until the record says whose it is."""
        holder = self.env.context.get(f"default_{self._money_of}")
        return self._get_money(holder) or self.env.company.currency_id

    @api.model
    def _get_money(self, holder_id):
        """Return the currency of the company or file with this id."""
        model = self._fields[self._money_of].comodel_name
        # which money a file is in, is no secret to who adds an amount to it
        return self.env[model].browse(holder_id or ()).sudo().currency_id

    def _add_missing_default_values(self, values):
        filled = super()._add_missing_default_values(values)
        if not values.get("currency_id"):
            money = self._get_money(filled.get(self._money_of))
            filled["currency_id"] = (money or self._default_currency()).id
        return filled
