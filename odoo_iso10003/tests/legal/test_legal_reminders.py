# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

from .legal_common import SERVED, LegalRules

LIMIT = "odoo_iso10003.activity_legal_limit"


@tagged("-at_install", "post_install")
class TestRemindersAndEscalations(LegalRules, TransactionCase):
    """Nobody is told of one limit twice on a day: the policy goes first."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(f"{SERVED} 08:00:00"))
        cls._set_up_legal()

    def _decided_with(self, *levels):
        self._policy(
            self._appeal_rule(
                escalation_ids=[Command.create(level) for level in levels]
            )
        )
        referral = self._decided()
        self.last_day = referral.appeal_until
        return referral

    def _remind(self, days, hour=6):
        """Let the docket remind in the morning of so many days before the limit."""
        morning = datetime.combine(self.last_day, datetime.min.time())
        crons = self.env.registry["ir.cron"]
        with (
            freeze_time(morning - timedelta(days=days) + timedelta(hours=hour)),
            patch.object(crons, "_commit_progress", lambda *args, **kwargs: 1),
        ):
            self.env["iso10003.alarm"]._sweep()

    def _escalate(self, days):
        """Let the escalations of a day before the limit come, before it ends."""
        morning = datetime.combine(self.last_day, datetime.min.time())
        with freeze_time(morning - timedelta(days=days) + timedelta(hours=20.6)):
            self._sweep()

    def _reminded(self, referral):
        """Return whom the docket asks by now."""
        kind = self.env.ref(LIMIT)
        asked = referral.activity_ids.filtered(
            lambda activity: activity.activity_type_id == kind
        )
        return asked.user_id

    def _tasks(self, referral, user):
        return referral.activity_ids.filtered(lambda task: task.user_id == user)

    def test_who_is_told_by_the_policy_is_not_reminded_on_that_day(self):
        referral = self._decided_with({"offset": -5, "role": "counsel"})
        both = self.counsel | self.manager
        self._remind(10)
        self.assertEqual(self._reminded(referral), both)
        self._remind(5)
        self.assertEqual(self._reminded(referral), self.manager)
        self._escalate(5)
        self.assertEqual(len(self._tasks(referral, self.counsel)), 1)
        self.assertEqual(len(self._tasks(referral, self.manager)), 1)
        # the policy is silent now, and so the docket speaks
        self._remind(2)
        self.assertEqual(self._reminded(referral), both)

    def test_it_does_not_matter_which_of_them_comes_first(self):
        referral = self._decided_with({"offset": -5, "role": "counsel"})
        self._escalate(5)
        self._remind(5, hour=20.4)
        self.assertEqual(len(self._tasks(referral, self.counsel)), 1)
        self.assertEqual(self._reminded(referral), self.manager)

    def test_an_escalation_that_was_missed_comes_today(self):
        referral = self._decided_with({"offset": -6, "role": "counsel"})
        self._remind(5)
        self.assertEqual(self._reminded(referral), self.manager)
        self._escalate(5)
        self.assertEqual(len(self._tasks(referral, self.counsel)), 1)

    def test_where_the_policy_tells_everybody_the_docket_is_silent(self):
        referral = self._decided_with(
            {"offset": -10, "role": "counsel", "kind": "notify"},
            {"offset": -10, "role": "manager"},
        )
        self._remind(10)
        self.assertFalse(self._reminded(referral))
        self.assertNotIn("reminder", self._logged(referral))
        self._escalate(10)
        self._remind(5)
        self.assertEqual(self._reminded(referral), self.counsel | self.manager)

    def test_what_others_are_told_silences_nobody(self):
        referral = self._decided_with(
            {"offset": -10, "role": "user", "user_id": self.second_counsel.id},
            {"offset": -3, "role": "counsel"},
        )
        self._remind(10)
        self.assertEqual(self._reminded(referral), self.counsel | self.manager)

    def test_a_limit_that_was_typed_in_is_reminded_of_as_ever(self):
        self._policy(
            self._rule(
                "file",
                start_event="referral_approved",
                end_event="referral_filed",
                quantity=10,
                escalation_ids=[Command.create({"offset": -10, "role": "counsel"})],
            )
        )
        referral = self._lead_referral(
            self._draft_referral(
                dispute_id=self.dispute.id, limitation_date=self._day(10)
            ),
            "approved",
        )
        self.last_day = referral.limitation_date
        self._remind(10)
        self.assertIn(self.counsel, self._reminded(referral))
