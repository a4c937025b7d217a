# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from odoo import api, fields, models
from odoo.tools.i18n import format_list

from ..mixin.people_date import format_people_date, format_people_number
from ..register.register import keep_rows

EVENTS = [
    ("proceeding", "Proceeding"),
    ("proceeding_step", "Step of a proceeding"),
    ("proceeding_beside", "Pending twice, and why"),
    ("seat", "Seat in a proceeding"),
    ("hearing", "Hearing"),
    ("participant", "Participant of a hearing"),
    ("offer", "Offer"),
    ("offer_deed", "What became of an offer"),
    ("result", "Result"),
    ("result_answer", "Answer to a result"),
    ("result_deed", "What became of a result"),
]


class ProceedingRegister(models.Model):
    """What the register keeps of proceedings, and how it reads."""

    _inherit = "iso10003.register"

    event = fields.Selection(
        selection_add=EVENTS, ondelete=dict.fromkeys(dict(EVENTS), keep_rows)
    )
    # only to find the rows of a file, as for disputes
    proceeding_id = fields.Many2one(
        "iso10003.proceeding",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )

    # as of limits: what rows are counted by, and by what their files are found
    _counted_idx = models.Index(
        "(company_id, event, at) INCLUDE (dispute_id, proceeding_id)"
    )

    @api.model
    def _get_shown_by(self):
        return {**super()._get_shown_by(), "proceeding_id": "iso10003.proceeding"}

    @api.model
    def _get_proceeding_steps(self):
        """Return ``{step: what it is called}``."""
        return {
            "answer": self.env._("Answered"),
            "admit": self.env._("Admitted by the body"),
            "begin": self.env._("Begun"),
            "stay": self.env._("Stayed"),
            "resume": self.env._("Goes on"),
            "end": self.env._("Ended"),
            "reopen": self.env._("Reopened"),
        }

    def _describe_proceeding(self, data):
        changes = {
            "proposed": self.env._("proposed"),
            "continued": self.env._("continued"),
        }
        names = [
            self._tell_record(model, data[key])
            for model, key in (("iso10003.method", "method"), ("res.partner", "body"))
            if data.get(key)
        ]
        change = changes.get(data.get("change"), "")
        return " · ".join(filter(None, [data.get("proceeding"), change, *names]))

    def _describe_proceeding_step(self, data):
        model = "iso10003.proceeding"
        told = [
            self._get_proceeding_steps().get(data.get("step"), data.get("step")),
            self._label(model, "ended_by", data.get("ended_by")),
            self._label(model, "end_ground", data.get("end_ground")),
            self._tell_day(data.get("date")),
        ]
        return " · ".join(filter(None, told))

    def _describe_proceeding_beside(self, data):
        return format_list(self.env, data.get("others") or [])

    def _describe_seat(self, data):
        values = data.get("values") or {}
        person = values.get("partner_id")
        return self._tell_part(
            data,
            self._tell_record("res.partner", person) if person else "",
            self._label("iso10003.seat", "role", values.get("role")),
            self._label("iso10003.seat", "appointed_by", values.get("appointed_by")),
        )

    def _describe_hearing(self, data):
        changes = {
            "planned": self.env._("Planned"),
            "adjourned": self.env._("Adjourned"),
            "held": self.env._("Held"),
            "cancelled": self.env._("Cancelled"),
        }
        kind = self._label("iso10003.hearing", "kind", data.get("kind"))
        outcome = self._label("iso10003.hearing", "outcome", data.get("outcome"))
        when = format_people_date(self.env, self._read_instant(data), "short")
        change = changes.get(data.get("change"))
        if not change:
            return self._tell_part(data, kind, when, outcome)
        asked = self._label(
            "iso10003.hearing.adjournment", "asked_by", data.get("asked_by")
        )
        parts = (change, kind, when, outcome, asked)
        return " · ".join(part for part in parts if part)

    @staticmethod
    def _read_instant(data):
        # older rows have a blank between day and time
        start = (data.get("start") or "").rstrip("Z")
        return datetime.fromisoformat(start) if start else None

    def _describe_participant(self, data):
        return self._tell_part(
            data, *self._tell_person("iso10003.hearing.participant", data)
        )

    def _tell_person(self, model, data):
        """Return who came or went, and as what."""
        values = data.get("values") or {}
        number = values.get("partner_id")
        return (
            self._tell_record("res.partner", number) if number else "",
            self._label(model, "role", values.get("role")),
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
            "given": self.env._("given, with proof"),
            "upheld": self.env._("left as it is by the review"),
        }[data["deed"]]
        day = data.get("to") or data.get("date")
        return self._tell_in_turn([told, self._tell_day(day) if day else ""])

    def _describe_offer(self, data):
        return self._tell_part(
            data,
            self._label("iso10003.offer", "side", data.get("side")),
            self._tell_offer_number(data),
        )

    def _describe_offer_deed(self, data):
        """Tell what became of an offer; what it says stays inside."""
        parts = [
            self._tell_offer_number(data),
            self._get_offer_deeds()[data["deed"]],
            self._tell_day(data.get("date")) if data.get("date") else "",
            self._label("iso10003.offer", "channel", data.get("channel"))
            if data.get("channel")
            else "",
            self.env._("after its last day") if data.get("late") else "",
        ]
        return " · ".join(filter(None, parts))

    def _tell_offer_number(self, data):
        number = format_people_number(self.env, data.get("number") or "")
        return self.env._("offer %(number)s", number=number)

    @api.model
    def _get_offer_deeds(self):
        """Return ``{deed: what it is called}``."""
        return {
            "asked": self.env._("approval asked"),
            "approved": self.env._("authorized"),
            "ratified": self.env._("ratified"),
            "made": self.env._("made"),
            "accepted": self.env._("accepted"),
            "by_word": self.env._("accepted by word"),
            "shown": self.env._("shown by what they wrote"),
            "confirmed": self.env._("acceptance confirmed"),
            "contested": self.env._("acceptance denied"),
            "upheld": self.env._("the acceptance holds"),
            "denied": self.env._("the acceptance does not hold"),
            "rejected": self.env._("rejected"),
            "withdrawn": self.env._("withdrawn"),
            "closed": self.env._("over with the file"),
            "settled": self.env._("settled by it"),
        }
