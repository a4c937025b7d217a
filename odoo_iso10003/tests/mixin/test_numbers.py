# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is no number is refused in words, in every number of the product."""

from types import SimpleNamespace

from odoo.exceptions import UserError

from ...models.mixin.plausible import DIGITS, is_number
from .one_of_each import OneOfEach, is_ours
from .smuggling import Doors

# as JSON, an import or a person may give them
NO_NUMBERS = (float("nan"), float("inf"), "-inf", "nan", 1e300, "a lot", [7])
# by us, by what closes the field or the register, and by Odoo where a column is read
REFUSALS = (
    "is no number",
    "cannot be written directly",
    "cannot be entered by hand",
    "append-only",
    "does not seem to be a",
)


class TestNumbers(Doors, OneOfEach):
    def _get_numbers(self):
        """Yield each model with a number of the product, and the number's field."""
        for model in self.env.values():
            if model._abstract or not model._auto:
                continue
            closed = model._get_computed_only_fields() | {"id"}
            for field in model._fields.values():
                is_open = field.store or model._transient or field.inverse
                if is_open and field.type in DIGITS and field.name not in closed:
                    yield model, field

    def _get_own_numbers(self):
        return [one for one in self._get_numbers() if is_ours(*one)]

    def _refuse(self, field, door, *arguments):
        """See that a door refuses in words, whatever else it may want."""
        try:
            return self._try(door, *arguments) or f"{field} let in {arguments}"
        except Exception as error:  # that of a server, which the walk collects
            self.env.invalidate_all(flush=False)
            return f"{field}: {error!r} of {arguments}"

    def _find_unrefused(self, doors, numbers=None):
        """Yield where something else than a refusal of the number came of one."""
        for model, field in numbers or self._get_own_numbers():
            for door in doors:
                for value in NO_NUMBERS:
                    said = self._refuse(field, door, model, field.name, value)
                    if not any(words in said for words in REFUSALS):
                        yield f"{door.__name__}: {field}: {said}"

    def _assert_refused(self, found):
        self.assertEqual(sorted({line.partition(" of (")[0] for line in found}), [])

    def test_there_are_numbers_to_try(self):
        found = {(model._name, field.name) for model, field in self._get_own_numbers()}
        self.assertGreater(len(found), 60)
        self.assertLessEqual(
            {
                ("iso10003.dispute", "amount_claimed"),
                ("iso10003.referral.step", "awarded"),
                ("mgmtsystem.audit", "sample_population"),
            },
            found,
        )

    def _create(self, model, name, value):
        record = self.samples.get(model._name, model).sudo()
        known = {
            other: field.convert_to_write(record[other], record)
            for other, field in record._fields.items()
            if record and field.store and field.type == "many2one"
            if field.required or getattr(field, "fixed", False)
            if not (field.readonly and (field.compute or field.related))
        }
        model.sudo().create({**known, name: value})

    def _find_defaults(self, model, name, value):
        given = {f"default_{name}": value}
        found = model.with_context(**given).default_get([name])
        self._see_it_is_not_taken(found, name)

    def _see_it_is_not_taken(self, values, name):
        """What only methods write has no default of a context."""
        if is_number(SimpleNamespace(type="float"), values.get(name)):
            raise UserError("cannot be written directly")

    def _ask_form(self, model, name, value):
        model.onchange({name: value}, [name], {name: {}})

    def _open_form(self, model, name, value):
        given = {f"default_{name}": value}
        found = model.with_context(**given).onchange({}, [], {name: {}})
        self._see_it_is_not_taken(found["value"], name)

    def _write(self, model, name, value):
        self.samples[model._name].sudo().write({name: value})

    def _import_one(self, model, name, value):
        record = self.samples[model._name].sudo().with_context(active_test=False)
        self._import(record, record._fields[name], value, False)

    def test_no_new_record_has_one(self):
        self._assert_refused(self._find_unrefused([self._create]))

    def test_no_default_of_a_context_is_one(self):
        doors = [self._find_defaults, self._open_form]
        self._assert_refused(self._find_unrefused(doors))

    def test_no_form_is_asked_about_one(self):
        self._assert_refused(self._find_unrefused([self._ask_form]))

    def test_none_is_written(self):
        kept = [one for one in self._get_own_numbers() if one[0]._name in self.samples]
        self._assert_refused(self._find_unrefused([self._write], kept))

    def test_none_is_imported(self):
        kept = [one for one in self._get_own_numbers() if one[0]._name in self.samples]
        self._assert_refused(self._find_unrefused([self._import_one], kept))

    def test_one_that_is_let_in_would_be_found(self):
        partners = self.env["res.partner"]
        numbers = [(partners, partners._fields["partner_latitude"])]
        found = list(self._find_unrefused([self._create], numbers))
        self.assertEqual(len(found), len(NO_NUMBERS))

    def test_the_refusal_says_what_and_where(self):
        dispute = self.dispute.with_user(self.handler)
        with self.assertRaisesRegex(
            UserError, f"{dispute.name}.*, Amount claimed: “nan” is no number"
        ):
            dispute.amount_claimed = float("nan")

    def test_who_may_not_read_a_record_learns_no_name(self):
        dispute = self.dispute.with_user(self.employee)
        said = self._try(dispute.write, {"amount_claimed": "nan"})
        self.assertTrue(said)
        self.assertNotIn(self.dispute.name, said)

    def test_numbers_as_people_give_them_are_kept(self):
        for given, kept in ((1e12, 1e12), ("12.5", 12.5), (False, 0), ("", 0)):
            self.dispute.amount_claimed = given
            self.assertEqual(self.dispute.amount_claimed, kept)
