# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from pathlib import Path

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import mute_logger

from .common import ADDON, DisputeCase
from .conformity_common import CONFORMITY_MODELS
from .legal_common import LEGAL_GUARDED

ROOT = Path(__file__).parent.parent


class TestOneDoor(DisputeCase):
    """Guarded fields change through the methods that leave a trace, and no else.

    The fields are taken from the models: whoever marks another one as guarded has
    it tested here.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.company"].create({"name": "Other Trade"})
        policies = cls.env["iso10003.policy"]
        cls.draft = policies.with_user(cls.chief).create({"name": "Draft"})
        cls.dispute = cls._open_dispute()
        other = cls._open_dispute(cls._new_ticket())
        cls.other_ticket = other.ticket_id
        # one record of each guarded model, with who may write it
        cls.samples = {
            "iso10003.dispute": cls.dispute.with_user(cls.handler),
            "iso10003.policy": cls.draft.with_user(cls.chief),
            "iso10003.policy.gate": cls.draft.gate_ids[0].with_user(cls.chief),
        }

    def _prepare_new(self, model):
        """Return the values with which a record is made in the usual way."""
        return {
            "iso10003.dispute": lambda: {
                "ticket_id": self._new_ticket().id,
                "subject": "It broke again",
            },
            "iso10003.policy": lambda: {"name": "Another draft"},
            "iso10003.policy.gate": lambda: {
                "policy_id": self.draft.id,
                "gate_id": self._get_gate_of_none().id,
            },
        }[model]()

    def _get_gate_of_none(self):
        """Return a gate that no version asks yet."""
        vals = {"code": "category_set", "state": "position", "clause": "8.2"}
        gates = self.env["iso10003.gate"].with_user(self.chief)
        domain = [(name, "=", value) for name, value in vals.items()]
        return gates.search(domain) or gates.create({"name": "Again", **vals})

    # ------------------------------------------------------------
    # Fields and values
    # ------------------------------------------------------------

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
            "boolean": not record[field.name],
            "char": "Smuggled in",
            "date": "2001-02-03",
            "datetime": "2001-02-03 04:05:06",
            "integer": 77,
            "json": {"smuggled": 77},
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
    # What is guarded
    # ------------------------------------------------------------

    def test_each_guarded_model_is_tested_here(self):
        guarded = set(self.env.registry["iso10003.guarded"]._inherit_children)
        # nobody makes deadlines; their doors are tried in test_deadline_course.py
        guarded.remove("iso10003.deadline")
        # nobody makes roles; their switch is tried in test_competence_door.py, and
        # the doors of training in test_competence_training.py
        guarded -= {
            "iso10003.role",
            "iso10003.training",
            "iso10003.training.attendance",
        }
        # those of assessments and audits in test_conformity_doors.py
        guarded -= CONFORMITY_MODELS
        self.assertEqual(
            guarded,
            set(self.samples) | LEGAL_GUARDED,  # these in test_legal_one_door.py
            f"add a record of each guarded model to `samples` of {__name__}",
        )

    def test_the_state_and_the_outcome_are_guarded(self):
        self.assertGreaterEqual(
            self.dispute._get_marked_fields("guarded"),
            {"state", "outcome", "name", "policy_id", "closed_date", "reopen_count"},
        )
        self.assertGreaterEqual(
            self.draft._get_marked_fields("guarded"),
            {"state", "version", "author_id", "approver_id", "valid_from", "valid_to"},
        )

    def test_forms_show_guarded_fields_read_only_and_copies_start_anew(self):
        for record, field in self._marked("guarded"):
            with self.subTest(field=str(field)):
                self.assertTrue(field.readonly)
                self.assertTrue(field.store)
                if record._name != "iso10003.dispute":  # which is never copied
                    self.assertFalse(field.copy)

    def test_deleting_what_a_guarded_field_names_does_not_empty_it(self):
        for _record, field in self._marked("guarded", "fixed"):
            if field.relational:
                with self.subTest(field=str(field)):
                    self.assertEqual(field.ondelete, "restrict")

    # ------------------------------------------------------------
    # Doors to what is there
    # ------------------------------------------------------------

    def _context_keys(self):
        """Every key that this addon looks at, and those that open doors elsewhere."""
        found = set()
        for path in ROOT.rglob("*.py"):
            if "tests" not in path.parts:
                found |= set(
                    re.findall(
                        r"context(?:\.get\(|\[)\s*[\"'](\w+)", path.read_text("utf-8")
                    )
                )
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

    def test_no_door_to_a_guarded_field(self):
        doors = self._doors()
        for record, field in self._marked("guarded", "fixed"):
            value = self._other_value(record, field)
            before = self._picture(record)
            for name, door in doors.items():
                with self.subTest(field=str(field), door=name):
                    refused = self._try(door, record, field, value)
                    self.assertTrue(refused, "not refused")
                    self.assertEqual(self._picture(record), before)

    def test_the_value_it_has_is_refused_as_well(self):
        """So that nobody learns by trying."""
        for record, field in self._marked("guarded"):
            value = field.convert_to_write(record.sudo()[field.name], record)
            with self.subTest(field=str(field)):
                self.assertTrue(
                    self._try(
                        lambda r, f, v: r.write({f.name: v}), record, field, value
                    )
                )

    def test_a_refusal_says_which_field_and_what_to_do(self):
        with self.assertRaisesRegex(UserError, "Dispute: State.*buttons"):
            self.dispute.write({"state": "closed"})

    def test_a_mass_edit_of_the_list_is_refused(self):
        field = self.env["ir.model.fields"]._get("iso10003.dispute", "state")
        closed = field.selection_ids.filtered(lambda choice: choice.value == "closed")
        action = self.env["ir.actions.server"].create(
            {
                "name": "Close",
                "model_id": field.model_id.id,
                "state": "object_write",
                "update_path": "state",
                "evaluation_type": "value",
                "selection_value": closed.id,
            }
        )
        with self.assertRaisesRegex(UserError, "cannot be written directly"):
            action.with_user(self.handler).with_context(
                active_model="iso10003.dispute",
                active_ids=self.dispute.ids,
                active_id=self.dispute.id,
            ).run()
        self.assertEqual(self.dispute.state, "referral")

    def test_an_onchange_stores_nothing(self):
        for record, field in self._marked("guarded", "fixed"):
            value = self._other_value(record, field)
            before = self._picture(record)
            with self.subTest(field=str(field)):
                self._try(
                    lambda r, f, v: r.onchange({f.name: v}, [f.name], {f.name: {}}),
                    record,
                    field,
                    value,
                )
                self.assertEqual(self._picture(record), before)

    def test_translations_are_no_door(self):
        for record, field in self._marked("guarded", "fixed"):
            before = self._picture(record)
            with self.subTest(field=str(field)):
                for user in (record, record.sudo()):
                    self._try(
                        lambda r, f, v: r.update_field_translations(
                            f.name, {"en_US": v}
                        ),
                        user,
                        field,
                        "closed",
                    )
                    self._try(
                        lambda r, f, v: r.web_override_translations({f.name: v}),
                        user,
                        field,
                        "closed",
                    )
                self.assertEqual(self._picture(record), before)

    def test_archiving_is_no_door(self):
        before = self._picture(self.dispute)
        for method in ("action_archive", "action_unarchive"):
            with self.assertRaisesRegex(AssertionError, "No 'active' field"):
                getattr(self.dispute, method)()
        self.assertEqual(self._picture(self.dispute), before)

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

    def test_no_door_to_a_new_record(self):
        for record, field in self._marked("guarded"):
            model = record.browse()
            value = self._other_value(record, field)
            count = model.sudo().search_count([])
            for name, door in self._new_doors().items():
                with self.subTest(field=str(field), door=name):
                    vals = {**self._prepare_new(model._name), field.name: value}
                    self.assertTrue(self._try(door, model, vals), "not refused")
                    self.assertEqual(model.sudo().search_count([]), count)

    def test_the_same_doors_are_open_for_other_fields(self):
        """Else the test above would prove nothing."""
        for record in self.samples.values():
            for name, door in self._new_doors().items():
                with self.subTest(model=record._name, door=name):
                    vals = self._prepare_new(record._name)
                    if name == "mail" and record._name == "iso10003.dispute":
                        # its name is its number, which no mail can give it
                        self.assertTrue(self._try(door, record.browse(), vals))
                        continue
                    self.assertFalse(self._try(door, record.browse(), vals))

    def test_a_copy_takes_no_guarded_value(self):
        for field in self._fields_of(self.draft):
            value = self._other_value(self.draft, field)
            with self.subTest(field=str(field)):
                for draft in (self.draft.with_user(self.chief), self.draft.sudo()):
                    self.assertTrue(
                        self._try(
                            lambda draft=draft, field=field, value=value: draft.copy(
                                {field.name: value}
                            )
                        )
                    )
        copy = self.draft.with_user(self.manager).copy()
        self.assertEqual(copy.author_id, self.manager)
        self.assertEqual(copy.state, "draft")
        for dispute in (self.dispute, self.dispute.sudo()):
            with self.assertRaisesRegex(UserError, "cannot be duplicated"):
                dispute.copy({"state": "closed"})

    def _fields_of(self, record):
        return [record._fields[name] for name in record._get_marked_fields("guarded")]

    def test_defaults_of_the_context_do_not_get_in(self):
        for record, field in self._marked("guarded"):
            value = self._other_value(record, field)
            with self.subTest(field=str(field)):
                model = record.browse().with_context(**{f"default_{field.name}": value})
                for new in (
                    model.create(self._prepare_new(record._name)),
                    model.sudo().create(self._prepare_new(record._name)),
                ):
                    self.assertFalse(self._is_in(new, field, value))

    def test_defaults_that_users_store_do_not_get_in(self):
        for record, field in self._marked("guarded"):
            if field.type == "many2many":
                continue  # stored defaults know no lists
            value = self._other_value(record, field)
            with self.subTest(field=str(field)):
                self.env["ir.default"].set(record._name, field.name, value)
                new = record.browse().create(self._prepare_new(record._name))
                self.assertFalse(self._is_in(new, field, value))
                self.env["ir.default"].discard_values(record._name, field.name, [value])
                self.env["ir.default"].search(
                    [("field_id.name", "=", field.name)]
                ).unlink()

    def test_a_name_makes_no_dispute(self):
        """A many2one that creates what it does not find."""
        with self.assertRaises(UserError):
            self.dispute.name_create("DSP/0000/00000")

    # ------------------------------------------------------------
    # Doors of the complaint
    # ------------------------------------------------------------

    def test_the_list_on_the_ticket_is_no_door(self):
        ticket = self.dispute.ticket_id.with_user(self.handler)
        before = self._picture(self.dispute)
        for field in self._fields_of(self.dispute):
            value = self._other_value(self.dispute, field)
            for command in (
                Command.update(self.dispute.id, {field.name: value}),
                Command.create({"subject": "Another", field.name: value}),
            ):
                for door in (ticket, ticket.sudo()):
                    with self.subTest(field=str(field), command=command[0]):
                        self.assertTrue(
                            self._try(
                                lambda door=door, command=command: door.write(
                                    {"dispute_ids": [command]}
                                )
                            )
                        )
        self.assertEqual(self._picture(self.dispute), before)
        self.assertEqual(ticket.dispute_ids, self.dispute)

    def test_the_ticket_does_not_lose_or_swap_its_disputes(self):
        ticket = self.dispute.ticket_id.with_user(self.handler)
        other = self.other_ticket.dispute_ids
        for commands in (
            [Command.unlink(self.dispute.id)],
            [Command.clear()],
            [Command.set([])],
            [Command.set(other.ids)],
            [Command.link(other.id)],
            [Command.delete(self.dispute.id)],
        ):
            for door in (ticket, ticket.sudo()):
                with self.subTest(commands=commands):
                    self.assertTrue(
                        self._try(
                            lambda door=door, commands=commands: door.write(
                                {"dispute_ids": commands}
                            )
                        )
                    )
                    self.env.invalidate_all()
                    self.assertEqual(ticket.dispute_ids, self.dispute)

    def test_importing_tickets_is_no_door(self):
        ticket = self.dispute.ticket_id.with_user(self.handler)
        for columns, row in (
            (
                [".id", "dispute_ids/.id", "dispute_ids/state"],
                [str(ticket.id), str(self.dispute.id), "closed"],
            ),
            (
                ["name", "description", "dispute_ids/subject", "dispute_ids/state"],
                ["New", "New", "New", "closed"],
            ),
        ):
            result = ticket.browse().load(columns, [row])
            self.assertFalse(result["ids"])
            self.assertTrue(result["messages"])
        self.assertEqual(self.dispute.state, "referral")
