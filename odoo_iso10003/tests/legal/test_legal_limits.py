# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st

from odoo.exceptions import UserError, ValidationError
from odoo.tests.common import BaseCase
from odoo.tools import mute_logger

from ...core import docket
from ..core import hypothesis_profile  # noqa: F401
from .legal_common import LegalCase

SWEEP = "odoo.addons.odoo_iso10003.models.deadline.alarm_sweep"
LIMIT = "odoo_iso10003.activity_legal_limit"
DAYS = st.dates(date(2, 1, 1), date(9998, 12, 1))


class TestAlarms(BaseCase):
    """When a limit is reminded of, without Odoo."""

    def test_before_the_limit_and_each_week_after_it(self):
        limit = date(2026, 5, 20)
        after, days = None, []
        for _alarm in range(6):
            after = docket.LIMIT.find_next(limit, after)
            days.append((limit - after).days)
        self.assertEqual(days, [10, 5, 2, 0, -7, -14])

    @given(DAYS, DAYS)
    def test_the_next_alarm_is_after_the_last_and_never_far(self, limit, after):
        alarm = docket.LIMIT.find_next(limit, after)
        self.assertGreater(alarm, after)
        if after >= limit:
            self.assertLessEqual((alarm - after).days, docket.REPEAT)
        else:
            self.assertLessEqual(alarm, limit)

    @given(DAYS, st.lists(st.integers(0, 40), min_size=1, max_size=30))
    def test_whatever_runs_are_missed_the_limit_is_never_silent(self, limit, gaps):
        """However long the sweep sleeps, its next run finds what became due."""
        day = min(limit, date(9990, 1, 1)) - timedelta(
            days=min(300, limit.toordinal() - 1)
        )
        reminded = None
        for gap in gaps:
            day += timedelta(days=gap)
            if docket.LIMIT.find_next(limit, reminded) <= day:
                reminded = day
            # awake on this day, all that was due up to it is out
            self.assertGreater(docket.LIMIT.find_next(limit, reminded), day)

    def test_the_calendar_has_an_end(self):
        self.assertEqual(
            docket.LIMIT.find_next(date.max, date.max - timedelta(1)), date.max
        )
        self.assertEqual(docket.LIMIT.find_next(date.max, date.max), date.max)
        self.assertEqual(docket.LIMIT.find_next(date.min, None), date.min)


class TestDocket(BaseCase):
    def test_ends_are_left_by_reopening_alone(self):
        for state in docket.ENDS:
            for step in docket.STEPS:
                self.assertIsNone(docket.target(step, state))
            self.assertEqual(docket.target("reopen", state, "pending"), "pending")
            self.assertIsNone(docket.target("reopen", state))
        self.assertIsNone(docket.target("reopen", "pending", "draft"))

    def test_all_states_are_reached(self):
        self.assertEqual(
            {end for _starts, end in docket.STEPS.values()} | {"draft"},
            set(docket.STATES),
        )
        self.assertEqual(set(docket.AHEAD), set(docket.OPEN_STATES))

    def test_an_unknown_step_leads_nowhere(self):
        self.assertIsNone(docket.target("fly", "draft"))


class TestLimits(LegalCase):
    def _asked(self, referral):
        return referral.activity_ids.filtered(
            lambda activity: activity.activity_type_id == self.env.ref(LIMIT)
        )

    def _decided(self, **values):
        referral = self._lead_referral(self._draft_referral(), "pending")
        self._decide(referral, **values)
        return referral

    # ------------------------------------------------------------
    # The right of appeal
    # ------------------------------------------------------------

    def test_service_wants_the_last_day_and_its_rule(self):
        referral = self._lead_referral(self._draft_referral(), "pending")
        for values in ({"appeal_until": False}, {"appeal_rule": " "}):
            with self.assertRaisesRegex(ValidationError, "last day to appeal"):
                self._decide(referral, **values)
        with self.assertRaisesRegex(ValidationError, "before the day of service"):
            self._decide(referral, appeal_until=self._day(-1))

    def test_an_undecided_right_of_appeal_is_never_silent(self):
        referral = self._decided(appeal_until=self._day(20))
        people = self.counsel | self.manager
        told = []
        for days in range(22):
            before = self._logged(referral).count("reminder")
            self._sweep_on(self._day(days))
            if self._logged(referral).count("reminder") > before:
                told.append(20 - days)
                asked = self._asked(referral)
                self.assertEqual(asked.user_id, people)
                self.assertEqual(len(asked), 2)
        self.assertEqual(told, [10, 5, 2, 0])

    def test_after_the_last_day_it_is_said_each_week_until_somebody_notes_it(self):
        referral = self._decided(appeal_until=self._day(1))
        for days in (1, 8, 15):
            self._sweep_on(self._day(days))
        self.assertEqual(self._logged(referral).count("reminder"), 3)
        self.assertIn("lapsed undecided", self._asked(referral)[0].summary)
        with freeze_time(self._day(16)):
            with self.assertRaisesRegex(UserError, "is over"):
                referral.action_decide_appeal("not_use", "Too late to say so.")
            self._step(
                referral,
                "appeal",
                appeal_decision="lapsed",
                reason="The post was late.",
            )
        self.assertFalse(self._asked(referral))
        self._sweep_on(self._day(29))
        self.assertEqual(self._logged(referral).count("reminder"), 3)
        self.assertEqual(referral.appeal_user_id, self.counsel)

    def test_a_sweep_that_slept_tells_once(self):
        referral = self._decided(appeal_until=self._day(20))
        self._sweep_on(self._day(19))
        self._sweep_on(self._day(19))
        self.assertEqual(self._logged(referral).count("reminder"), 1)

    def test_a_waived_right_is_reminded_of_no_more(self):
        referral = self._decided(appeal_until=self._day(12))
        self._sweep_on(self._day(2))
        self.assertTrue(self._asked(referral))
        self._step(
            referral, "appeal", appeal_decision="not_use", reason="It costs too much."
        )
        self.assertEqual(referral.appeal_reason, "It costs too much.")
        self.assertEqual(referral.appeal_user_id, self.counsel)
        self.assertFalse(self._asked(referral))
        self.assertFalse(self._find_next_reminder(referral, "limit"))

    def test_a_used_right_runs_on_in_the_appeal_until_it_is_filed(self):
        referral = self._decided(appeal_until=self._day(12))
        self._step(referral, "appeal", appeal_decision="use", reason="We are right.")
        appeal = referral.child_ids
        self.assertEqual(appeal.limitation_date, self._day(12))
        self.assertEqual(appeal.limitation_rule, referral.appeal_rule)
        self._sweep_on(self._day(7))
        self.assertEqual(self._asked(appeal).user_id & self.counsel, self.counsel)
        self.assertFalse(self._asked(referral))
        self._lead_referral(appeal, "filed")
        self.assertFalse(self._asked(appeal))
        self.assertFalse(self._find_next_reminder(appeal, "limit"))

    def test_the_right_is_decided_once_with_a_reason(self):
        referral = self._decided()
        with self.assertRaisesRegex(UserError, "a reason is needed"):
            referral.action_decide_appeal("use", " ")
        with self.assertRaisesRegex(UserError, "has not lapsed yet"):
            referral.action_decide_appeal("lapsed", "I forgot")
        with self.assertRaisesRegex(UserError, "say whether"):
            referral.action_decide_appeal("perhaps", "I do not know")
        referral.action_decide_appeal("not_use", "It costs too much.")
        with self.assertRaisesRegex(UserError, "no right of appeal"):
            referral.action_decide_appeal("use", "I changed my mind.")

    def test_a_file_does_not_close_over_an_open_right(self):
        referral = self._decided()
        with self.assertRaisesRegex(UserError, "right of appeal used"):
            referral.action_close()
        final = self._decided(appealable="no", appeal_until=False)
        final.action_close()
        self.assertEqual(final.state, "closed")

    # ------------------------------------------------------------
    # Limitation
    # ------------------------------------------------------------

    def test_limitation_is_reminded_of_until_the_claim_is_filed(self):
        referral = self._draft_referral(limitation_date=self._day(10))
        self._sweep_on(self._day(0))
        self.assertIn(self.counsel, self._asked(referral).user_id)
        self.assertIn("File by", self._asked(referral)[0].summary)
        self._sweep_on(self._day(11))
        self.assertIn("barred", self._asked(referral)[0].summary)
        self._lead_referral(referral, "filed")
        self.assertFalse(referral.limit_date)
        self.assertFalse(self._asked(referral))

    def test_another_date_is_reminded_of_anew_and_kept_on_record(self):
        referral = self._draft_referral(limitation_date=self._day(10))
        self._sweep_on(self._day(0))
        referral.limitation_date = self._day(8)
        self.assertEqual(self._find_next_reminder(referral, "limit"), self._day(-2))
        row = referral.register_ids.sorted("sequence")[-1]
        self.assertEqual(
            row.data,
            {
                "field": "limitation_date",
                "from": self._day(10).isoformat(),
                "to": self._day(8).isoformat(),
            },
        )

    def test_limitation_within_90_days(self):
        soon = self._draft_referral(limitation_date=self._day(89))
        # where the reader is, it may be a day later already
        later = self._draft_referral(limitation_date=self._day(92))
        view = self.env.ref("odoo_iso10003.referral_view_search")
        self.assertIn("today +90d", view.arch)
        found = self.env["iso10003.referral"].search(
            [
                ("id", "in", (soon | later).ids),
                ("state", "in", ["draft", "approved"]),
                ("limitation_date", "<=", "today +90d"),
            ]
        )
        self.assertEqual(found.ids, soon.ids)

    # ------------------------------------------------------------
    # The sweep
    # ------------------------------------------------------------

    def test_one_that_fails_does_not_keep_the_others_silent(self):
        broken = self._draft_referral(limitation_date=self._day(10))
        whole = self._draft_referral(limitation_date=self._day(10))
        remind = type(broken)._remind

        def fail_on_the_first(referrals, ladder, due):
            people = remind(referrals, ladder, due)
            if broken in referrals:
                raise ValueError("a broken record")
            return people

        with (
            patch.object(type(broken), "_remind", fail_on_the_first),
            mute_logger(SWEEP),
        ):
            self._sweep_on(self._day(0))
        self.assertTrue(self._asked(whole))
        self.assertFalse(self._asked(broken))
        self.assertNotIn("reminder", self._logged(broken))
        # who leads it is told, and a manager lets it be tried again
        self.assertIn("Reminder failed", broken.activity_ids.mapped("summary"))
        failed = broken._find_reminders().filtered(lambda one: one.state == "failed")
        failed.with_user(self.manager).action_try_again()
        self._sweep_on(self._day(1))
        self.assertTrue(self._asked(broken))
        # and the next comes anyhow
        self.assertEqual(self._find_next_reminder(broken, "limit"), self._day(5))

    def test_everybody_is_asked_in_their_language(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.counsel.lang = "fa_IR"
        referral = self._draft_referral(limitation_date=self._day(10))
        self._sweep_on(self._day(0))
        own = self._asked(referral).filtered(lambda one: one.user_id == self.counsel)
        self.assertNotIn("File by", own.summary)
