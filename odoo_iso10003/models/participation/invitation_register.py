# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..register.register import keep_rows

EVENTS = [
    ("invitation", "Invitation"),
    ("part_answer", "Answer to taking part"),
    ("way_settled", "Way of resolution"),
]


class InvitationRegister(models.Model):
    """What the register keeps of invitations and answers, and how it reads."""

    _inherit = "iso10003.register"

    event = fields.Selection(
        selection_add=EVENTS, ondelete=dict.fromkeys(dict(EVENTS), keep_rows)
    )

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
