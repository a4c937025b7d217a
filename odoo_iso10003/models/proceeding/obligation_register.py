# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..register.register import keep_rows

EVENTS = [
    ("obligation", "Obligation"),
    ("obligation_ruled", "Said of an obligation"),
    ("obligation_watched", "Obligation watched after closing"),
    ("cost", "Cost"),
    ("performance", "Performance"),
    ("performance_reversed", "Performance reversed"),
    ("withdrawal", "Document of a withdrawal"),
    ("corrective_opened", "Corrective action opened"),
]
OBLIGATION, PERFORMANCE = "iso10003.obligation", "iso10003.performance"
# what rows from before name: only referrals had costs then
COST, FORMER_COST = "iso10003.cost", "iso10003.referral.cost"


class ObligationRegister(models.Model):
    """What the register keeps of what is owed, done and spent, and how it reads."""

    _inherit = "iso10003.register"

    event = fields.Selection(
        selection_add=EVENTS, ondelete=dict.fromkeys(dict(EVENTS), keep_rows)
    )

    def _get_changed_model(self):
        model = super()._get_changed_model()
        return COST if model == FORMER_COST else model

    def _describe_cost(self, data):
        kind = self._label(COST, "kind", data.get("kind"))
        return self._tell_part(data, kind, data.get("amount"))

    def _describe_obligation(self, data):
        values = data.get("values") or {}
        return self._tell_part(
            data,
            self._label(OBLIGATION, "owed_by", values.get("owed_by")),
            values.get("amount") or "",
            self._tell_day(values.get("day")),
        )

    def _describe_obligation_ruled(self, data):
        ruling = data.get("ruling")
        return " · ".join(
            [
                self._tell_record(OBLIGATION, data["obligation"]),
                self._label(OBLIGATION, "ruling", ruling)
                if ruling
                else self.env._("goes on"),
                self._tell_day(data.get("date")),
            ]
        )

    def _describe_obligation_watched(self, data):
        return self._tell_record(OBLIGATION, data["obligation"])

    def _describe_performance(self, data):
        values = data.get("values") or {}
        return self._tell_part(
            data,
            self._label(PERFORMANCE, "means", values.get("means")),
            values.get("gross") or "",
            self._tell_day(values.get("date")),
        )

    def _describe_performance_reversed(self, data):
        return self._tell_day(data.get("date"))

    def _describe_withdrawal(self, data):
        return data.get("sha256") or ""

    def _describe_corrective_opened(self, data):
        return data.get("reference") or ""
