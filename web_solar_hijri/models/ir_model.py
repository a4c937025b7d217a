# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools import SQL

from .. import folding


class IrModel(models.Model):
    _inherit = "ir.model"

    def _register_hook(self):
        super()._register_hook()
        if self._is_folding():
            self.pool.unaccent_python = folding.fold

    def _is_folding(self):
        """Say whether this database compares texts as :func:`folding.fold` does."""
        made = self.env.execute_query(
            SQL(
                """SELECT prosrc FROM pg_proc
                WHERE proname = 'unaccent' AND pronargs = 1
                AND pronamespace = current_schema::regnamespace"""
            )
        )
        return made == [(folding.BODY,)]
