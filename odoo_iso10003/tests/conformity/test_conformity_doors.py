# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""No door to what only methods write, on assessments and audits."""

from ..mixin.smuggling import Doors
from .conformity_common import ConformityCase


class TestConformityDoors(Doors, ConformityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._new_file()
        gap = cls._new_assessment()
        gap.action_check()
        audit = cls._new_audit("7.6")
        audit.action_draw_sample()
        audit.action_prepare_checklist()
        # one record of each model, with who may write it
        cls.samples = {
            record._name: record
            for record in (
                gap,
                audit.programme_id.with_user(cls.lead),
                audit.line_ids[0],
            )
        }

    def test_no_door_to_what_is_new(self):
        news = {
            "iso10003.assessment": {},
            "iso10003.audit.programme": {"name": "New", "lead_id": self.inspector.id},
            "mgmtsystem.verification.line": {"name": "New"},
        }
        for record, field in self._marked("guarded"):
            vals = news[record._name]
            model = record.browse().sudo().with_company(self.shop)
            smuggled = {**vals, field.name: self._other_value(record, field)}
            with self.subTest(field=str(field)):
                self.assertTrue(self._try(model.create, smuggled))
                default = {f"default_{field.name}": smuggled[field.name]}
                made = model.with_context(**default).create(vals)
                if field.type == "selection" and field.name != "state":
                    self.assertNotEqual(made[field.name], smuggled[field.name])
