# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.fields import Command

from ..mixin.smuggling import Doors
from .legal_common import LEGAL_GUARDED, LegalCase


class TestLegalDoors(Doors, LegalCase):
    """Guarded fields of new records of the legal room come from what happens alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        referral = cls._lead_referral(cls._draft_referral(), "decided")
        cls._step(referral, "appeal", appeal_decision="use", reason="The court erred.")
        hearing = cls._plan_hearing(referral)
        # something else to point to
        cls._plan_hearing(cls._draft_referral())
        cls.env["res.company"].create({"name": "Other Trade"})
        cls.env.ref("base.EUR").active = True
        cls.env.ref("base.USD").active = True
        cls.rid = {"referral_id": referral.id}
        cls.samples = {
            "iso10003.referral": referral,
            "iso10003.hearing": hearing,
        }
        for model in sorted(LEGAL_GUARDED - cls.samples.keys()):
            user = cls.chief if model.endswith("review") else cls.counsel
            records = cls.env[model].with_user(user)
            cls.samples[model] = records.create(cls._prepare_new(cls, model))

    def _prepare_new(self, model):
        """Return the values with which a record is made in the usual way."""
        return {
            "iso10003.referral": self._prepare_referral,
            "iso10003.hearing": lambda: {**self.rid, "start": "2031-01-01 08:00:00"},
            "iso10003.hearing.adjournment": lambda: {
                "hearing_id": self.samples["iso10003.hearing"].id,
                "new_start": self.samples["iso10003.hearing"].start + timedelta(days=1),
                "asked_by": "other",
                "reason": "Their witness is ill.",
            },
            "iso10003.referral.estimate": lambda: {
                "referral_id": self._draft_referral().id,
                "chance_low": 1,
                "chance_high": 2,
            },
            "iso10003.referral.provision": lambda: {
                **self.rid,
                "best": 1,
                "likely": 2,
                "worst": 3,
            },
            "iso10003.referral.review": lambda: {**self.rid, "reasons": "All is well."},
        }[model]()

    def test_no_door_to_a_new_record(self):
        for record, field in self._marked("guarded"):
            model = record.browse()
            value = self._other_value(record, field)
            for door in (
                model,
                model.sudo(),
                model.with_context(**self._context_keys()),
            ):
                with self.subTest(field=str(field)):
                    vals = {**self._prepare_new(model._name), field.name: value}
                    self.assertTrue(self._try(door.create, vals))

    def test_the_same_doors_are_open_for_other_fields(self):
        for record in self.samples.values():
            for door in (record.browse(), record.browse().sudo()):
                with self.subTest(model=record._name):
                    vals = self._prepare_new(record._name)
                    self.assertFalse(self._try(door.create, vals))

    def test_defaults_of_the_context_do_not_get_in(self):
        for record, field in self._marked("guarded"):
            value = self._other_value(record, field)
            with self.subTest(field=str(field)):
                model = record.browse().with_context(**{f"default_{field.name}": value})
                vals = self._prepare_new(record._name)
                with self.env.cr.savepoint() as savepoint:
                    self.assertFalse(self._is_in(model.create(vals), field, value))
                    savepoint.rollback()
                self.env.invalidate_all()

    def test_lists_of_the_referral_are_no_door(self):
        referral = self.samples["iso10003.referral"]
        for name, vals in {
            "review_ids": {"reviewer_id": self.counsel.id, "reasons": "All is well."},
            "hearing_ids": {"start": "2031-01-01 08:00:00", "state": "held"},
            "child_ids": {"subject": "Another", "state": "decided"},
        }.items():
            with self.subTest(name):
                self.assertTrue(
                    self._try(referral.write, {name: [Command.create(vals)]})
                )
