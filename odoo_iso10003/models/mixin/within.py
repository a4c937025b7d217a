# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import ValidationError

from .cached import kept


class Within(models.AbstractModel):
    """What belongs to a file is linked only to what belongs to the same one.

    A part belongs to its file. A file may belong to another one, as a proceeding to its
    dispute; then what is linked to belongs to either of the two.
    """

    _name = "iso10003.within"
    _description = "What belongs to a file"

    # the way to the record that it belongs to
    _part_path = None

    def _get_whole(self):
        """Return the record with a file in the register that this one belongs to."""
        self.ensure_one()
        return self[self._part_path]

    @api.model
    @kept(cache="stable")
    def _get_links_within(self):
        """Return the names of the fields that lead to what belongs to a file."""
        within = self.env.registry["iso10003.within"]
        return tuple(
            name
            for name, field in self._fields.items()
            if field.store
            and field.type in ("many2one", "many2many")
            and issubclass(self.env.registry[field.comodel_name], within)
        )

    @api.constrains(
        lambda self: (
            *self._get_links_within(),
            *self._fields.keys() & {self._part_path},
        )
    )
    def _check_links_within(self):
        for one in self.sudo():  # whose they are, whoever links them
            wholes = one._list_wholes()
            for name in self._get_links_within():
                if any(linked._get_whole() not in wholes for linked in one[name]):
                    raise ValidationError(
                        self.env._(
                            "%(file)s: “%(field)s” belongs to another file. Choose "
                            "what belongs to this one.",
                            file=one._get_whole().display_name,
                            field=self._fields[name]._description_string(self.env),
                        )
                    )

    def _list_wholes(self):
        """Return what this one belongs to, from the nearest on; and itself, as a file."""
        whole = self._get_whole()
        within = self.env.registry["iso10003.within"]
        further = whole._list_wholes() if isinstance(whole, within) else [whole]
        is_file = isinstance(self, self.env.registry["iso10003.registered"])
        return [self, *further] if is_file else further
