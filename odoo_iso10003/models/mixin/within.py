# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import ValidationError

from .cached import kept


class Within(models.AbstractModel):
    """What belongs to a file is linked only to what belongs to the same one.

    A part belongs to its file, and is linked to what belongs there. A file may belong
    to another one, as a proceeding to its dispute: it is linked to whatever belongs to
    that one, also by way of a file beside it.
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
            for name in self._get_links_within():
                if not all(map(one._belongs_together, one[name])):
                    raise ValidationError(
                        self.env._(
                            "%(file)s: “%(field)s” belongs to another file. Choose "
                            "what belongs to this one.",
                            file=one._get_whole().display_name,
                            field=self._fields[name]._description_string(self.env),
                        )
                    )

    def _belongs_together(self, linked):
        """Say whether another record belongs where this one does."""
        wholes = self._list_wholes()
        if isinstance(self, self.env.registry["iso10003.registered"]):
            return any(whole in [self, *wholes] for whole in linked._list_wholes())
        return linked._get_whole() in wholes

    def _list_wholes(self):
        """Return what this one belongs to, from the nearest on."""
        whole = self._get_whole()
        is_within = isinstance(whole, self.env.registry["iso10003.within"])
        return [whole, *(whole._list_wholes() if is_within else ())]
