# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Every stored field of every model, tried by every role: who may write what."""

from types import SimpleNamespace

from odoo.exceptions import UserError

from ..common import ADDON
from .one_of_each import OneOfEach, models_with_fields, stored_fields
from .open_fields import OPEN
from .smuggling import Doors

# deleting what they name empties them: so that the addon can be removed, and so that
# skills and calendars are not held by trainings; roles go with their company, and
# lines with a draft of a programme
EMPTIED = {
    "document.page.starter_id",
    "iso10003.audit.programme.line.programme_id",
    # parts of a draft, which go with it
    "iso10003.policy.gate.policy_id",
    "iso10003.policy.tier.policy_id",
    "iso10003.policy.track.policy_id",
    "iso10003.policy.track.criterion.track_id",
    "iso10003.segregation.policy_id",
    # which auditors plan and take away freely, until the audit is done
    "iso10003.audit.activity.audit_id",
    # where a complaint goes back to; else to the first stage that is open
    "iso10003.dispute.complaint_stage_id",
    "iso10003.role.company_id",
    "iso10003.training.event_id",
    "iso10003.training.attendance.contact_certification_id",
    "iso10003.training.attendance.employee_skill_id",
}
# Offered as columns of an import, which records them by the deed, beside a reason:
# Odoo offers nothing that is read-only. Of clients, create() and write() refuse them.
IMPORTED = {
    f"iso10003.dispute.{name}"
    for name in (
        "notice_date",
        "notified_date",
        "acknowledged_date",
        "file_complete_date",
        "served_date",
        "part_answered_date",
        "invited_date",
        "final_answer_date",
        "implemented_date",
        "informed_date",
        "recourse_date",
        "response_date",
    )
}
# models that people duplicate
COPIED = ("iso10003.policy", "iso10003.referral", "iso10003.hearing")


def find_undeclared(fields, may_write, declared):
    """Yield where what a role can write differs from what is declared.

    :param fields: the stored fields to try
    :param may_write: function of a field that returns the roles who can write it
    :param declared: function of a field that returns the roles who should
    """
    for field in fields:
        writers, wanted = set(may_write(field)), set(declared(field))
        if writers - wanted:
            yield f"{field}: written by {sorted(writers - wanted)}, see open_fields.py"
        if wanted and not writers:
            yield f"{field}: declared open, and nobody can write it"


def find_unmarked(models):
    """Yield the read-only fields of models with rights that nothing closes.

    Read-only is what a form shows; a client that is none writes all the same.
    """
    for model in models:
        marked = model._get_computed_only_fields()
        if hasattr(model, "_get_marked_fields"):
            marked |= model._get_marked_fields("guarded")
            marked |= model._get_marked_fields("fixed")
        for field in stored_fields(model):
            if field.readonly and field.type != "one2many" and field.name not in marked:
                yield str(field)


class TestWalkOfFields(Doors, OneOfEach):
    # ------------------------------------------------------------
    # The declaration
    # ------------------------------------------------------------

    def _get_declared(self, field):
        return {
            role
            for roles, names in OPEN.get(field.model_name, {}).items()
            if field.name in names.split()
            for role in roles.split()
        }

    def _get_fields(self):
        # conversation about a record is open to whoever may write it
        talk = {*self.env["mail.thread"]._fields}
        talk |= {*self.env["mail.activity.mixin"]._fields}
        return [
            field
            for model in models_with_fields(self.env)
            for field in stored_fields(model)
            if field.type != "one2many"
            and field.name != "parent_path"  # which the ORM drops by itself
            and (field.name not in talk or ADDON in field._modules)
        ]

    def _find_writers(self, field):
        """Return the roles whose write of a value goes through."""
        record = self.samples[field.model_name]
        return {
            role
            for role, user in self.people.items()
            if record.with_user(user).has_access("write")
            and self._can_write(record.with_user(user), field)
        }

    def _can_write(self, record, field):
        fixed = getattr(field, "fixed", False)
        if fixed:
            value = self._other_value(record, field)
        elif field.type == "many2many":
            value = []
        else:
            value = field.convert_to_write(record.sudo()[field.name], record)
        return not self._try(record.write, {field.name: value})

    def test_there_is_a_record_of_each_model(self):
        missing = {name for name, record in self.samples.items() if not record}
        self.assertFalse(missing, "make one in one_of_each.py")

    def test_each_field_is_open_to_whom_it_is_declared(self):
        found = find_undeclared(
            self._get_fields(), self._find_writers, self._get_declared
        )
        self.assertFalse(list(found))

    def test_the_declaration_names_what_there_is(self):
        there = {(field.model_name, field.name) for field in self._get_fields()}
        declared = {
            (model, name)
            for model, by_role in OPEN.items()
            for names in by_role.values()
            for name in names.split()
        }
        self.assertFalse(declared - there)

    def test_what_is_declared_wrongly_would_be_found(self):
        fields = [
            self.dispute._fields["state"],
            self.dispute._fields["subject"],
            self.dispute._fields["next_due_date"],
        ]
        found = find_undeclared(
            fields, self._find_writers, lambda field: {"handler", "manager"}
        )
        self.assertEqual(
            [line.split(":")[0] for line in found],
            ["iso10003.dispute.state", "iso10003.dispute.next_due_date"],
        )
        found = find_undeclared(fields, self._find_writers, lambda field: {"handler"})
        self.assertIn("iso10003.dispute.subject: written by ['manager']", str([*found]))

    # ------------------------------------------------------------
    # What is read-only is closed
    # ------------------------------------------------------------

    def test_what_forms_show_read_only_is_closed(self):
        writable = [
            model
            for model in models_with_fields(self.env)
            if any(
                model.with_user(user).has_access("write")
                for user in self.people.values()
            )
        ]
        self.assertGreater(len(writable), 30)
        # in whose place a row stands follows from its key, and opens nothing
        self.assertFalse(
            [
                name
                for name in find_unmarked(writable)
                if not name.endswith(".replaces_id")
            ]
        )

    def test_a_read_only_field_that_nothing_closes_would_be_found(self):
        register = self.env["iso10003.register"]  # which nobody may write at all
        self.assertIn("iso10003.register.hash", list(find_unmarked([register])))

    def test_guarded_fields_are_read_only_and_copies_start_anew(self):
        for record, field in self._get_closed("guarded"):
            if field.store:
                with self.subTest(field=str(field)):
                    self.assertTrue(field.readonly or str(field) in IMPORTED)
                    self.assertFalse(record._name.startswith(COPIED) and field.copy)

    def test_deleting_what_a_closed_field_names_does_not_empty_it(self):
        for _record, field in self._get_closed("guarded", "fixed"):
            if field.relational and not field.related and str(field) not in EMPTIED:
                with self.subTest(field=str(field)):
                    self.assertEqual(field.ondelete, "restrict")

    # ------------------------------------------------------------
    # No door to what is closed
    # ------------------------------------------------------------

    def _get_closed(self, *marks):
        """Yield each closed field with the record to try it on."""
        for record in self.samples.values():
            for mark in marks:
                if mark == "computed":
                    names = record._get_computed_only_fields()
                elif hasattr(record, "_get_marked_fields"):
                    names = record._get_marked_fields(mark)
                else:
                    names = ()
                for name in sorted(names):
                    yield record, record._fields[name]

    def _get_plain_doors(self):
        keys = self._context_keys()
        return {
            "write as superuser with context keys": lambda r, f, v: (
                r.sudo().with_context(**keys).write({f.name: v})
            ),
            "web_save": lambda r, f, v: r.web_save({f.name: v}, {}),
            "import": lambda r, f, v: self._import(r.sudo(), f, v, False),
        }

    def find_open_doors(self, closed, doors):
        """Yield the doors by which a value got into a field that is closed."""
        for record, field in closed:
            value = self._other_value(record, field)
            before = record.sudo().read([field.name], load=None)
            for name, door in doors.items():
                refused = self._try(door, record, field, value)
                self.env.invalidate_all()
                if not refused or before != record.sudo().read([field.name], load=None):
                    yield f"{field} by {name}"

    def test_no_door_to_what_is_closed(self):
        closed = self._get_closed("guarded", "fixed", "computed")
        doors = self._get_plain_doors()
        self.assertFalse(list(self.find_open_doors(closed, doors)))

    def test_an_open_door_would_be_found(self):
        subject = [(self.dispute, self.dispute._fields["subject"])]
        doors = self._get_plain_doors()
        self.assertEqual(len(list(self.find_open_doors(subject, doors))), len(doors))

    def test_what_is_computed_is_given_to_no_new_record(self):
        for record, field in self._get_closed("computed"):
            value = self._other_value(record, field)
            model = record.browse().sudo()
            known = {
                name: other.convert_to_write(record.sudo()[name], record)
                for name, other in record._fields.items()
                if other.store and (other.required or getattr(other, "fixed", False))
                if name not in self._get_names_closed(record)
            }
            with self.subTest(field=str(field)):
                refused = self._try(model.create, {**known, field.name: value})
                self.assertRegex(refused, "cannot be written")
                default = {f"default_{field.name}": value}
                self.env["ir.default"].set(record._name, field.name, value)
                self.assertFalse(
                    model.with_context(**default).default_get([field.name])
                )

    def _get_names_closed(self, record):
        closed = set(record._get_computed_only_fields())
        if hasattr(record, "_get_marked_fields"):
            closed |= record._get_marked_fields("guarded")
        return closed

    def test_a_field_that_is_added_is_closed_from_its_first_day(self):
        """Whatever model it is on, and nobody has to remember to say so."""
        kept = type(self.dispute)._get_computed_only_fields.__wrapped__
        made_up = {
            "score": SimpleNamespace(
                store=True, readonly=True, compute="_c", related=None, _modules=()
            ),
            "editable": SimpleNamespace(
                store=True, readonly=False, compute="_c", related=None, _modules=()
            ),
        }
        for name, closed in (
            ("iso10003.made.up", {"score"}),
            ("neighbour", set()),
        ):
            model = SimpleNamespace(
                _name=name, _fields=made_up, _transient=False, env=self.env
            )
            model.with_env = lambda _env, model=model: model
            with self.subTest(name):
                self.assertEqual(kept(model), closed)

    def test_a_computed_field_says_what_to_change(self):
        with self.assertRaisesRegex(UserError, "Dispute: .* follows from other fields"):
            self.dispute.write({"next_due_date": "2031-01-01"})
