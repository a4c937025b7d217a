# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class Registered(models.AbstractModel):
    """A record with a file in the register, from its first day on.

    A record without rows is one whose rows somebody took away. Its first row holds
    what it was made with, and each change of a ``sealed`` field is a row, one for
    each write, with the former values and the new ones.
    """

    _name = "iso10003.registered"
    _inherit = ["iso10003.sealed"]
    _description = "Record with a file in the register"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env["iso10003.register"]._append(
            [
                (record, "opened", record._prepare_first_row(), None)
                for record in records
            ]
        )
        return records

    def write(self, vals):
        before = self._read_sealed(vals)
        result = super().write(vals)
        self._register_changes(self._find_sealed_changes(before))
        return result

    def _prepare_first_row(self):
        values = self._read_first_values()
        return {**self._prepare_opened_data(), **({"values": values} if values else {})}

    def _prepare_opened_data(self):
        """Return what the first row says beside the values, without personal data."""
        return {}

    def _register_changes(self, changed, **data):
        """Append a row for each record of which something sealed has changed.

        :param changed: what :meth:`_find_sealed_changes` returned
        :param data: what all the rows say beside it, such as how it came
        """
        self.env["iso10003.register"]._append(
            [
                (record, "changed", {**data, "changes": changes}, None)
                for record, changes in changed.items()
            ]
        )

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
