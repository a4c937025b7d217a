# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..common import DisputeCase
from ..mixin.smuggling import Doors


class TestOneDoor(Doors, DisputeCase):
    """Guarded fields change through the methods that leave a trace, and no else.

    Here by each door there is, for what matters most; all other models are tried in
    ``test_walk_of_fields.py``.
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
            "helpdesk.ticket": cls.ticket.with_user(cls.manager),
        }

    def _prepare_new(self, model):
        """Return the values with which a record is made in the usual way."""
        return {
            "iso10003.dispute": lambda: {
                "ticket_id": self._new_ticket().id,
                "subject": "It broke again",
            },
            "iso10003.policy": lambda: {"name": "Another draft"},
            "helpdesk.ticket": lambda: {"name": "It broke", "description": "<p>!</p>"},
        }[model]()

    # ------------------------------------------------------------
    # What is guarded
    # ------------------------------------------------------------

    def test_the_state_and_the_outcome_are_guarded(self):
        self.assertGreaterEqual(
            self.dispute._get_marked_fields("guarded"),
            {"state", "outcome", "name", "policy_id", "closed_date", "reopen_count"},
        )
        self.assertGreaterEqual(
            self.draft._get_marked_fields("guarded"),
            {"state", "version", "author_id", "approver_id", "valid_from", "valid_to"},
        )

    # ------------------------------------------------------------
    # Doors to what is there
    # ------------------------------------------------------------

    def test_no_door_to_a_guarded_field(self):
        doors = self._doors()
        for record, field in self._marked("guarded", "fixed"):
            value = self._other_value(record, field)
            before = self._picture(record)
            for name, door in doors.items():
                with self.subTest(field=str(field), door=name):
                    refused = self._try(door, record, field, value)
                    self.assertTrue(refused, "not refused")
            with self.subTest(field=str(field)):
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

    def test_no_door_to_a_new_record(self):
        # of what is refused nothing is made, so that all may have the same
        usual = {name: self._prepare_new(name) for name in self.samples}
        for record, field in self._marked("guarded"):
            model = record.browse()
            value = self._other_value(record, field)
            count = model.sudo().search_count([])
            for name, door in self._new_doors().items():
                with self.subTest(field=str(field), door=name):
                    vals = {**usual[model._name], field.name: value}
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

    def _other_values(self):
        """Yield each sample with ``{guarded field: another value}``."""
        for record in self.samples.values():
            yield (
                record,
                {
                    field: self._other_value(record, field)
                    for field in self._fields_of(record)
                },
            )

    def _assert_none_in(self, new, values):
        for field, value in values.items():
            with self.subTest(field=str(field)):
                self.assertFalse(self._is_in(new, field, value))

    def test_defaults_of_the_context_do_not_get_in(self):
        for record, values in self._other_values():
            given = {f"default_{field.name}": value for field, value in values.items()}
            shut = {
                f"default_{field.name}": given.pop(f"default_{field.name}")
                for field in values
                # also what only other roles have
                if not record._has_field_access(field, "write")
            }
            model = record.browse()
            for name, value in shut.items():
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    model.with_context(**{name: value}).create(
                        self._prepare_new(record._name)
                    )
            for door in (
                model.with_context(**given),
                model.sudo().with_context(**given, **shut),
            ):
                new = door.create(self._prepare_new(record._name))
                self._assert_none_in(new, values)

    def test_defaults_that_users_store_do_not_get_in(self):
        for record, values in self._other_values():
            # stored defaults know no lists
            values = {f: value for f, value in values.items() if f.type != "many2many"}
            for field, value in values.items():
                self.env["ir.default"].set(record._name, field.name, value)
            new = record.browse().create(self._prepare_new(record._name))
            self._assert_none_in(new, values)

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
