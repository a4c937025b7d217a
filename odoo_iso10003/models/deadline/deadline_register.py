# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import contextlib
from datetime import datetime

from odoo import fields, models
from odoo.exceptions import MissingError

from ..mixin.people_date import format_people_date
from ..register.register import keep_rows

EVENTS = [
    ("deadline_started", "Deadline started"),
    ("deadline_met", "Deadline met"),
    ("deadline_met_late", "Deadline met late"),
    ("deadline_lapsed", "Deadline missed"),
    ("deadline_extended", "Deadline extended"),
    ("deadline_suspended", "Clock stopped"),
    ("deadline_resumed", "Clock goes on"),
    ("deadline_runs_again", "Deadline runs again"),
    ("deadline_cancelled", "Deadline cancelled"),
    ("deadline_explained", "Late deadline explained"),
    ("escalated", "Escalated"),
    ("happened", "Event recorded"),
    ("calendar_changed", "Moved by the working calendar"),
]


class DeadlineRegister(models.Model):
    """What happens to deadlines is registered in the file that they belong to."""

    _inherit = "iso10003.register"

    event = fields.Selection(
        selection_add=EVENTS, ondelete=dict.fromkeys(dict(EVENTS), keep_rows)
    )

    def _compute_summary(self):
        self._fetch_deadlines()
        return super()._compute_summary()

    def _fetch_deadlines(self):
        """Read the limits that the rows are about, all at once."""
        named = {(row.data or {}).get("deadline") for row in self} - {None}
        if named:
            # the name of a rule is no secret to who may read the row
            deadlines = self.env["iso10003.deadline"].sudo()
            found = deadlines.search_fetch(
                [("id", "in", list(named))], ["rule_id", "given_kind", "name"]
            )
            found.rule_id.fetch(["name"])

    def _describe_happened(self, data):
        labels = dict(self.env["iso10003.deadline.rule"]._get_events())
        days = [
            format_people_date(self.env, fields.Date.to_date(data.get(name)), "short")
            for name in ("from", "to")
        ]
        moved = self._tell_move(*(day or "–" for day in days)) if days[0] else days[1]
        how = (
            self.env._("by letter")
            if data.get("letter")
            else self.env._("by its notice")
            if data.get("notice")
            else self.env._("without a letter of this file")
        )
        return self._tell_in_turn(
            [labels.get(data.get("event"), data.get("event")), moved, how]
        )

    def _tell_deadline(self, data):
        """Name the rule and the limit that it had then."""
        # as above; approved rules do not change: today's name in the reader's
        # language is theirs
        deadline = self.env["iso10003.deadline"].sudo().browse(data.get("deadline"))
        rule = data.get("rule") or ""
        with contextlib.suppress(MissingError):  # deleted, past all that forbids it
            rule = deadline.rule_id.name or deadline._get_given_name() or rule
        due = data.get("due_date")
        if not due:
            return rule
        return self.env._(
            "%(rule)s, until %(day)s",
            rule=rule,
            day=self._tell_day(due),
        )

    def _tell_met(self, data):
        """Name the limit, and when it was met: older rows do not say that."""
        told, met = self._tell_deadline(data), data.get("met")
        if not met:
            return told
        instant = datetime.fromisoformat(met.rstrip("Z"))
        return self.env._(
            "%(limit)s; met on %(moment)s",
            limit=told,
            moment=format_people_date(self.env, instant, "short"),
        )

    def _tell_explained(self, data):
        """Name the limit, and what made it late."""
        return self._tell_in_turn([self._tell_deadline(data), self._tell_changes()])

    def _tell_escalated(self, data):
        """Name the limit, and who heard of it where the role was vacant."""
        told = self._tell_deadline(data)
        if not data.get("vacant"):
            return told
        # who hears of it is told to who may read the row
        user = self.env["res.users"].sudo().browse(data.get("told"))
        vacancy = self.env["iso10003.escalation"]._tell_vacancy(
            data.get("role"), user.exists()
        )
        return self._tell_in_turn([told, vacancy])

    _describe_deadline_started = _tell_deadline
    _describe_deadline_met = _tell_met
    _describe_deadline_met_late = _tell_met
    _describe_deadline_lapsed = _tell_deadline
    _describe_deadline_extended = _tell_deadline
    _describe_deadline_suspended = _tell_deadline
    _describe_deadline_resumed = _tell_deadline
    _describe_deadline_runs_again = _tell_deadline
    _describe_deadline_cancelled = _tell_deadline
    _describe_deadline_explained = _tell_explained
    _describe_escalated = _tell_escalated
    _describe_correction = _tell_deadline

    def _describe_calendar_changed(self, data):
        told, former = self._tell_deadline(data), data.get("from")
        if not former:
            return told
        return self.env._(
            "%(limit)s; before: %(day)s", limit=told, day=self._tell_day(former)
        )
