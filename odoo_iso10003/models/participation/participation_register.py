# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..register.register import keep_rows

EVENTS = [
    ("consent", "Consent"),
    ("consent_withdrawn", "Consent withdrawn"),
]


class ParticipationRegister(models.Model):
    """What the register keeps of who takes part willingly, and how it reads."""

    _inherit = "iso10003.register"

    event = fields.Selection(
        selection_add=EVENTS, ondelete=dict.fromkeys(dict(EVENTS), keep_rows)
    )

    def _describe_consent(self, data):
        consent, values = "iso10003.consent", data.get("values") or {}
        party, sheet = values.get("party_id"), values.get("sheet_id")
        return self._tell_part(
            data,
            self._tell_record("iso10003.party", party) if party else "",
            self._label(consent, "channel", values.get("channel")),
            self._tell_record("iso10003.information.sheet", sheet) if sheet else "",
        )

    def _describe_consent_withdrawn(self, data):
        if data.get("mistake"):
            return self._label("iso10003.consent", "state", "mistake")
        return self._tell_day(data.get("date"))
