# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..mixin.people_date import format_people_date
from ..register.register import keep_rows

LETTER = "iso10003.letter"


class LetterRegister(models.Model):
    """What the register keeps of letters, and how it reads."""

    _inherit = "iso10003.register"

    event = fields.Selection(
        selection_add=[("letter", "Letter")], ondelete={"letter": keep_rows}
    )

    def _describe_letter(self, data):
        return self._tell_in_turn(
            [
                self._label(LETTER, "kind", data.get("kind")),
                self._tell_letter(data.get("change"), data.get("values") or {}),
            ]
        )

    def _tell_letter(self, change, values):
        if change == "sent":
            day = fields.Date.to_date(values.get("date"))
            return self.env._(
                "sent on %(day)s, %(channel)s",
                day=format_people_date(self.env, day, "short"),
                channel=self._label(LETTER, "channel", values.get("channel")),
            )
        return {
            "drafted": self.env._("drafted"),
            "undelivered": self.env._("did not reach somebody"),
            "deleted": self.env._("draft deleted"),
        }.get(change, self.env._("draft changed"))
