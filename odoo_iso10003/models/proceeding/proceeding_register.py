# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..register.register import keep_rows

EVENTS = [
    ("proceeding", "Proceeding"),
    ("proceeding_step", "Step of a proceeding"),
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
