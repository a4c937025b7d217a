# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..register.register import keep_rows


class ProviderRegister(models.Model):
    """What the register keeps of providers, and how it reads."""

    _inherit = "iso10003.register"

    event = fields.Selection(
        selection_add=[("provider", "Provider")], ondelete={"provider": keep_rows}
    )

    def _describe_provider(self, data):
        """Tell what became of a credential, a method or an evaluation of a provider."""
        model = data.get("model", "")
        kind = self.env["ir.model"]._get(model).name if model in self.env else ""
        return self._tell_part(
            data,
            kind,
            self._label("iso10003.provider.credential", "kind", data.get("kind")),
            self._label(
                "iso10003.provider.evaluation", "decision", data.get("decision")
            ),
        )
