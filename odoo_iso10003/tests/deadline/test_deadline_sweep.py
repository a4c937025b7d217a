# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .deadline_common import TODAY
from .test_deadline_course import DeadlineCase

SWEEP = "odoo.addons.odoo_iso10003.models.deadline.alarm_sweep"


@tagged("-at_install", "post_install")
class TestSweep(DeadlineCase):
    """The sweep does what is due, once, and tells each person in one message."""

    @classmethod
    def _level(cls, offset, kind="activity", role="owner", **values):
        return Command.create({"offset": offset, "kind": kind, "role": role, **values})

    def _escalating(self, *levels, **values):
        """Enforce one rule of 20 days with these levels, and return a file's limit."""
        self._enforce(self._rule(quantity=20, escalation_ids=list(levels), **values))
        return self._file_with_notice().deadline_ids

    def _tasks(self, deadline, user=None):
        tasks = deadline._get_file().sudo().activity_ids
        return tasks.filtered(lambda task: user in (None, task.user_id))

    def _mails(self, user):
        return self.env["mail.mail"].search(
            [
                ("recipient_ids", "=", user.partner_id.id),
                ("subject", "like", "Deadlines"),
            ]
        )

    # ------------------------------------------------------------
    # Once each
    # ------------------------------------------------------------

    def test_nothing_happens_before_its_time(self):
        deadline = self._escalating(self._level(-5))
        with self._at(2026, 3, 17, 8):
            self._sweep()
        self.assertFalse(self._tasks(deadline))
        self.assertEqual(set(deadline.alarm_ids.mapped("state")), {"pending"})

    def test_each_level_happens_once(self):
        deadline = self._escalating(
            self._level(-5),
            self._level(0, role="manager"),
            self._level(3, role="sponsor"),
        )
        for day, told in ((18, 1), (23, 2), (24, 2), (26, 3), (30, 3)):
            with self._at(2026, 3, day, 8):
                self._sweep()
                self._sweep()
            self.assertEqual(len(self._tasks(deadline)), told, day)
        self.assertEqual(
            [task.user_id for task in self._tasks(deadline).sorted("id")],
            [self.handler, self.manager, self.chief],
        )
        self.assertEqual(len(self._events(deadline._get_file(), "escalated")), 3)

    def test_what_was_met_escalates_no_more(self):
        deadline = self._escalating(self._level(-5), self._level(0))
        self._record(deadline._get_file(), acknowledged_date=TODAY)
        with self._at(2026, 5, 1, 8):
            self._sweep()
        self.assertFalse(self._tasks(deadline))
        self.assertEqual(set(deadline.alarm_ids.mapped("state")), {"dropped"})

    def test_the_plan_moves_with_the_limit(self):
        deadline = self._escalating(self._level(-5))
        with self._at(2026, 3, 12, 8):
            self._record(deadline._get_file(), notice_date=date(2026, 3, 12))
        with self._at(2026, 3, 20, 8):
            self._sweep()
        self.assertFalse(self._tasks(deadline))
        with self._at(2026, 3, 28, 8):
            self._sweep()
        self.assertEqual(len(self._tasks(deadline)), 1)

    def test_hours(self):
        deadline = self._escalating(self._level(-2, offset_unit="hour"))
        with self._at(2026, 3, 22, 18):
            self._sweep()
            self.assertFalse(self._tasks(deadline))
        with self._at(2026, 3, 22, 19):
            self._sweep()
            self.assertTrue(self._tasks(deadline))

    # ------------------------------------------------------------
    # The limit
    # ------------------------------------------------------------

    def test_the_limit_lapses(self):
        deadline = self._escalating()
        with self._at(2026, 3, 22, 20, 29):
            self._sweep()
            self.assertEqual(deadline.state, "running")
        with self._at(2026, 3, 22, 20, 30):
            self._sweep()
        self.assertEqual(deadline.state, "lapsed")
        self.assertEqual(deadline.lapsed_date, datetime(2026, 3, 22, 20, 30))
        self.assertEqual(
            self._events(deadline._get_file(), "deadline_lapsed")[0]["meaning"],
            "nothing",
        )

    def test_silence_that_means_something_asks_the_owner(self):
        deadline = self._escalating(actor="complainant", on_lapse="rejection")
        with self._at(2026, 3, 24, 8):
            self._sweep()
        self.assertIn("Counts as rejection", self._tasks(deadline).summary)
        # a person draws the consequence
        self.assertFalse(deadline._get_file().outcome)

    def test_a_missed_limit_that_blocks_stops_the_file_until_it_is_explained(self):
        deadline = self._escalating(on_lapse="block", end_event="informed")
        dispute = deadline._get_file()
        with self._at(2026, 3, 24, 8):
            self._sweep()
            self._lead_to(dispute, "notice")
            self._give(dispute, {**self._wanted("notice"), "notice_date": TODAY})
            with self.assertRaisesRegex(UserError, "4.11: No missed limit"):
                dispute.action_advance()
            deadline.late_reason = "workload"
            [explained] = self._events(dispute, "deadline_explained")
            self.assertEqual(
                explained["changes"],
                {"late_reason": {"from": None, "to": "workload"}},
            )
            dispute.action_advance()
        self.assertEqual(dispute.state, "evaluation")

    def test_met_after_it_lapsed_is_met_late(self):
        deadline = self._escalating()
        with self._at(2026, 3, 24, 8):
            self._sweep()
            self._record(deadline._get_file(), acknowledged_date=date(2026, 3, 24))
        self.assertEqual(deadline.state, "met_late")

    # ------------------------------------------------------------
    # What levels do
    # ------------------------------------------------------------

    def test_hand_the_file_over(self):
        deadline = self._escalating(self._level(0, kind="reassign", role="manager"))
        with self._at(2026, 3, 24, 8):
            self._sweep()
        self.assertEqual(deadline._get_file().sudo().user_id, self.manager)

    def test_a_letter_to_the_complainant(self):
        template = self.env["mail.template"].create(
            {
                "name": "Delay",
                "model_id": self.env["ir.model"]._get_id("iso10003.dispute"),
                "subject": "Your dispute {{ object.name }}",
                "body_html": "<p>It takes longer.</p>",
                "partner_to": "{{ object.partner_id.id }}",
            }
        )
        deadline = self._escalating(
            self._level(-1, kind="mail", role=False, template_id=template.id)
        )
        with self._at(2026, 3, 22, 8):
            self._sweep()
        [letter] = self.env["mail.message"].search(
            [("subject", "=", f"Your dispute {deadline._get_file().name}")]
        )
        self.assertEqual(letter.partner_ids, self.customer)
        self.assertIn(self.customer, letter.mail_ids.recipient_ids)

    def test_a_nonconformity(self):
        deadline = self._escalating(
            self._level(1, kind="nonconformity", role="manager")
        )
        with self._at(2026, 3, 24, 8):
            self._sweep()
        found = self.env["mgmtsystem.nonconformity"].search(
            [("res_model", "=", "iso10003.dispute")]
        )
        self.assertEqual(found.res_id, deadline._get_file().id)
        self.assertEqual(found.responsible_user_id, self.manager)

    def test_a_role_that_nobody_plays_goes_up_the_line(self):
        deadline = self._escalating(self._level(-5, role="evaluator"))
        with self._at(2026, 3, 18, 8):
            self._sweep()
        self.assertEqual(self._tasks(deadline).user_id, self.manager)

    def test_and_from_an_owner_who_left_to_the_dispute_manager(self):
        deadline = self._escalating(self._level(-5))
        self.handler.sudo().active = False
        with self._at(2026, 3, 18, 8):
            self._sweep()
        self.assertEqual(self._tasks(deadline).user_id, self.manager)

    # ------------------------------------------------------------
    # One message
    # ------------------------------------------------------------

    def test_after_days_of_standing_still_all_happens_once_oldest_first(self):
        self._enforce(
            self._rule(
                quantity=20,
                escalation_ids=[
                    self._level(-5),
                    self._level(-1),
                    self._level(0, kind="notify", role="manager"),
                ],
            )
        )
        files = [self._file_with_notice(date(2026, 3, day)) for day in (2, 4, 3)]
        with self._at(2026, 6, 1, 8):
            self._sweep()
            self._sweep()
        for dispute in files:
            self.assertEqual(len(dispute.sudo().activity_ids), 2)
            self.assertEqual(dispute.deadline_ids.state, "lapsed")
        [digest] = self._mails(self.handler)
        places = [digest.body_html.index(files[i].name) for i in (0, 2, 1)]
        self.assertEqual(places, sorted(places))
        self.assertEqual(digest.subject, "Deadlines: 6 need you")
        self.assertEqual(len(self._mails(self.manager)), 1)

    def test_the_digest_speaks_persian_to_persian_readers(self):
        self.handler.sudo().lang = "fa_IR"
        self._escalating(self._level(-5))
        with self._at(2026, 3, 18, 8):
            self._sweep()
        [digest] = self.env["mail.mail"].search(
            [("recipient_ids", "=", self.handler.partner_id.id)]
        )
        self.assertIn("۱۴۰۵", digest.body_html)
        self.assertIn('dir="rtl"', digest.body_html)

    # ------------------------------------------------------------
    # One that fails
    # ------------------------------------------------------------

    @mute_logger(SWEEP)
    def test_one_that_fails_is_left_aside_and_its_owner_told(self):
        self._enforce(
            self._rule(
                quantity=20,
                escalation_ids=[self._level(0, kind="reassign", role="manager")],
            )
        )
        good, bad, other = (self._file_with_notice() for _number in range(3))
        # a dispute may not be written while something is wrong with it
        disputes = self.env.registry["iso10003.dispute"]
        write = disputes.write

        def fails(records, vals):
            if bad in records.with_env(bad.env) and "user_id" in vals:
                raise ValueError("something is wrong with this one")
            return write(records, vals)

        with self._at(2026, 3, 24, 8), patch.object(disputes, "write", fails):
            self._sweep()
        self.assertEqual(good.sudo().user_id, self.manager)
        self.assertEqual(other.sudo().user_id, self.manager)
        self.assertEqual(bad.sudo().user_id, self.handler)
        # its limit lapsed all the same
        self.assertEqual(bad.deadline_ids.state, "lapsed")
        [failed] = bad.deadline_ids.alarm_ids.filtered(
            lambda alarm: alarm.state == "failed"
        )
        self.assertEqual(failed.error, "something is wrong with this one")
        [task] = bad.sudo().activity_ids
        self.assertEqual(task.user_id, self.handler)
        self.assertIn("Escalation failed", task.summary)
        # a manager lets it be tried again
        with self.assertRaises(AccessError):
            failed.with_user(self.handler).action_try_again()
        failed.with_user(self.manager).action_try_again()
        with self._at(2026, 3, 24, 9):
            self._sweep()
        self.assertEqual(bad.sudo().user_id, self.manager)

    def test_whoever_was_faster_is_waited_for_and_nothing_is_swallowed(self):
        deadline = self._escalating(self._level(0))
        alarms = self.env.registry["iso10003.alarm"]
        fire, losing, looked = alarms._fire, [SerializationFailure("faster")] * 2, []

        def lose(taken):
            if losing:
                raise losing.pop()
            return fire(taken)

        def look_again(alarm):  # a test has nothing of its own to roll back to
            looked.append(alarm)
            alarm.env.invalidate_all()

        with (
            self._at(2026, 3, 24, 8),
            patch.object(alarms, "_fire", lose),
            patch.object(alarms, "_look_again", look_again),
            self.assertNoLogs(SWEEP, "ERROR"),
        ):
            self._sweep()
        self.assertEqual(len(looked), 2)
        self.assertEqual(set(deadline.alarm_ids.mapped("state")), {"fired"})
        self.assertEqual(len(self._tasks(deadline, self.handler)), 1)

    def test_a_limit_that_cannot_be_counted_says_so_and_stops_nobody(self):
        self._enforce(self._rule("never", unit="working_day"), self._rule())
        self.company.resource_calendar_id.attendance_ids.unlink()
        dispute = self._file_with_notice()
        never = self._deadline(dispute, "never")
        self.assertFalse(never.due)
        self.assertIn("no working day", never.problem_text)
        with self._at(2026, 3, 24, 8):
            self._sweep()
        self.assertEqual(self._deadline(dispute).state, "lapsed")
        self.assertEqual(never.state, "running")

    # ------------------------------------------------------------
    # Health
    # ------------------------------------------------------------

    def test_health_shows_what_waits(self):
        self._escalating(self._level(-5))
        health = self.env["iso10003.health"].with_user(self.manager)
        [row] = health.search([("code", "=", "cron_escalate")])
        self.assertEqual(row.waiting_count, 0)
        with self._at(2026, 3, 19, 8):
            row.invalidate_recordset()
            self.assertEqual(row.waiting_count, 1)
            self.assertEqual(row.oldest_date, datetime(2026, 3, 17, 20, 30))
            self.assertEqual(row.verdict, "late")
            self._sweep()
            row.invalidate_recordset()
            self.assertEqual(row.waiting_count, 0)
        with self.assertRaises(AccessError):
            self.env["iso10003.health"].with_user(self.handler).search([])

    def test_a_manager_starts_the_scheduled_action(self):
        alarms = self.env["iso10003.alarm"]
        with self.assertRaises(AccessError):
            alarms.with_user(self.handler).action_sweep_now()
        before = self._find_triggers()
        alarms.with_user(self.manager).action_sweep_now()
        self.assertEqual(len(self._find_triggers() - before), 1)

    def _find_triggers(self):
        cron = self.env.ref("odoo_iso10003.cron_escalate")
        # the review of the policy comes next year
        return self.env["ir.cron.trigger"].search(
            [("cron_id", "=", cron.id), ("call_at", "<", "2026-12-31")]
        )

    def test_the_action_wakes_when_the_next_is_due_and_asks_for_no_more(self):
        self.env.cr.flush()  # the calendar of the tests is a new one
        self._find_triggers().unlink()
        self.env["iso10003.alarm"].search([("state", "=", "pending")]).state = "dropped"
        deadline = self._escalating(
            self._level(-2, offset_unit="hour"), self._level(-1, offset_unit="hour")
        )
        first, second, _limit = deadline.alarm_ids.sorted("at").mapped("at")
        self.assertEqual(self._find_triggers().mapped("call_at"), [first])
        self._file_with_notice()  # as late, and the same trigger
        self.assertEqual(self._find_triggers().mapped("call_at"), [first])
        earlier = self._file_with_notice(date(2026, 3, 1))
        at = min(earlier.deadline_ids.alarm_ids.mapped("at"))
        self.assertEqual(set(self._find_triggers().mapped("call_at")), {first, at})
        self._find_triggers().unlink()  # as the scheduler does with what is due
        with self._at(2026, 3, 22, 18, 30):
            self._sweep()
        self.assertEqual(self._find_triggers().mapped("call_at"), [second])

    def test_the_scheduled_action_itself(self):
        deadline = self._escalating(self._level(-5))
        cron = self.env.ref("odoo_iso10003.cron_escalate")
        with self._at(2026, 3, 18, 8), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(len(self._tasks(deadline)), 1)
