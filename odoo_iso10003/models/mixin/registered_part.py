# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class RegisteredPart(models.AbstractModel):
    """A record of a file: that it came, changed, moved or went is in its register.

    A part that moves to another file leaves a row in both.
    """

    _name = "iso10003.registered.part"
    _inherit = ["iso10003.within", "iso10003.sealed", "iso10003.listed"]
    _description = "Part of a file in the register"

    # the code of iso10003.register.event, and the way to the file
    _part_event = None
    _part_path = "referral_id"
    # what its first row says that has happened
    _part_begins = "noted"

    def _get_registered_file(self):
        """Return the record with the file in the register that this one is part of."""
        self.ensure_one()
        return self[self._part_path]

    def _get_whole(self):
        return self._get_registered_file()

    def _find_preserving(self):
        """What is part of a file that holds its records, it holds too."""
        held = {}
        for part in self.sudo().exists():  # asked for the file
            if case := part._get_registered_file():
                for holder in case._find_preserving().values():
                    held[part] = holder
        return held

    def _prepare_part_data(self):
        """Return what each row says of the part, without personal data."""
        return {}

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts._register_part(
            self._part_begins, {part: part._read_first_values() for part in parts}
        )
        return parts

    def write(self, vals):
        former = {part: part._get_registered_file() for part in self}
        before = self._read_sealed(vals)
        result = super().write(vals)
        changed = self._find_sealed_changes(before)
        events = []
        for part in self:
            file, present = former[part], part._get_registered_file()
            if file != present:
                names = file._register_file(), present._register_file()
                events += [
                    part._prepare_part_row(file, "moved", to=names[1]),
                    part._prepare_part_row(present, "moved", {"from": names[0]}),
                ]
            if part in changed:
                events.append(
                    part._prepare_part_row(present, "changed", changes=changed[part])
                )
        self.env["iso10003.register"]._append(events)
        return result

    def unlink(self):
        self._register_part(
            "deleted", {part: part._read_first_values() for part in self}
        )
        return super().unlink()

    def _register_part(self, change, values):
        self.env["iso10003.register"]._append(
            [
                part._prepare_part_row(
                    part._get_registered_file(), change, values=values[part]
                )
                for part in self
            ]
        )

    def _register_changes(self, changed, **data):
        """Append a row for each part of which something sealed has changed."""
        self.env["iso10003.register"]._append(
            [
                part._prepare_part_row(
                    part._get_registered_file(), "changed", changes=changes, **data
                )
                for part, changes in changed.items()
            ]
        )

    def _prepare_part_row(self, file, change, more=None, **data):
        return (
            file,
            self._part_event,
            {
                "change": change,
                "model": self._name,
                "record": self.id,
                **self._prepare_part_data(),
                **(more or {}),
                **data,
            },
            None,
        )
