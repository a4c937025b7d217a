# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError

from ..common import DisputeCase


class TestGiven(DisputeCase):
    """A limit that somebody outside has set needs no rule of the policy."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dispute = cls._open_dispute()
        cls.body = cls.env["res.partner"].create({"name": "Example Board"})

    def _add(self, user=None, **values):
        """Add a limit with the dialog, as a handler does."""
        dispute = self.dispute.with_user(user or self.handler)
        context = dispute.action_give_date()["context"]
        step = (
            dispute.env["iso10003.deadline.step"]
            .with_context(**context)
            .create(
                {
                    "given_name": "Send the invoice",
                    "last_day": self._day(5),
                    "set_by_id": self.body.id,
                    **values,
                }
            )
        )
        step.action_confirm()
        return self.dispute.deadline_ids.filtered("given_kind")

    def _day(self, days):
        return fields.Date.today() + timedelta(days=days)

    def _sweep(self):
        """Do what the scheduled action does, in the test's own transaction."""
        self.env.flush_all()
        crons = self.env.registry["ir.cron"]
        with patch.object(crons, "_commit_progress", lambda *_args, **_kwargs: 1):
            self.env["iso10003.deadline"]._cron_escalate()

    def test_it_runs_to_the_end_of_its_day(self):
        # the policy of the demo has no rule that is given by hand
        limit = self._add()
        self.assertFalse(limit.rule_id)
        self.assertEqual((limit.state, limit.due_date), ("running", self._day(5)))
        self.assertEqual(limit.due.date(), self._day(6))
        self.assertEqual(limit.display_name, "Send the invoice")
        self.assertIn("Example Board", limit.explanation)
        self.assertEqual(limit.actor, "organization")
        self.assertLessEqual(self.dispute.next_due_date, self._day(5))
        row = self.dispute.register_ids.filtered(
            lambda row: row.event == "deadline_started" and row.data.get("given")
        )
        self.assertIn("Send the invoice", row.summary)
        self.assertNotIn("invoice", str(row.data))

    def test_two_of_them_run_beside_each_other(self):
        self._add()
        self.assertEqual(len(self._add(given_name="Name a witness")), 2)

    def test_it_lapses_and_tells_the_owner(self):
        limit = self._add()
        with freeze_time(fields.Datetime.now() + timedelta(days=7)):
            self._sweep()
        self.assertEqual(limit.state, "lapsed")
        task = self.dispute.sudo().activity_ids.filtered(
            lambda one: "Send the invoice: missed" in (one.summary or "")
        )
        self.assertEqual(task.user_id, self.handler)

    def test_it_is_met_by_hand(self):
        limit = self._add()
        limit.with_user(self.handler).action_meet()
        self.assertEqual(limit.state, "met")

    def test_who_set_it_sets_another_day(self):
        limit = self._add().with_user(self.handler)
        with self.assertRaisesRegex(UserError, "reason"):
            limit.action_set_day(self._day(9), "")
        with self.assertRaisesRegex(UserError, "which last day"):
            limit.action_set_day(None, "They wrote.")
        step = (
            limit.env["iso10003.deadline.step"]
            .with_context(**limit.action_ask("set_day")["context"])
            .create({"last_day": self._day(9), "reason": "They wrote."})
        )
        step.action_confirm()
        self.assertEqual((limit.state, limit.due_date), ("running", self._day(9)))
        row = self.dispute.register_ids.sorted("sequence")[-1]
        self.assertEqual((row.event, row.note), ("correction", "They wrote."))

    def test_one_with_a_rule_is_not_set_anew(self):
        self._record(self.dispute, notice_date=fields.Date.today())
        ruled = self.dispute.deadline_ids.filtered("rule_id")[:1]
        self.assertTrue(ruled)
        with self.assertRaisesRegex(UserError, "follows its rule"):
            ruled.with_user(self.handler).action_set_day(self._day(3), "So they say.")

    def test_it_ends_with_its_file_and_runs_again(self):
        limit = self._add()
        self._lead_to(self.dispute, "closed")
        self.assertEqual(
            (limit.state, limit.cancel_reason), ("cancelled", "file_closed")
        )
        self.dispute.with_user(self.manager).action_reopen("It was closed too early.")
        self.assertEqual(limit.state, "running")

    def test_what_is_missing_is_said(self):
        with self.assertRaisesRegex(UserError, "what must be done"):
            self._add(last_day=False)
        with self.assertRaisesRegex(UserError, "what must be done"):
            self._add(given_name=" ")
        with self.assertRaises(ValidationError):
            self._add(last_day="0001-01-01")

    def test_only_who_leads_the_file_adds_one(self):
        for user in (self.stranger, self.auditor, self.employee):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._add(user=user)

    def test_a_change_of_the_calendar_leaves_it(self):
        limit = self._add()
        calendar = self.company.resource_calendar_id
        day = fields.Datetime.to_datetime(self._day(5))
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": calendar.id,
                "date_from": day,
                "date_to": day + timedelta(hours=23),
            }
        )
        self.env.cr.precommit.run()
        self.assertEqual(limit.due_date, self._day(5))
