# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

PREFIX = "iso10003."


class IrDefault(models.Model):
    _inherit = "ir.default"

    @api.model
    def _get_model_defaults(self, model_name, condition=False):
        """Of our records, those made with all rights take nobody's stored default.

        Everybody may store defaults of their own, for any field of any model: one for
        the state of alarms would silence each that the system plans for their files.
        Defaults of a context Odoo leaves behind by itself where all rights begin.
        """
        if self.env.su and model_name.startswith(PREFIX):
            return {}
        return super()._get_model_defaults(model_name, condition)
