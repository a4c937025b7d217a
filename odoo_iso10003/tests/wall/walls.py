# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Walk all records, by all ways to read, as everybody who may not read them.

Functions over lists, of models, people, fields, records: ``test_walls.py`` gives them
all there are, and a made-up offender each, to see that they find it.
"""

import functools
import inspect
from contextlib import contextmanager
from unittest.mock import patch

import psycopg2

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...models.wall.withheld import ADDON

# what finds a record, or counts it: finds nothing, or is refused
FINDING = {
    "search": lambda own, domain: own.search(domain).ids,
    "search_count": lambda own, domain: own.search_count(domain),
    "search_fetch": lambda own, domain: own.search_fetch(domain, ["id"]).ids,
    "search_read": lambda own, domain: own.search_read(domain, ["id"]),
    "web_search_read": lambda own, domain: own.web_search_read(domain, {"id": {}})[
        "length"
    ],
    "name_search": lambda own, domain: own.name_search("", domain),
    "web_name_search": lambda own, domain: own.web_name_search(
        "", {"display_name": {}}, domain
    ),
    "read_group": lambda own, domain: own._read_group(domain, ["id"]),
    "formatted_read_group": lambda own, domain: own.formatted_read_group(
        domain, ["id"]
    ),
    "web_read_group": lambda own, domain: own.web_read_group(domain, ["id"])["groups"],
    "read_grouping_sets": lambda own, domain: [
        group
        for groups in own.formatted_read_grouping_sets(domain, [["id"]], ["__count"])
        for group in groups
    ],
}
# what opens a record: is refused
OPENING = {
    "field": lambda own: own[_first_column(own)],
    "read": lambda own: own.read(["display_name"]),
    "web_read": lambda own: own.web_read({"display_name": {}}),
    "export": lambda own: own.export_data(["display_name"]),
    "onchange": lambda own: own.onchange({}, [], {"display_name": {}}),
}


def _first_column(model):
    return next(
        name
        for name, field in sorted(model._fields.items())
        if field.store and field.column_type and not field.groups and name != "id"
    )


def product_models(registry):
    """Return the names of our models that have records."""
    return {
        name
        for name, model in registry.items()
        if not model._abstract and model._original_module == ADDON
    }


@contextmanager
def debug_mode(env):
    """Let everybody be in debug mode, in which Odoo's refusals tell more."""
    users = env.registry["res.users"]
    has_group = users.has_group

    def in_debug_mode(user, group):
        return group == "base.group_no_one" or has_group(user, group)

    with patch.object(users, "has_group", in_debug_mode):
        yield


def find_leak(door, words=()):
    """Go through a door that leads nowhere.

    :return: what came out that must not, as text, or nothing
    """
    try:
        told = door()
    except (UserError, ValueError, LookupError, psycopg2.Error) as refusal:
        told = ""
        said = str(refusal)
    else:
        said = repr(told)
    if told:
        return f"told {said}"
    return next((f"said {said}" for word in words if word in said), "")


def walk_record(record, users, words):
    """Yield ``(login, door, leak)`` for each way on which a record is read.

    :param record: a record that none of the users may read
    :param users: people, one by one
    :param words: what must not be told either, not even by a refusal
    """
    domain = [("id", "=", record.id)]
    for user in users:
        own = record.with_env(record.env(su=False)).with_user(user)
        model = own.browse()
        doors = {
            name: lambda door=door, model=model: door(model, domain)
            for name, door in FINDING.items()
        } | {
            name: lambda door=door, own=own: door(own) or True
            for name, door in OPENING.items()
        }
        if record._name == "mail.message":  # it checks rights in its methods alone
            del doors["field"]
        if not model.has_access("read"):  # all of them ask that first
            doors = {name: doors[name] for name in ("search", "read_group", "read")}
        for name, door in doors.items():
            record.invalidate_recordset(flush=False)
            if leak := find_leak(door, words):
                yield user.login, name, leak
        # all refusals are worded at one place, in debug mode with more words
        with debug_mode(record.env):
            for operation in ("read", "write"):
                record.invalidate_recordset(flush=False)
                asked = functools.partial(own.check_access, operation)
                if leak := find_leak(asked, words):
                    yield user.login, f"refused {operation}", leak


def public_methods(model):
    """Return the names of methods of ours that everybody may call from outside.

    Buttons are, and what Odoo has and we only override was before.
    """
    ours, theirs = set(), set()
    for kind in type(model).mro():
        own = kind.__module__.startswith(f"odoo.addons.{ADDON}.")
        (ours if own else theirs).update(vars(kind))
    return {
        name
        for name in ours - theirs
        if inspect.isfunction(getattr(type(model), name))
        and not name.startswith(("_", "action_"))
        and not _is_private(model, name)
    }


def _is_private(model, name):
    return any(
        getattr(vars(kind).get(name), "_api_private", False)
        for kind in type(model).mro()
    )


def public_actions(model):
    """Return the names of our public methods that ask for nothing but a record."""
    names = set()
    for name, method in inspect.getmembers(type(model), inspect.isfunction):
        ours = method.__module__.startswith(f"odoo.addons.{ADDON}.")
        if name.startswith("action_") and ours and not _is_wanting(method):
            names.add(name)
    return names


def _is_wanting(method):
    _self, *parameters = inspect.signature(method).parameters.values()
    return any(one.default is one.empty for one in parameters)


def walk_actions(record, users, words):
    """Yield ``(login, action, leak)`` for each button that tells of a record.

    A button may open a list or a form: what is in it, the rules of reading say.
    """
    env, names = record.env, sorted(public_actions(record))
    for user in users:
        own = record.with_env(env(su=False)).with_user(user)
        for name in names:
            env.invalidate_all(flush=False)

            def door(name=name, own=own):
                with env.cr.savepoint():
                    told = repr(getattr(own, name)())
                    return any(word in told for word in words) and told

            if leak := find_leak(door, words):
                yield user.login, name, leak


def is_link(field):
    """Return whether users may put a record into this field."""
    return (
        field.type == "many2one"
        and field.store
        and not field.related
        and not (field.compute and field.readonly)
        and not getattr(field, "guarded", False)
    )


def walk_links(record, model, names, users, words):
    """Yield ``(login, field and door, leak)`` for each dialog or form on an id.

    :param record: a record that none of the users may read
    :param model: one whose fields ``names`` lead to the model of the record
    """
    env = record.env
    for user in users:
        forms = model.with_env(env(su=False)).with_user(user)
        if not forms.has_access("create"):
            continue
        for name in names:
            asked = forms.with_context(**{f"default_{name}": record.id})
            shown = {name: {"fields": {"display_name": {}}}}
            value = {name: record.id}
            doors = {
                "onchange": lambda forms=forms, name=name, value=value, shown=shown: (
                    forms.onchange(value, [name], shown)
                ),
                "default": lambda asked=asked, name=name: asked.default_get([name]),
                "form": lambda asked=asked, shown=shown: asked.onchange({}, [], shown),
                "create": lambda forms=forms, value=value: _in_savepoint(
                    env, lambda: forms.create(dict(value))
                ),
            }
            for kind, door in doors.items():
                record.invalidate_recordset(flush=False)
                if leak := find_leak(door, words):
                    yield user.login, f"{model._name}.{name} {kind}", leak


def _in_savepoint(env, door):
    with env.cr.savepoint():
        return door() or True


def paths_to(registry, comodel, models):
    """Return ``(model, field)`` of all fields of ``models`` that lead to another."""
    return [
        (name, field.name)
        for name in sorted(models)
        for model in [registry[name]]
        if not model._transient
        for field in model._fields.values()
        if field.comodel_name == comodel
        and field.type in ("many2one", "one2many", "many2many")
        and (field.store or field.search or field.type == "one2many")
    ]


def walk_paths(record, paths, users):
    """Yield ``(login, path, leak)`` for each record through which another is found."""
    by_model = {}
    for name, field in paths:
        by_model.setdefault(name, []).append(field)
    for user in users:
        for name, names in by_model.items():
            model = record.env(su=False)[name].with_user(user)
            if not model.has_access("read"):
                continue
            # one search for all that may be asked, and one for each that may not
            asked = [
                field
                for field in names
                if model._has_field_access(model._fields[field], "read")
            ]
            for fields_ in (asked, *([one] for one in names if one not in asked)):
                domain = Domain.OR(
                    Domain(field, "any", [("id", "=", record.id)]) for field in fields_
                )
                if leak := find_leak(
                    lambda m=model, d=domain: m.search(d, limit=1).ids
                ):
                    yield user.login, f"{name}.{' or '.join(fields_)}", leak


# by what is found, and in which order, values are guessed
GUESSING = {
    "=": lambda own, name: own.search([(name, "=", False)]).ids,
    "!=": lambda own, name: own.search([(name, "!=", False)]).ids,
    "in": lambda own, name: own.search([(name, "in", [True])]).ids,
    "count": lambda own, name: own.search_count([(name, "!=", False)]),
    "name": lambda own, name: own.name_search("", [(name, "!=", False)]),
    "group": lambda own, name: own._read_group([], [name]),
    "sum": lambda own, name: own._read_group([], [], [f"{name}:count_distinct"]),
    "grouped": lambda own, name: own._read_group([(name, "!=", 0)], ["id"]),
    "order": lambda own, name: own.search([], order=name).ids,
    "read": lambda own, name: own.search([]).read([name]),
}


def hidden_fields(model):
    """Return the names of searchable fields that the user of a model may not read."""
    return [
        name
        for name, field in sorted(model._fields.items())
        if (field.store or field.search) and not model._has_field_access(field, "read")
    ]


def walk_hidden_fields(model, names):
    """Yield ``(field, door, leak)`` for each way on which its values are guessed.

    :param model: with the user who may not read the fields ``names``
    """
    for name in names:
        for kind, door in GUESSING.items():
            if leak := find_leak(lambda d=door, n=name: d(model, n) or True):
                yield name, kind, leak


# what record rules look at, of the file, where rows are too many to ask it
KEPT = {
    "iso10003.deadline": ("user_id", "team_id", "reader_id", "shared"),
    "iso10003.alarm": ("owner_id", "team_id", "reader_id", "shared"),
}


class Filler:
    """Fill the table of any model with one record that names a secret.

    Past all rules: it is no matter here what a record says, only who learns of it. So
    a model that is added tomorrow is filled as well.
    """

    def __init__(self, env, secret, links, columns):
        """
        :param links: ``{model: id}`` of the records to which links lead
        :param columns: ``{model: {column: value}}`` where it must be another
        """
        self.env, self.secret, self.columns = env, secret, columns
        self.links = dict(links)

    def fill(self, name):
        """Return the record of a model, made if there is none yet."""
        model = self.env[name].sudo()
        if name not in self.links:
            self.links[name] = self._insert(model)
        return model.browse(self.links[name])

    def _insert(self, model):
        given = self.columns.get(model._name, {})
        row = {}
        for name, field in model._fields.items():
            if not (field.store and field.column_type) or name == "id":
                continue
            value = given[name] if name in given else self._value(model, field)
            if value is not None:
                row[name] = value
        self._lift_rules(model)
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s) VALUES (%s) RETURNING id",
                SQL.identifier(model._table),
                SQL(", ").join(map(SQL.identifier, row)),
                SQL(", ").join(SQL("%s", value) for value in row.values()),
            )
        )
        [number] = self.env.cr.fetchone()
        self._keep(model.browse(number))
        return number

    def _keep(self, record):
        """Let a record keep of its file what the ORM, passed by, keeps with it."""
        for name in KEPT.get(record._name, ()):
            self.env.add_to_compute(record._fields[name], record)
        record.flush_recordset()

    def _lift_rules(self, model):
        """Take away what the database asks of a row, but for the links."""
        table = model._table
        self.env.cr.execute(
            "SELECT conname FROM pg_constraint"
            " WHERE contype IN ('c', 'u', 'x') AND conrelid = %s::regclass",
            [table],
        )
        for (name,) in self.env.cr.fetchall():
            self.env.cr.execute(
                SQL(
                    "ALTER TABLE %s DROP CONSTRAINT %s",
                    SQL.identifier(table),
                    SQL.identifier(name),
                )
            )
        self.env.cr.execute(
            "SELECT relname FROM pg_index JOIN pg_class ON oid = indexrelid"
            " WHERE indisunique AND NOT indisprimary AND indrelid = %s::regclass",
            [table],
        )
        for (name,) in self.env.cr.fetchall():
            self.env.cr.execute(SQL("DROP INDEX %s", SQL.identifier(name)))

    def _value(self, model, field):
        if field.type == "many2one":
            return self._link(model, field)
        if field.type in ("char", "text", "html"):
            return field.convert_to_column_insert(self.secret, model)
        if field.type == "selection":
            return (
                next(iter(field.get_values(self.env)), "x") if field.required else None
            )
        if field.type in ("date", "datetime"):  # what may be open, is: it ends nowhere
            return fields.Datetime.now() if field.required else None
        if field.type in ("integer", "float", "monetary", "many2one_reference"):
            return 1 if field.required else None
        if field.type == "boolean":
            return field.name == "active"
        if field.type in ("json", "properties_definition"):
            return "{}" if field.required else None
        return None

    def _link(self, model, field):
        comodel = field.comodel_name
        if comodel in self.links and (field.required or comodel != model._name):
            return self.links[comodel]
        if not field.required:
            return None
        if comodel in product_models(self.env.registry):
            return self.fill(comodel).id
        return self.env[comodel].sudo().search([], limit=1).id
