# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..register.register import keep_rows

EVENTS = [
    ("told", "Two parts in one hand, with a reason"),
    ("segregation", "Rules of separate duties"),
    ("tiers", "Tiers of authority"),
    ("tracks", "Tracks"),
    ("gates_frozen", "Gates frozen with the version"),
    ("configured", "Rule of the organization changed"),
]


class PolicyRegister(models.Model):
    """What the register keeps of policies, and how it reads."""

    _inherit = "iso10003.register"

    event = fields.Selection(
        selection_add=EVENTS, ondelete=dict.fromkeys(dict(EVENTS), keep_rows)
    )

    # assessments ask for the files in which somebody had two parts
    _told = models.Index("(file) WHERE event = 'told'")

    def _describe_told(self, data):
        return self._label("iso10003.segregation", "code", data.get("rule"))

    def _describe_tiers(self, data):
        level = "iso10003.policy.tier"
        return ", ".join(
            f"{self._label(level, 'level', code)}: "
            + (self.env._("no limit") if limit is None else limit)
            for code, limit in (data.get("tiers") or {}).items()
        )

    def _describe_tracks(self, data):
        return ", ".join(
            self._label("iso10003.policy.track", "level", track["level"])
            for track in data.get("tracks") or []
        )

    def _describe_gates_frozen(self, data):
        gates = data.get("gates", [])
        return self.env._(
            "%(asked)s gates asked, %(off)s off",
            asked=self._tell_number(
                sum(gate.get("severity") != "off" for gate in gates)
            ),
            off=self._tell_number(sum(gate.get("severity") == "off" for gate in gates)),
        )

    def _describe_configured(self, data):
        """Say which row, and what it decided before and after."""
        if data.get("model") not in self.env:
            return ""
        # what decides in a company is no secret to who reads its register
        row = self.env[data["model"]].sudo().browse(data["row"]).exists()
        name = row.display_name or self.env._("no longer there")
        changes = ", ".join(
            self.env._(
                "%(what)s: %(old)s → %(new)s",
                what=self._get_label(row, field),
                old=self._tell_decision(row, field, moved["from"]),
                new=self._tell_decision(row, field, moved["to"]),
            )
            for field, moved in data["changes"].items()
            if field in row._fields
        )
        return f"{self.env['ir.model']._get(row._name).name} “{name}”: {changes}"

    def _get_label(self, row, name):
        return row.fields_get([name], ["string"])[name]["string"]

    def _tell_decision(self, row, name, value):
        field = row._fields[name]
        if field.relational:
            # names of the house, told to who may read the row
            named = self.env[field.comodel_name].sudo().browse(value or []).exists()
            return ", ".join(named.mapped("display_name")) or "–"
        if field.type == "selection":
            return self._label(row._name, name, value) or "–"
        if field.type == "boolean":
            return self.env._("yes") if value else self.env._("no")
        return "–" if value in (None, False, "") else str(value)
