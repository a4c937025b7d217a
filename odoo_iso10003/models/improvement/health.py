# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, models
from odoo.modules.db import FunctionStatus

from ..deadline.health import Sign
from ..mixin.guarded import PREFIX


class Health(models.Model):
    """Whether the database finds files by their words with an index."""

    _inherit = "iso10003.health"

    def _look_at_similar(self):
        missing = self._find_not_indexed()
        if not missing:
            return Sign("well")
        told = self.env._(
            "The database has no index of words for %(fields)s, so files are searched, "
            "and similar ones found, slowly. Who owns it runs CREATE EXTENSION "
            "pg_trgm; then update this addon.",
            fields=", ".join(
                f"{self.env['ir.model']._get(model._name).name}: "
                + model._fields[name]._description_string(self.env)
                for model, name in missing
            ),
        )
        return Sign("missing", len(missing), told=told)

    @api.model
    def _find_not_indexed(self):
        """Return ``(model, field)`` of what is searched by words, and not by an index.

        Where the database compares folded texts, as it does for Persian, an index of
        others does not serve.
        """
        wanted = [
            (model, name)
            for model in self.env.values()
            if model._name.startswith(PREFIX) and model._auto
            for name, field in model._fields.items()
            if field.store and field.index == "trigram"
        ]
        self.env.cr.execute(
            """SELECT tablename, indexdef FROM pg_indexes
                WHERE schemaname = current_schema AND tablename = ANY(%s)
                  AND indexdef LIKE '%%gin_trgm_ops%%'""",
            [[model._table for model, _name in wanted]],
        )
        folded = self.pool.has_unaccent == FunctionStatus.INDEXABLE
        indexed = {
            (table, name)
            for table, definition in self.env.cr.fetchall()
            for expression in [definition.partition(" gin (")[2]]
            for name in re.findall(r"\w+", expression)
            if ("unaccent(" in expression) == folded
        }
        return [
            (model, name)
            for model, name in wanted
            if (model._table, name) not in indexed
        ]
