# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..register.register import keep_rows

EVENTS = [
    ("consent", "Consent"),
    ("consent_withdrawn", "Consent withdrawn"),
    ("invitation", "Invitation"),
    ("part_answer", "Answer to taking part"),
    ("way_settled", "Way of resolution"),
    ("declared", "Declaration of interests"),
    ("declaration_waived", "Waived against a declaration"),
]


class ParticipationRegister(models.Model):
    """What the register keeps of who takes part, and how it reads."""

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

    def _describe_invitation(self, data):
        """Tell what became of an invitation, or of a way that it offers."""
        if data.get("change") in ("drafted", "sent"):
            values = data.get("values") or {}
            told = {
                "drafted": self.env._("drafted"),
                "sent": self.env._(
                    "sent, answer until %(day)s",
                    day=self._tell_day(values.get("until")),
                ),
            }[data["change"]]
            ways = [self._tell_way(line) for line in values.get("lines") or ()]
            return self._tell_in_turn([told, *ways])
        return self._tell_part(data, self._tell_way(data) if "method" in data else "")

    def _describe_part_answer(self, data):
        return self._tell_part(
            data,
            self._label("iso10003.participation", "side", data.get("side")),
            self._label("iso10003.participation", "answer", data.get("answer")),
        )

    def _describe_way_settled(self, data):
        return self._tell_way(data)

    def _tell_way(self, data):
        names = [
            self._tell_record(model, data[key])
            for model, key in (
                ("iso10003.method", "method"),
                ("iso10003.provider", "provider"),
                ("res.partner", "partner"),
            )
            if data.get(key)
        ]
        return " · ".join(names)

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
