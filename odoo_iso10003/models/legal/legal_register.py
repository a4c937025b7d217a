# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..mixin.people_date import format_people_date
from ..register.register import keep_rows

REFERRAL = "iso10003.referral"
EVENTS = [
    ("legal_opened", "Referred to an authority"),
    ("legal_result", "Result of the referral"),
    ("result_corrected", "Result of the referral corrected"),
    ("duty_replaced", "Replaced by a later instance"),
    ("legal_review", "Referral reviewed"),
    ("appeal_right", "Right of appeal decided"),
    ("limit", "Limit noted"),
    ("reminder", "Reminded"),
    ("claim", "Amount in dispute changed"),
    ("provision", "Provision"),
    ("sheet", "Settle-or-litigate sheet"),
    ("estimate", "Settle-or-litigate sheet frozen"),
    ("amended", "Amendment approved"),
]


class LegalRegister(models.Model):
    """What the register keeps of legal referrals, and how it reads."""

    _inherit = "iso10003.register"

    event = fields.Selection(
        selection_add=EVENTS, ondelete=dict.fromkeys(dict(EVENTS), keep_rows)
    )

    def _get_referral_steps(self):
        """Return the words for the steps of ``core/docket.py``."""
        return {
            "approve": self.env._("Approve"),
            "send_back": self.env._("Send back to draft"),
            "file": self.env._("File"),
            "note_filing": self.env._("File"),
            "take_up": self.env._("Take up"),
            "decide": self.env._("Decide"),
            "enforce": self.env._("Enforce"),
            "close": self.env._("Close"),
            "settle": self.env._("Settle"),
            "withdraw": self.env._("Withdraw"),
            "reopen": self.env._("Reopen"),
        }

    def _written_day(self, day):
        """Return a sealed day as the reader writes it."""
        return format_people_date(self.env, fields.Date.to_date(day), "short")

    def _describe_transition(self, data):
        if not self.file.startswith(f"{REFERRAL},"):
            return super()._describe_transition(data)
        text = self._tell_move(
            self._label(REFERRAL, "state", data.get("from")),
            self._label(REFERRAL, "state", data.get("to")),
        )
        if data.get("result"):
            text += f" ({self._label(REFERRAL, 'result', data['result'])})"
        return text

    def _describe_legal_opened(self, data):
        side = self._label(REFERRAL, "side", data.get("side"))
        return f"{data.get('referral')} ({side})"

    def _describe_legal_result(self, data):
        parts = [
            data.get("referral"),
            self._label(REFERRAL, "state", data.get("state")),
            self._label(REFERRAL, "result", data.get("result")),
            self._label(REFERRAL, "duty_party", data.get("obliges")),
            self._written_day(data.get("by")),
        ]
        if data.get("replaced_by"):
            parts.append(self._tell_replaced(data["replaced_by"]))
        if data.get("replaces"):
            number = self._tell_number(data["replaces"])
            parts.append(self.env._("in the place of row %(number)s", number=number))
        return " · ".join(part for part in parts if part)

    def _describe_result_corrected(self, data):
        return self._label(REFERRAL, "result", data.get("result"))

    def _describe_duty_replaced(self, data):
        if data.get("by"):
            return self._tell_replaced(data["by"])
        return self.env._("Holds again")

    def _tell_replaced(self, number):
        return self.env._("Replaced by %(number)s", number=number)

    def _describe_legal_review(self, data):
        decision = self._label(f"{REFERRAL}.review", "decision", data.get("decision"))
        return self.env._(
            "%(decision)s; next review on %(day)s",
            decision=decision,
            day=self._written_day(data.get("next")),
        )

    def _describe_appeal_right(self, data):
        return self._label(REFERRAL, "appeal_decision", data.get("decision"))

    def _describe_limit(self, data):
        labels = self.env[REFERRAL].fields_get([data.get("field")], ["string"])
        label = labels.get(data.get("field"), {}).get("string", "")
        former, present = (
            self._written_day(data.get(name)) or "–" for name in ("from", "to")
        )
        return f"{label}: {self._tell_move(former, present)}"

    def _describe_reminder(self, data):
        if data.get("review"):
            return self.env._(
                "Review due on %(day)s", day=self._written_day(data["review"])
            )
        return self.env._("Limit on %(day)s", day=self._written_day(data.get("limit")))

    def _describe_claim(self, data):
        return self._tell_move(data.get("from"), data.get("to"))

    def _describe_amended(self, data):
        labels = self.env[REFERRAL].fields_get(list(data.get("changes") or ()))
        return ", ".join(sorted(label["string"] for label in labels.values()))

    def _describe_provision(self, data):
        return " / ".join(data.get(name) or "" for name in ("best", "likely", "worst"))

    def _describe_estimate(self, data):
        return self._label(f"{REFERRAL}.estimate", "verdict", data.get("verdict"))

    def _describe_sheet(self, data):
        return self._tell_part(data, self._describe_estimate(data))
