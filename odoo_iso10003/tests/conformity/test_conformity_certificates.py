# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Certificates of other bodies: kept, reminded of, asked for."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import ValidationError
from odoo.tools import mute_logger

from ..common import ADDON
from .conformity_common import AuditCase, days


class TestCertificates(AuditCase):
    def _new_certificate(self, **vals):
        return self.env["iso10003.certificate"].create(
            {
                "name": "Q-1",
                "body_id": self.customer.id,
                "scope": "Sale of kettles",
                "valid_from": days(-700),
                "valid_to": days(200),
                "user_id": self.lead.id,
                "company_id": self.shop.id,
                **vals,
            }
        )

    def _remind(self):
        with self.enter_registry_test_mode():
            self.env.ref(f"{ADDON}.cron_escalate").method_direct_trigger()

    def test_reminders_at_90_60_and_30_days(self):
        held = self._new_certificate()
        seen = held.activity_ids

        def remind_at(left):
            nonlocal seen
            with freeze_time(f"{held.valid_to - timedelta(days=left)} 06:00:00"):
                self._remind()
            new = held.activity_ids - seen
            seen |= new
            return len(new)

        self.assertEqual(
            [remind_at(left) for left in (91, 88, 70, 45, 31, 30, 1)],
            [0, 1, 0, 1, 0, 1, 0],
        )
        self.assertEqual(len(held.activity_ids), 1, "in the place of the one before")
        held.valid_to = days(80)  # a new end: reminded anew
        self._remind()
        self.assertTrue(held.activity_ids - seen)

    def test_a_renewed_certificate_needs_no_reminder(self):
        old = self._new_certificate(valid_to=days(20))
        self._new_certificate(name="Q-2", valid_from=days(15), valid_to=days(900))
        self._remind()
        self.assertFalse(old.activity_ids)

    def test_a_certificate_that_fails_silences_no_other(self):
        broken = self._new_certificate(valid_to=days(10))
        other = self._new_certificate(name="Q-2", valid_to=days(20), standard="other")
        model = self.env.registry["iso10003.certificate"]
        remind = model._remind

        def fail(certificates, reminder):
            if broken in certificates:
                raise RuntimeError("out of order")
            return remind(certificates, reminder)

        with (
            patch.object(model, "_remind", fail),
            mute_logger("odoo.addons.odoo_iso10003.models.deadline.alarm_sweep"),
        ):
            self._remind()
        self.assertEqual(broken.activity_ids.mapped("summary"), ["Reminder failed"])
        self.assertTrue(other.activity_ids)

    def test_standing(self):
        held = self._new_certificate()
        self.assertEqual(held.standing, "valid")
        held.valid_to = days(50)
        self.assertEqual(held.standing, "ending")
        held.valid_to = days(-1)
        self.assertEqual(held.standing, "ended")
        held.write({"valid_from": days(5), "valid_to": days(500)})
        self.assertEqual(held.standing, "coming")

    def test_bad_input(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            with self.env.cr.savepoint():
                self._new_certificate(valid_to=days(-900))
        with self.assertRaisesRegex(ValidationError, "number and its scope"):
            self._new_certificate(scope=" ")
