# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..register.register import keep_rows

EVENTS = [
    ("declared", "Declaration of interests"),
    ("declaration_waived", "Waived against a declaration"),
]


class DeclarationRegister(models.Model):
    """What the register keeps of declarations, and how it reads."""

    _inherit = "iso10003.register"

    event = fields.Selection(
        selection_add=EVENTS, ondelete=dict.fromkeys(dict(EVENTS), keep_rows)
    )

    def _describe_declared(self, data):
        model, values = "iso10003.declaration.confirmation", data.get("values") or {}
        return self._tell_part(
            data,
            self._tell_record("res.partner", values["partner_id"])
            if values.get("partner_id")
            else "",
            self._label(model, "role", data.get("role")),
            self._label(model, "state", values.get("state")),
            *self.env["iso10003.facts"]._tell(data.get("facts")),
        )

    def _describe_declaration_waived(self, data):
        model = "iso10003.declaration.confirmation"
        return " · ".join(
            [
                self._tell_record("res.partner", data["partner"]),
                self._label(model, "role", data.get("role")),
                *self.env["iso10003.facts"]._tell(data.get("facts")),
            ]
        )
