# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import contextlib
from datetime import datetime

from odoo import fields, models
from odoo.exceptions import MissingError

from ..mixin.people_date import format_people_date, format_people_number

NOTHING = "–"
# of a digest, what is shown to tell one text from another
SHOWN_DIGITS = 12


class RegisterChanges(models.Model):
    """How sealed changes read: each field, what it was and what it became."""

    _inherit = "iso10003.register"

    def _compute_summary(self):
        self._fetch_named()
        return super()._compute_summary()

    def _fetch_named(self):
        """Read the names of all records that the rows speak of, a query a model."""
        named = {}
        for row in self:
            for field, moved in row._list_changes():
                if field.relational:
                    ids = named.setdefault(field.comodel_name, set())
                    for value in moved.values():
                        ids.update(value if isinstance(value, list) else [value])
        for model, ids in named.items():
            # a name is not secret to who may read the row
            records = self.env[model].sudo().browse(ids - {None}).exists()
            records.mapped("display_name")

    def _list_changes(self, model=None):
        """Return ``[(field, {"from", "to"})]`` of a row, as far as it has some."""
        self.ensure_one()
        data = self.data if isinstance(self.data, dict) else {}
        model = model or self._get_changed_model()
        known = self.env[model]._fields if model in self.env else {}
        return [
            (known[name], moved)
            for name, moved in (data.get("changes") or {}).items()
            if name in known
        ]

    def _get_changed_model(self):
        """Return the model whose fields a row names: the file's or of a part of it."""
        return (self.data or {}).get("model") or self.file.split(",")[0]

    def _describe_attachment(self, data):
        changes = {
            "came": self.env._("Attached"),
            "went": self.env._("Taken away"),
            "changed": self.env._("Changed"),
        }
        digests = [data.get("was"), data.get("sha256")]
        shown = " → ".join(digest[:SHOWN_DIGITS] for digest in digests if digest)
        return f"{changes.get(data.get('change'), '')} · SHA-256 {shown}"

    # ------------------------------------------------------------
    # In words
    # ------------------------------------------------------------

    def _describe_heads_noted(self, data):
        return self.env._(
            "%(count)s files, until %(day)s: SHA-256 %(digest)s",
            count=self._tell_number(data.get("files", 0)),
            day=self._tell_day((data.get("until") or "")[:10]),
            digest=data.get("sha256", "")[:SHOWN_DIGITS],
        )

    def _describe_guard_mended(self, data):
        guard = self.env["iso10003.register.guard"]
        return self._tell_in_turn(
            f"{trigger} {guard._explain(problem)}"
            for trigger, problem in data.get("guards", [])
        )

    def _describe_changed(self, data):
        return self._tell_changes()

    def _tell_part(self, data, *what):
        """Tell what happened to a part of the file: what it is, and what changed."""
        changes = {
            "noted": self.env._("Noted"),
            "changed": self.env._("Changed"),
            "moved": self.env._("Moved"),
            "deleted": self.env._("Deleted"),
        }
        whither = {"from": data.get("from"), "to": data.get("to")}
        told = [changes.get(data.get("change")), *what]
        if data.get("change") == "moved":
            told += [
                self._tell_move(whither["from"] or "", whither["to"] or "").strip()
            ]
        return " · ".join(part for part in (*told, self._tell_changes()) if part)

    def _tell_changes(self):
        told = self._list_changes_in_words()
        if self.data.get("by") == "merge":
            told = self.env._("Contacts merged. %(changes)s", changes=told)
        return told

    def _list_changes_in_words(self):
        return self._tell_in_turn(
            f"{field._description_string(self.env)}: {self._tell_change(field, moved)}"
            for field, moved in self._list_changes()
        )

    def _tell_change(self, field, moved):
        former, present = moved.get("from"), moved.get("to")
        if isinstance(former or present, dict):
            return self._tell_rewording(former, present)
        return self._tell_move(
            self._tell_value(field, former), self._tell_value(field, present)
        )

    def _tell_rewording(self, former, present):
        former, present = (
            ((text or {}).get("sha256") or "")[:SHOWN_DIGITS]
            for text in (former, present)
        )
        if not former:
            return self.env._("text written (SHA-256 %(digest)s)", digest=present)
        if not present:
            return self.env._("text removed (SHA-256 %(digest)s)", digest=former)
        return self.env._(
            "text changed (SHA-256 %(former)s → %(present)s)",
            former=former,
            present=present,
        )

    def _tell_value(self, field, value):
        if value is None or value == []:
            return NOTHING
        if field.relational:
            ids = value if isinstance(value, list) else [value]
            return ", ".join(self._tell_record(field.comodel_name, id_) for id_ in ids)
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        if field.type == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        if field.type == "date":
            return format_people_date(self.env, fields.Date.to_date(value), "short")
        if field.type == "datetime":
            instant = datetime.fromisoformat(value.rstrip("Z"))
            return format_people_date(self.env, instant, "short")
        if field.type in ("integer", "float", "monetary"):
            return format_people_number(self.env, str(value))
        return str(value)

    def _tell_record(self, model, record_id):
        # as in _fetch_named
        record = self.env[model].sudo().browse(record_id)
        with contextlib.suppress(MissingError):
            return record.display_name or f"{record_id}"
        return self.env._("No. %(number)s", number=record_id)
