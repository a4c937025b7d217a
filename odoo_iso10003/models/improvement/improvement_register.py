# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..mixin.people_date import format_people_number
from ..register.register import keep_rows

EVENTS = [
    ("issue_proposed", "Proposed as an issue"),
    ("issue_accepted", "Accepted as an issue"),
    ("issue_dismissed", "No issue"),
    ("issue_joined", "Joined an issue"),
    ("issue_left", "Left an issue"),
    ("issue_action", "Action against the cause"),
    ("issue_effect", "Effect of the action"),
]


class ImprovementRegister(models.Model):
    """What the register keeps of issues, and how it reads."""

    _inherit = "iso10003.register"

    event = fields.Selection(
        selection_add=EVENTS, ondelete=dict.fromkeys(dict(EVENTS), keep_rows)
    )

    def _describe_issue_proposed(self, data):
        return self._label("iso10003.issue", "found_by", data.get("by"))

    def _describe_issue_joined(self, data):
        return self._tell_record("iso10003.issue", data["issue"])

    def _describe_issue_left(self, data):
        return self._tell_record("iso10003.issue", data["issue"])

    def _describe_issue_action(self, data):
        return self._tell_day(data.get("date"))

    def _describe_issue_effect(self, data):
        return self._tell_in_turn(
            [
                self._label("iso10003.issue", "effect", data.get("effect")),
                self.env._(
                    "%(before)s files a month before the action, %(after)s since",
                    before=format_people_number(self.env, data.get("before")),
                    after=format_people_number(self.env, data.get("after")),
                ),
            ]
        )
