# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError


class Base(models.AbstractModel):
    """What belongs to a file whose records are held is not deleted by anybody.

    Each kind of record says in :meth:`_find_preserving` whether such a file holds it:
    the case itself, what is registered in it, attachments and messages of these, the
    complaint, the contacts who take part. Whatever is added to a file later is held as
    what it is a part of. Superusers and scheduled actions are refused all the same.
    """

    _inherit = "base"

    def _find_preserving(self):
        """Return ``{record: the case that holds it}`` for those that are held."""
        return {}

    @api.ondelete(at_uninstall=False)
    def _unlink_except_preserved(self):
        self._refuse_preserved()

    def _refuse_preserved(self):
        """Refuse to delete, archive, merge or empty what a file holds, by name."""
        for record, case in self._find_preserving().items():
            # a number is all that is told of the file, whoever may read it
            raise UserError(
                self.env._(
                    "%(kind)s No. %(number)s stays: the records of %(file)s are held. "
                    "A dispute manager can lift the hold there, with a reason.",
                    kind=self.env["ir.model"]._get(record._name).name,
                    number=record.id,
                    # as above
                    file=case.sudo().name,
                )
            )

    @api.model
    def _find_preserving_of(self, places):
        """Return ``{record: case}`` of what hangs on held records of any kind.

        :param places: ``{record: (model, id) that it hangs on}``
        """
        by_model = {}
        for record, (model, res_id) in places.items():
            if model in self.env and res_id:
                by_model.setdefault(model, {}).setdefault(res_id, []).append(record)
        found = {}
        for model, records in by_model.items():
            holders = self.env[model].sudo().browse(records)  # asked for the file
            for holder, case in holders._find_preserving().items():
                found.update(dict.fromkeys(records[holder.id], case))
        return found
