# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class PolicyPart(models.AbstractModel):
    """A record that belongs to a policy version and is frozen with it.

    Each change locks the version's row: who changes a part while somebody else
    approves the version either comes first or is refused.
    """

    _name = "iso10003.policy.part"
    _inherit = ["iso10003.withheld"]
    _description = "Part of a dispute policy"

    # the way to the version that a record is a part of
    _policy_path = "policy_id"

    def _get_policies(self):
        """Return the policy versions that these records are part of."""
        return self.mapped(self._policy_path)

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts._touch_policies()
        return parts

    def write(self, vals):
        self._touch_policies()  # the version they leave
        result = super().write(vals)
        self._touch_policies()  # the version they come to
        return result

    def unlink(self):
        self._touch_policies()
        return super().unlink()

    def _update_field_translations(
        self, field_name, translations, digest=None, source_lang=""
    ):
        # the translation dialog writes by SQL, past write()
        self._touch_policies()
        return super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )

    def _touch_policies(self):
        """Refuse changes of approved versions, and note who changes a draft."""
        policies = self._get_policies()
        policies._lock_draft()
        policies._note_writer()

    def _read_stored(self, skipped):
        """Return the stored values as text, to be sealed; sets of records by id."""
        self.ensure_one()
        return {
            name: self._get_sealed_text(field)
            for name, field in sorted(self._fields.items())
            if field.store and name not in skipped and field.type != "one2many"
        }

    def _get_sealed_text(self, field):
        if field.translate:
            return field._get_stored_translations(self) or {}
        value = self[field.name]
        if isinstance(value, models.BaseModel):
            return ",".join(str(record_id) for record_id in sorted(value.ids))
        return str(value)
