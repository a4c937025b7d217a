# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""No door to what only methods write, on assessments, audits and certificates."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .conformity_common import CONFORMITY_MODELS, ConformityCase, days


class TestConformityDoors(ConformityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._new_file()
        gap = cls._new_assessment()
        gap.action_check()
        audit = cls._new_audit("7.6")
        audit.action_draw_sample()
        audit.action_prepare_checklist()
        certificate = cls.env["iso10003.certificate"].create(
            {
                "name": "Q-1",
                "body_id": cls.customer.id,
                "scope": "All of it",
                "valid_from": days(-10),
                "valid_to": days(100),
                "company_id": cls.shop.id,
            }
        )
        # one record of each model, with who may write it
        cls.samples = [
            gap,
            cls._answer(gap, 79),
            audit.programme_id.with_user(cls.lead),
            audit.sample_ids,
            audit.line_ids[0],
            certificate.with_user(cls.lead),
        ]

    def _marked(self, mark):
        for record in self.samples:
            for name in sorted(record._get_marked_fields(mark)):
                yield record, record._fields[name]

    def _other_value(self, record, field):
        present = record.sudo()[field.name]
        if field.type == "selection":
            codes = [code for code, _label in field._description_selection(self.env)]
            return next(code for code in reversed(codes) if code != present)
        if field.relational:
            comodel = self.env[field.comodel_name].with_context(active_test=False)
            other = comodel.search([("id", "not in", present.ids)], limit=1)
            if not other:
                other = comodel.create({"name": "Another"})
            return [Command.link(other.id)] if field.type == "many2many" else other.id
        return {
            "boolean": not present,
            "date": "2001-02-03",
            "datetime": "2001-02-03 04:05:06",
            "float": 77.0,
            "integer": 77,
            "json": [77],
        }.get(field.type, "Smuggled in")

    def _is_refused(self, door, *arguments):
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                door(*arguments)
                self.env.flush_all()
        except UserError:
            self.env.invalidate_all()
            return True
        return False

    def _import(self, record, field, value):
        column = f"{field.name}/.id" if field.relational else field.name
        cell = value[0][1] if isinstance(value, list) and field.relational else value
        result = record.browse().load([".id", column], [[str(record.id), str(cell)]])
        if not result["ids"]:
            raise UserError(result["messages"][0]["message"])

    def test_there_is_a_sample_of_each_model(self):
        models = {record._name for record in self.samples}
        self.assertLessEqual(CONFORMITY_MODELS - {"iso10003.checked.line"}, models)

    def test_no_door_to_what_is_there(self):
        keys = {"guarded": True, "force": True, "install_mode": True, "bypass": True}
        doors = {
            "write": lambda r, f, v: r.write({f.name: v}),
            "superuser": lambda r, f, v: r.sudo().write({f.name: v}),
            "keys": lambda r, f, v: r.with_context(**keys).write({f.name: v}),
            "web_save": lambda r, f, v: r.web_save({f.name: v}, {}),
            "import": self._import,
        }
        for mark in ("guarded", "fixed"):
            for record, field in self._marked(mark):
                value = self._other_value(record, field)
                before = record.sudo().read([field.name])
                for name, door in doors.items():
                    with self.subTest(field=str(field), door=name):
                        self.assertTrue(self._is_refused(door, record, field, value))
                        self.assertEqual(record.sudo().read([field.name]), before)

    def test_no_door_to_what_is_new(self):
        news = {
            "iso10003.assessment": {},
            "iso10003.audit.programme": {"name": "New", "lead_id": self.inspector.id},
            "iso10003.certificate": {
                "name": "Q-2",
                "body_id": self.customer.id,
                "scope": "All of it",
                "valid_from": days(-10),
                "valid_to": days(100),
            },
            "mgmtsystem.verification.line": {"name": "New"},
        }
        for record, field in self._marked("guarded"):
            if (vals := news.get(record._name)) is None:
                continue
            model = record.browse().sudo().with_company(self.shop)
            smuggled = {**vals, field.name: self._other_value(record, field)}
            with self.subTest(field=str(field)):
                self.assertTrue(self._is_refused(model.create, smuggled))
                default = {f"default_{field.name}": smuggled[field.name]}
                made = model.with_context(**default).create(vals)
                if field.type == "selection" and field.name != "state":
                    self.assertNotEqual(made[field.name], smuggled[field.name])

    def test_deleting_what_a_guarded_field_names_does_not_empty_it(self):
        for mark in ("guarded", "fixed"):
            for _record, field in self._marked(mark):
                if field.relational and not field.related:
                    with self.subTest(field=str(field)):
                        self.assertEqual(field.ondelete, "restrict")

    def test_forms_show_guarded_fields_read_only_and_copies_start_anew(self):
        for _record, field in self._marked("guarded"):
            with self.subTest(field=str(field)):
                self.assertTrue(field.readonly)
                self.assertTrue(field.store or field.related)
