# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class Registered(models.AbstractModel):
    """A record with a file in the register, from its first day on.

    A record without rows is one whose rows somebody took away.
    """

    _name = "iso10003.registered"
    _description = "Record with a file in the register"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env["iso10003.register"]._append(
            [
                (record, "opened", record._prepare_opened_data(), None)
                for record in records
            ]
        )
        return records

    def _prepare_opened_data(self):
        """Return what the first row seals, without personal data."""
        return {}

    def _register_file(self):
        """Name the file: stable, and without personal data."""
        self.ensure_one()
        return f"{self._name},{self.id}"

    def _register_company(self):
        """Return the company whose register has the file."""
        return self.company_id

    def _register_event(self, event, data=None, note=None):
        """Append one row of the same kind to the file of each record.

        :param event: a code of ``iso10003.register.event``
        :param data: values without personal data; amounts as decimal strings
        :param note: free text; only its digest is sealed, see ``core/chain.py``
        """
        self.env["iso10003.register"]._append(
            [(record, event, data or {}, note) for record in self]
        )
