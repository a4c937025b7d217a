# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ways to smuggle a value into a field, for the tests of all that is closed."""

import base64
import functools
import re
from pathlib import Path

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import mute_logger

from ..common import ADDON

ROOT = Path(__file__).parents[2]


@functools.cache  # of all files, asked for each field
def find_context_keys():
    """Return the keys of a context that the addon looks at."""
    found = set()
    for path in ROOT.rglob("*.py"):
        if "tests" not in path.parts:
            found |= set(
                re.findall(
                    r"context(?:\.get\(|\[)\s*[\"'](\w+)", path.read_text("utf-8")
                )
            )
    return frozenset(found)


class Doors:
    """Mixed into a test case with ``samples``: ``{model: record as who may write it}``.

    What is tried is taken from the models, so what is closed later is tried as well.
    """

    def _marked(self, *marks):
        """Yield each marked field with the record to try it on."""
        for record in self.samples.values():
            for mark in marks:
                for name in sorted(record._get_marked_fields(mark)):
                    yield record, record._fields[name]

    def _other_value(self, record, field):
        """Return a value that the field does not have, good enough to be stored."""
        record = record.sudo()
        if field.type == "selection":
            codes = [code for code, _label in field._description_selection(self.env)]
            return next(code for code in reversed(codes) if code != record[field.name])
        if field.relational:
            comodel = self.env[field.comodel_name]
            other = comodel.search(
                [("id", "not in", record[field.name].ids)], limit=1, order="id desc"
            )
            self.assertTrue(other, f"no other value for {field}")
            return [Command.link(other.id)] if field.type == "many2many" else other.id
        return {
            "binary": base64.b64encode(b"smuggled in").decode(),
            "boolean": not record[field.name],
            "char": "Smuggled in",
            "date": "2001-02-03",
            "datetime": "2001-02-03 04:05:06",
            "float": 77.0,
            "html": "<p>Smuggled in</p>",
            "integer": 77,
            "json": {"smuggled": 77},
            "many2one_reference": 77,
            "monetary": 77.0,
            "text": "Smuggled in",
        }[field.type]

    def _is_in(self, record, field, value):
        """Whether a record got the smuggled value after all."""
        self.env.flush_all()
        self.env.invalidate_all()
        present = record.sudo()[field.name]
        if field.type == "many2many":
            return value[0][1] in present.ids
        return field.convert_to_write(present, record) == field.convert_to_write(
            field.convert_to_record(field.convert_to_cache(value, record), record),
            record,
        )

    def _picture(self, records):
        self.env.flush_all()
        self.env.invalidate_all()
        names = [name for name, field in records._fields.items() if field.store]
        return records.sudo().read(names, load=None)

    def _try(self, door, *arguments):
        """Return whether a door was shut, with the error it gave."""
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                door(*arguments)
                self.env.flush_all()
        except UserError as error:
            self.env.invalidate_all()
            return str(error) or "refused"
        return ""

    # ------------------------------------------------------------
    # Doors to what is there
    # ------------------------------------------------------------

    def _context_keys(self):
        """Every key that this addon looks at, and those that open doors elsewhere."""
        found = find_context_keys()
        self.assertIn("shown_state", found)
        return dict.fromkeys(
            found
            | {
                "guarded",
                "force",
                "force_write",
                "bypass",
                "install_mode",
                "import_file",
                "_import_current_module",
                "tracking_disable",
                "mail_notrack",
                "no_validation",
                "prefetch_fields",
                "recompute",
                "module",
                "_guarded_write",
            },
            True,
        ) | {"module": ADDON, "_import_current_module": ADDON, "shown_state": False}

    def _import(self, record, field, value, by_name):
        """Import one changed column of one record, as the import dialog does."""
        column, cell = field.name, value
        if field.relational:
            column = f"{field.name}/.id"
            cell = value[0][1] if field.type == "many2many" else value
        key, ident = ".id", str(record.id)
        if by_name:
            key, ident = "id", f"__import__.{record._table}_{record.id}"
            self.env["ir.model.data"]._update_xmlids(
                [{"xml_id": ident, "record": record, "noupdate": False}]
            )
        cell = "1" if cell is True else "0" if cell is False else str(cell)
        result = record.browse().load([key, column], [[ident, cell]])
        if not result["ids"]:
            raise UserError(result["messages"][0]["message"])

    def _server_action(self, record, field, value):
        """Mass editing by an action of the list, made by an administrator."""
        model = self.env["ir.model"]._get(record._name)
        action = self.env["ir.actions.server"].create(
            {
                "name": "Set it",
                "model_id": model.id,
                "state": "code",
                "code": f"records.write({{{field.name!r}: {value!r}}})",
            }
        )
        action.with_user(record.env.user).with_context(
            active_model=record._name, active_ids=record.ids, active_id=record.id
        ).run()

    def _doors(self):
        keys = self._context_keys()
        return {
            "write": lambda r, f, v: r.write({f.name: v}),
            "update": lambda r, f, v: r.update({f.name: v}),
            "write as superuser": lambda r, f, v: r.sudo().write({f.name: v}),
            "write as user 1": lambda r, f, v: r.with_user(1).write({f.name: v}),
            "write with context keys": lambda r, f, v: r.with_context(**keys).write(
                {f.name: v}
            ),
            "write with context keys as superuser": lambda r, f, v: (
                r.sudo().with_context(**keys).write({f.name: v})
            ),
            "write among others": lambda r, f, v: r.write(
                {"activity_ids": [], f.name: v}
            ),
            "web_save": lambda r, f, v: r.web_save({f.name: v}, {}),
            "web_save_multi": lambda r, f, v: r.web_save_multi([{f.name: v}], {}),
            "mail": lambda r, f, v: r.message_update({}, {f.name: v}),
            "import by id": lambda r, f, v: self._import(r, f, v, False),
            "import by name": lambda r, f, v: self._import(r, f, v, True),
            "import as superuser": lambda r, f, v: self._import(r.sudo(), f, v, False),
            "server action": self._server_action,
        }

    # ------------------------------------------------------------
    # Doors to what is new
    # ------------------------------------------------------------

    def _new_doors(self):
        def load(model, vals):
            columns = {}
            for name, value in vals.items():
                if isinstance(value, list):
                    value = value[0][1]
                relational = model._fields[name].relational
                cell = "1" if value is True else "0" if value is False else str(value)
                columns[f"{name}/.id" if relational else name] = cell
            result = model.load(list(columns), [list(columns.values())])
            if not result["ids"]:
                raise UserError(result["messages"][0]["message"])

        return {
            "create": lambda m, vals: m.create(vals),
            "create as superuser": lambda m, vals: m.sudo().create(vals),
            "create as user 1": lambda m, vals: m.with_user(1).create(vals),
            "create with context keys": lambda m, vals: m.with_context(
                **self._context_keys()
            ).create(vals),
            "web_save": lambda m, vals: m.web_save(vals, {}),
            "mail": lambda m, vals: m.message_new({"subject": "New"}, vals),
            "import": load,
        }
