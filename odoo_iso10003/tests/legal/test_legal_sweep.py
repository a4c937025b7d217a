# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from freezegun import freeze_time

from ..query_counter import count_queries
from .legal_common import LegalCase

FEW, MANY = 20, 60
# queries that one more due referral may cost
EACH = 5
LOGGER = "odoo.addons.odoo_iso10003.models.deadline.alarm_sweep"


class TestSweep(LegalCase):
    """Reminders are batched: what is due costs little, and each is told of once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.referrals = cls._draft_referral().browse()
        for _number in range(MANY):
            cls.referrals |= cls._draft_referral()
        # by SQL, for what is measured is the sweep
        cls.env.flush_all()
        cls.env.cr.execute(
            """UPDATE iso10003_referral
                  SET state = 'pending', review_due_date = %s
                WHERE id = ANY(%s)""",
            [cls._day(0), cls.referrals.ids],
        )
        cls.env.invalidate_all()

    def _let_be_due(self, count, **dates):
        """Let so many of the referrals be due by dates, and no others."""
        self.env.flush_all()
        for name, day in dates.items():
            self.env.cr.execute(
                f"""UPDATE iso10003_referral
                       SET {name} = CASE WHEN id = ANY(%s) THEN %s::date END""",
                [self.referrals[:count].ids, day],
            )
        self.env.invalidate_all()
        self.referrals._find_reminders().unlink()
        self.referrals._plan_reminders()
        self.env.flush_all()
        self.env.invalidate_all()

    def _sweep(self, day):
        crons = type(self.env["ir.cron"])
        with (
            freeze_time(f"{day} 06:00:00"),
            patch.object(crons, "_commit_progress", lambda *_args, **_kw: 1),
        ):
            self.env["iso10003.alarm"]._sweep()
            self.env.flush_all()

    def _measure(self, day, dates):
        """Return how many queries the sweep sends for few and for many."""
        found = []
        for count in (FEW, MANY):
            self._let_be_due(count, **dates)
            found.append(count_queries(self.env, lambda: self._sweep(day)))
        return found

    def _assert_cheap(self, found):
        few, many = found
        self.assertLessEqual((many - few) / (MANY - FEW), EACH, found)
        self.assertLessEqual(many / MANY, EACH, found)

    def _reminders(self):
        return [self._logged(one).count("reminder") for one in self.referrals]

    def test_reviews_cost_little_each(self):
        due = {"review_due_date": self._day(0)}
        self._assert_cheap(self._measure(self._day(0), due))

    def test_late_reviews_that_managers_hear_of_cost_little_each(self):
        due = {"review_due_date": self._day(0)}
        found = self._measure(self._day(20), due)
        self._assert_cheap(found)
        managers = self.referrals[0]._get_responsible_managers()
        self.assertEqual(self.referrals[0].activity_ids.user_id, self.chief | managers)

    def test_limits_cost_little_each(self):
        self.env.cr.execute(
            "UPDATE iso10003_referral SET state = 'draft' WHERE id = ANY(%s)",
            [self.referrals.ids],
        )
        due = {"limit_date": self._day(10), "review_due_date": None}
        self._assert_cheap(self._measure(self._day(0), due))

    def test_each_is_reminded_of_once_after_an_outage(self):
        self._let_be_due(MANY, review_due_date=self._day(0))
        self._sweep(self._day(50))
        self._sweep(self._day(50))
        self.assertEqual(self._reminders(), [1] * MANY)

    def _failing_on(self, broken, error):
        remind = type(self.referrals)._remind

        def fail(referrals, *asked):
            people = remind(referrals, *asked)
            if broken & referrals:
                raise error
            return people

        return patch.object(type(self.referrals), "_remind", fail)

    def test_who_fails_does_not_stop_the_others(self):
        broken = self.referrals[7] | self.referrals[41]
        self._let_be_due(MANY, review_due_date=self._day(0))
        with (
            self._failing_on(broken, ValueError("a broken record")),
            self.assertLogs(LOGGER, "ERROR") as logs,
        ):
            self._sweep(self._day(0))
        self.assertEqual(len(logs.output), len(broken))
        reminded = [int(one not in broken) for one in self.referrals]
        self.assertEqual(self._reminders(), reminded)
        # and they are tried again, as a manager wants it
        failed = broken._find_reminders().filtered(lambda one: one.state == "failed")
        failed.with_user(self.manager).action_try_again()
        self._sweep(self._day(1))
        self.assertEqual(self._reminders(), [1] * MANY)
