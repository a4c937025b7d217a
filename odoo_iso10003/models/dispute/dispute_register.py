# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..mixin.people_date import format_people_number
from ..register.register import keep_rows

EVENTS = [
    ("claimed", "Claim"),
    ("claim_withdrawn", "Claim withdrawn"),
    ("conceded", "What we give"),
    ("concession_asked", "Approval asked for"),
    ("concession_approved", "What we give approved"),
    ("concession_refused", "What we give not approved"),
    ("evaluation", "Evaluation"),
    ("position", "Position"),
    ("noticed", "Notice"),
    ("referred_back", "Referred back to us"),
    ("went_on", "Goes on after it was referred back"),
    ("records_held", "Records held"),
    ("hold_lifted", "Hold on records lifted"),
    ("track", "Track"),
    ("method", "Method chosen"),
    ("provider_named", "Provider with something against it"),
]


class ConcessionRegister(models.Model):
    """What the register keeps of what we give, of tracks and providers."""

    _inherit = "iso10003.register"

    event = fields.Selection(
        selection_add=EVENTS, ondelete=dict.fromkeys(dict(EVENTS), keep_rows)
    )

    def _describe_claimed(self, data):
        values = data.get("values") or {}
        return self._tell_part(data, values.get("amount"))

    def _describe_claim_withdrawn(self, data):
        return self._tell_in_turn([data["amount"], self._tell_day(data.get("date"))])

    def _describe_noticed(self, data):
        values = data.get("values") or {}
        served = values.get("deemed_date") or values.get("received_date")
        return self._tell_part(data, served and self._tell_day(served))

    def _describe_referred_back(self, data):
        return self.env._(
            "%(day)s; to be handled here until %(until)s",
            day=self._tell_day(data.get("date")),
            until=self._tell_day(data.get("until")),
        )

    def _describe_conceded(self, data):
        amount, company_amount = data.get("amount", ""), data.get("company_amount", "")
        if amount == company_amount:
            return amount
        return self.env._(
            "%(amount)s, that is %(company_amount)s at the rate %(rate)s",
            amount=amount,
            company_amount=company_amount,
            rate=data.get("rate"),
        )

    def _describe_concession_asked(self, data):
        return self._describe_conceded(data)

    def _describe_concession_approved(self, data):
        return self._describe_conceded(data)

    def _describe_concession_refused(self, data):
        return self._describe_conceded(data)

    def _describe_evaluation(self, data):
        values = data.get("values") or {}
        return self._tell_paper(
            data,
            self._label("iso10003.evaluation", "severity", values.get("severity")),
        )

    def _describe_position(self, data):
        values = data.get("values") or {}
        level = self._label("iso10003.policy.tier", "level", values.get("level"))
        return self._tell_paper(data, level)

    def _tell_paper(self, data, *what):
        """Tell what became of a version of a sheet or position."""
        became = {
            "drafted": self.env._("drafted"),
            "submitted": self.env._("submitted"),
            "approved": self.env._("approved"),
            "sent": self.env._("sent"),
            "replaced": self.env._("replaced"),
        }.get(data.get("change"))
        number = format_people_number(self.env, data.get("version") or "")
        version = self.env._("version %(number)s", number=number)
        if not became:
            return self._tell_part(data, version)
        return self._tell_in_turn([version, became, *filter(None, what)])

    def _describe_track(self, data):
        level, how = "iso10003.policy.track", data.get("by")
        moved = self._tell_move(
            self._label(level, "level", data.get("from")),
            self._label(level, "level", data.get("to")),
        )
        if how == "outgrown":
            return self.env._("%(move)s, by what is at stake", move=moved)
        return moved

    def _describe_provider_named(self, data):
        lacks = data.get("lacks") or []
        return " ".join(self.env["iso10003.provider"]._tell_obstacles(lacks))

    def _describe_method(self, data):
        chosen = self._tell_record("iso10003.method", data.get("method"))
        best = data.get("best") or []
        if not best or data.get("method") in best:
            return chosen
        others = ", ".join(self._tell_record("iso10003.method", one) for one in best)
        return self.env._(
            "%(method)s, though the table had first: %(best)s",
            method=chosen,
            best=others,
        )

    def _find_kept(self):
        """Texts of a file that holds its records stay."""
        kept = super()._find_kept()
        for _file, rows in self.grouped("file").items():
            record = rows._get_file_record()
            for holder in record.exists()._find_preserving().values():
                why = self.env._(
                    "the records of %(file)s are held; a dispute manager can lift the "
                    "hold there",
                    file=holder.name,
                )
                kept.update(dict.fromkeys(rows, why))
        return kept
