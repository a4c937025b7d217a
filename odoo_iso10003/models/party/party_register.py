# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..register.register import keep_rows

EVENTS = [
    ("party", "Party"),
    ("party_changed", "Change of party"),
    ("attempt", "Attempt to reach a party"),
]
# what rows have that are older than this model
FORMER_MODEL = "iso10003.referral.party"


class PartyRegister(models.Model):
    """What the register keeps of parties, and how it reads."""

    _inherit = "iso10003.register"

    event = fields.Selection(
        selection_add=EVENTS, ondelete=dict.fromkeys(dict(EVENTS), keep_rows)
    )

    def _get_changed_model(self):
        model = super()._get_changed_model()
        return "iso10003.party" if model == FORMER_MODEL else model

    def _list_changes(self, model=None):
        changes = super()._list_changes(model)
        data = self.data if isinstance(self.data, dict) else {}
        if data.get("model") == FORMER_MODEL and "role" in (data.get("changes") or {}):
            field = self.env["iso10003.party"]._fields["capacity"]
            changes.append((field, data["changes"]["role"]))
        return changes

    def _describe_party(self, data):
        values = data.get("values") or {}
        number = values.get("partner_id")
        capacity = values.get("capacity") or values.get("role")
        return self._tell_part(
            data,
            self._tell_record("res.partner", number) if number else "",
            self._label("iso10003.party", "capacity", capacity),
        )

    def _describe_attempt(self, data):
        attempt, values = "iso10003.attempt", data.get("values") or {}
        party = values.get("party_id")
        return self._tell_part(
            data,
            self._tell_record("iso10003.party", party) if party else "",
            self._label(attempt, "channel", values.get("channel")),
            self._label(attempt, "result", values.get("result")),
            self._tell_day(values.get("date")),
        )

    def _describe_party_changed(self, data):
        party = "iso10003.party"
        parts = [
            self._label("iso10003.party.change", "kind", data.get("kind")),
            self._tell_record("res.partner", data["partner"]),
            self._label(party, "capacity", data.get("capacity")),
            self._tell_day(data.get("day")),
        ]
        told = " · ".join(part for part in parts if part)
        if data.get("successor"):
            successor = self._tell_record("res.partner", data["successor"])
            told = self._tell_move(told, successor)
        return told
