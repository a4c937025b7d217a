# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2 import IntegrityError

from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, mute_logger

PREFIX = "iso10003."


class BasePartnerMerge(models.TransientModel):
    """Merging contacts deletes nothing that stays on record.

    Odoo moves a whole table at once and, where one row cannot move, deletes all rows
    of the merged contact by SQL, past every guard. So ours move first, each with its
    row in the register; what cannot move refuses the merge, by name.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        # of who is merged into another, the own data goes
        src_partners._refuse_preserved()
        for model, field in self._get_kept_fields():
            self._move_kept(model, field, src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    @api.model
    def _get_kept_fields(self):
        """Return ``(model, field)`` of all our records that name a contact."""
        return [
            (name, field.name)
            for name, model in sorted(self.env.registry.items())
            if name.startswith(PREFIX) and model._auto and not model._transient
            for field in model._fields.values()
            if field.type == "many2one" and field.comodel_name == "res.partner"
            if field.store and field.column_type
        ]

    @api.model
    def _move_kept(self, model, field, src_partners, dst_partner):
        # whoever may merge contacts moves what hangs on them, archived or not
        records = self.env[model].sudo().with_context(active_test=False)
        records = records.search([(field, "in", src_partners.ids)])
        if not records:
            return
        sealed = hasattr(records, "_read_sealed")
        before = records._read_sealed([field]) if sealed else {}
        for record in records:
            self._move_row(record, field, src_partners, dst_partner)
        if sealed:
            changed = records._find_sealed_changes(before)
            self.env[model]._register_changes(changed, by="merge")

    @api.model
    def _move_row(self, record, field, src_partners, dst_partner):
        """Move one row by SQL, since a closed or frozen record takes no write."""
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                record.env.cr.execute(
                    SQL(
                        "UPDATE %s SET %s = %s WHERE id = %s",
                        SQL.identifier(record._table),
                        SQL.identifier(field),
                        dst_partner.id,
                        record.id,
                    )
                )
                record.invalidate_recordset([field], flush=False)
                record._validate_fields([field])
        except (IntegrityError, ValidationError) as error:
            record.invalidate_recordset([field], flush=False)
            raise self._refuse_merge(
                record, src_partners, dst_partner, error
            ) from error

    @api.model
    def _refuse_merge(self, record, src_partners, dst_partner, error):
        return UserError(
            self.env._(
                "%(sources)s cannot be merged into “%(target)s”: both are named in "
                "%(record)s, which stays on record. %(rule)s",
                sources=", ".join(f"“{name}”" for name in src_partners.mapped("name")),
                target=dst_partner.name,
                record=self._name_conflicting(record),
                rule=self._explain_conflict(record, error),
            )
        )

    @api.model
    def _name_conflicting(self, record):
        """Name the record and the file that it is part of, to who may read them."""
        kind = self.env["ir.model"]._get(record._name).name
        own = record.with_env(self.env)
        if not own.has_access("read"):
            return self.env._("a record that you may not read (%(kind)s)", kind=kind)
        file = (
            own._get_registered_file() if hasattr(own, "_get_registered_file") else own
        )
        return f"“{file.display_name}” ({kind})"

    @api.model
    def _explain_conflict(self, record, error):
        if isinstance(error, ValidationError):
            return error.args[0]
        return record._sql_error_to_message(error)
