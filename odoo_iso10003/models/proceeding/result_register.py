# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..register.register import keep_rows

EVENTS = [
    ("result", "Result"),
    ("result_answer", "Answer to a result"),
    ("result_deed", "What became of a result"),
]


class ResultRegister(models.Model):
    """What the register keeps of results, and how it reads."""

    _inherit = "iso10003.register"

    event = fields.Selection(
        selection_add=EVENTS, ondelete=dict.fromkeys(dict(EVENTS), keep_rows)
    )

    def _describe_result(self, data):
        """Tell a result that was recorded or changed, or one line of it."""
        if data.get("model") == "iso10003.result.line":
            model, values = "iso10003.result.line", data.get("values") or {}
            claim = values.get("claim_id")
            return self._tell_part(
                data,
                self._tell_record("iso10003.claim", claim) if claim else "",
                self._label(model, "head", values.get("head")),
                self._label(model, "verdict", values.get("verdict")),
            )
        return self._tell_part(
            data, self._label("iso10003.result", "kind", data.get("kind"))
        )

    def _describe_result_answer(self, data):
        model = "iso10003.result.answer"
        return self._tell_part(
            data,
            self._label(model, "side", data.get("side")),
            self._label(model, "answer", data.get("answer")),
        )

    def _describe_result_deed(self, data):
        told = {
            "date": self.env._("date corrected"),
            "review": self._label(
                "iso10003.result", "review_decision", data.get("decision")
            ),
            "set_aside": self._label("iso10003.result", "effect", "set_aside"),
            "upheld": self.env._("left as it is by the review"),
        }[data["deed"]]
        day = data.get("to") or data.get("date")
        return self._tell_in_turn([told, self._tell_day(day) if day else ""])
