# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What was missed stays in sight until somebody says why."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..migration_common import run_migration
from .deadline_common import TODAY
from .test_alarm_effects import (
    DISPUTE,
    PROCEEDING,
    REFERRAL,
    STARTS,
    AlarmEffects,
)

NEXT = {
    DISPUTE: "next_due_date",
    REFERRAL: "next_date",
    PROCEEDING: "next_due_date",
}


@tagged("-at_install", "post_install")
class TestMissedLimits(AlarmEffects):
    def test_a_missed_limit_stays_until_it_is_explained(self):
        for kind in STARTS:
            with self.subTest(kind=kind):
                case = self._case(kind)
                due = case.deadline_ids.due_date
                self.assertEqual(case[NEXT[kind]], due)
                self._let_it_lapse()
                self.assertEqual(case[NEXT[kind]], due)
                leader = case.user_id
                missed = [
                    ("id", "=", case.id),
                    (
                        "deadline_ids",
                        "any",
                        [("state", "=", "lapsed"), ("late_reason", "=", False)],
                    ),
                ]
                self.assertTrue(case.with_user(leader).search(missed))
                case.deadline_ids.with_user(leader).late_reason = "workload"
                self.assertNotEqual(case[NEXT[kind]], due)
                self.assertFalse(case.with_user(leader).search(missed))

    def test_counsel_explains_what_was_missed_on_referrals_alone(self):
        deadline = self._case(DISPUTE).deadline_ids
        with self.assertRaises(AccessError):
            deadline.with_user(self.counsel).late_reason = "workload"

    def test_it_leaves_with_the_file(self):
        case = self._case(DISPUTE)
        self._let_it_lapse()
        self._record(case, informed_date=TODAY)
        case.with_user(self.handler).action_close("discontinued", "She withdrew it.")
        self.assertFalse(case.next_due_date)

    def test_a_limit_that_blocks_wants_a_reason_also_when_it_was_met_late(self):
        case = self._case(DISPUTE, on_lapse="block", end_event="position_sent")
        dispute = case.with_user(self.handler)
        with self._at(2026, 3, 12, 8):
            self._lead_to(dispute, "notice")
            self._give(dispute, {**self._wanted("notice"), "notice_date": TODAY})
            self._sweep()
            self._record(dispute, response_date=date(2026, 3, 12))
            self.assertEqual(dispute.deadline_ids.state, "met_late")
            self.assertEqual(case.next_due_date, case.deadline_ids.due_date)
            self._check_shown_after_update(case)
            with self.assertRaisesRegex(UserError, "4.11: No missed limit"):
                dispute.action_advance()
            dispute.deadline_ids.late_reason = "workload"
            self.assertFalse(case.next_due_date)
            dispute.action_advance()
        self.assertEqual(dispute.state, "evaluation")

    def _check_shown_after_update(self, case):
        """What was met late before it was shown, is shown by the update."""
        due = case.next_due_date
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE iso10003_dispute SET next_due_date = NULL WHERE id = %s", [case.id]
        )
        self.env.invalidate_all()
        run_migration(self.env, "19.0.1.9.0/post-limits", "19.0.1.8.0")
        self.assertEqual(case.next_due_date, due)

    def test_met_late_is_told_as_such(self):
        case = self._case(DISPUTE, end_event="acknowledged")
        with self._at(2026, 3, 12, 8):
            self._sweep()
            self._record(case, acknowledged_date=date(2026, 3, 12))
        [row] = case.register_ids.filtered(
            lambda one: one.event in ("deadline_met", "deadline_met_late")
        )
        self.assertEqual(row.event, "deadline_met_late")

    def test_what_was_missed_before_is_in_sight_after_the_update(self):
        for kind in (DISPUTE, REFERRAL):  # what there was before that update
            with self.subTest(kind=kind):
                case = self._case(kind)
                due = case.deadline_ids.due_date
                self._let_it_lapse()
                self.env.flush_all()
                self.env.cr.execute(
                    f"UPDATE {case._table} SET {NEXT[kind]} = NULL WHERE id = %s",
                    [case.id],
                )
                self.env.invalidate_all()
                run_migration(self.env, "19.0.1.4.0/post-limits", "19.0.1.3.0")
                self.assertEqual(case[NEXT[kind]], due)

    def test_another_currency_makes_rules_of_amounts_think_again(self):
        dollar = self.env.ref("base.USD")
        yen = self.env.ref("base.JPY")
        (dollar | yen).active = True
        self.company.currency_id.rate_ids.unlink()
        yen.rate_ids.unlink()
        yen.rate_ids = [(0, 0, {"name": "2020-01-01", "rate": 1000})]
        case = self._case(DISPUTE, amount_from=1000)
        case.amount_claimed = 5000
        deadline = case.deadline_ids.filtered(lambda one: one.state == "running")
        self.assertTrue(deadline)
        case.currency_id = yen  # 5 of ours
        self.assertEqual(deadline.state, "cancelled")
        self.assertEqual(deadline.cancel_reason, "no_longer_applies")
