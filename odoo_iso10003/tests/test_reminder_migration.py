# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from .common import ADDON
from .competence.competence_common import CompetencePeople
from .legal.legal_common import LegalCase
from .migration_common import run_migration

# what records of before knew of their reminders
FORMER = {
    "iso10003_referral": ("reminded_date date", "review_alarm_date date"),
    "iso10003_certificate": ("reminded_days int",),
    "mgmtsystem_audit": ("reminded_days int",),
}


class TestReminderMigration(CompetencePeople, LegalCase):
    """What was reminded of by many scheduled actions goes on by one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_competence()
        cls._need("handler")

    def _make_former(self):
        """Let it be as before: no reminder is planned, and each had its action."""
        self.env.flush_all()
        for table, columns in FORMER.items():
            for column in columns:
                self.env.cr.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
        self.env["iso10003.alarm"].search([("kind", "=", "reminder")]).unlink()
        self.cron = self.env["ir.cron"].create(
            {
                "name": "Disputes: remind of certifications that end",
                "model_id": self.env["ir.model"]._get_id("iso10003.role.holder"),
                "state": "code",
                "code": "model._cron_remind()",
            }
        )
        self.env["ir.model.data"].create(
            {
                "module": ADDON,
                "name": "cron_certification_reminder",
                "model": "ir.cron",
                "res_id": self.cron.id,
                "noupdate": True,
            }
        )
        self.env["iso10003.alarm"].flush_model()

    def _set(self, record, **values):
        self.env.flush_all()
        for name, value in values.items():
            self.env.cr.execute(
                f"UPDATE {record._table} SET {name} = %s WHERE id = %s",
                [value, record.id],
            )

    def _certificate(self, number, left):
        return self.env["iso10003.certificate"].create(
            {
                "name": number,
                "standard": "other",  # none is renewed by another
                "body_id": self.customer.id,
                "scope": "Sale of kettles",
                "valid_from": self._day(-700),
                "valid_to": self._day(left),
                "company_id": self.company.id,
            }
        )

    def _holder(self, left):
        holder = self.env["iso10003.role.holder"].create(
            {
                "role_id": self.roles["handler"].id,
                "employee_id": self.employees[self.handler].id,
            }
        )
        self._certify(holder.employee_id, end=self._day(left))
        return holder

    def test_all_is_planned_and_what_was_told_is_not_told_again(self):
        told, untold = self._certificate("Q-1", 50), self._certificate("Q-2", 50)
        referral = self._lead_referral(self._draft_referral(), "pending")
        limit = self._draft_referral(limitation_date=self._day(9))
        audit = self.env["mgmtsystem.audit"].create(
            {
                "name": "Audit to come",
                "dispute_audit": True,
                "date": f"{self._day(10)} 08:00:00",
                "user_id": self.auditor.id,
                "company_id": self.company.id,
            }
        )
        holder = self._holder(25)
        self._make_former()
        self._set(told, reminded_days=60)
        self._set(
            referral,
            review_due_date=self._day(-9),
            review_alarm_date=self._day(5),
        )
        self._set(limit, reminded_date=self._day(-1))
        self._set(audit, reminded_days=14)
        self.env["iso10003.certification.reminder"].create(
            {
                "holder_id": holder.id,
                "skill_id": self.fairness.id,
                "expires_on": self._day(25),
                "days": 30,
            }
        )
        run_migration(self.env, "19.0.1.5.0/post-reminders", "19.0.1.4.0")
        end = f"end:{self.fairness.id}"
        for record, reminder, day in (
            (told, "end", self._day(50 - 30)),
            (untold, "end", self._day(50 - 90)),
            (referral, "review", self._day(5)),
            (limit, "limit", self._day(9 - 5)),
            (audit, "audit", self._day(10 - 7)),
            (holder, end, self._day(25 - 7)),
        ):
            with self.subTest(record._name):
                self.assertEqual(self._find_next_reminder(record, reminder), day)
        self._sweep_on(self._day(0))
        self.assertFalse(told.activity_ids)
        self.assertTrue(untold.activity_ids)
        self.assertFalse(self.cron.exists())
        self.assertFalse(self.env.ref(f"{ADDON}.cron_certification_reminder", False))
        # what was told before is in no message of today
        self.assertFalse(
            self.env["iso10003.alarm"].search_count(
                [
                    ("state", "=", "fired"),
                    ("told", "=", False),
                    ("user_id", "!=", False),
                ]
            )
        )

    def test_alarms_of_limits_have_their_company(self):
        deadline = self.env["iso10003.deadline"].search([], limit=1)
        alarms = deadline.alarm_ids
        self.assertTrue(alarms)
        self._set(alarms[0], company_id=None)
        self.env.invalidate_all()
        run_migration(self.env, "19.0.1.5.0/post-reminders", "19.0.1.4.0")
        self.assertEqual(alarms[0].company_id, deadline.company_id)

    def test_once_is_enough(self):
        certificate = self._certificate("Q-1", 100)
        before = certificate._find_reminders()
        for _time in range(2):
            run_migration(self.env, "19.0.1.5.0/post-reminders", "19.0.1.4.0")
        self.assertEqual(certificate._find_reminders(), before)
        self.assertEqual(
            self._find_next_reminder(certificate, "end"),
            certificate.valid_to - timedelta(days=90),
        )
