# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A holiday announced later moves the limits that run, and says so."""

from ast import literal_eval
from datetime import date

from odoo.tests import tagged

from .test_alarm_effects import DISPUTE, REFERRAL, STARTS, AlarmEffects


@tagged("-at_install", "post_install")
class TestCalendarChange(AlarmEffects):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # who keeps the calendar knows nothing of disputes
        cls.keeper = cls._new_user("keeper", "base.group_system")
        cls.calendar = cls.company.resource_calendar_id
        cls.env.cr.flush()  # it is a new one, which is no change of these tests

    def _case(self, kind, *levels, **values):
        # 2 March is a Monday; no work on Thursday and Friday
        return super()._case(
            kind, *levels, **{"unit": "working_day", "quantity": 5, **values}
        )

    def _announce(self, day="2026-03-04", **values):
        leave = (
            self.env["resource.calendar.leaves"]
            .with_user(self.keeper)
            .create(
                {
                    "name": "A day of mourning",
                    "company_id": self.company.id,
                    "date_from": f"{day} 00:00:00",
                    "date_to": f"{day} 20:00:00",
                    **values,
                }
            )
        )
        self._end()
        return leave

    def _end(self):
        """Do what comes at the end of a transaction."""
        self.env.cr.flush()

    def test_what_runs_on_each_kind_of_file_counts_anew(self):
        for kind in STARTS:
            with self.subTest(kind=kind):
                case = self._case(kind, self._level("activity", offset=-1))
                deadline = case.deadline_ids
                former = deadline.due_date
                planned = deadline.alarm_ids.mapped("at")
                leave = self._announce()
                self.assertGreater(deadline.due_date, former)
                self.assertEqual(deadline.former_due_date, former)
                self.assertTrue(deadline.moved_date)
                self.assertNotEqual(deadline.alarm_ids.mapped("at"), planned)
                [data] = self._events(case, "calendar_changed")
                self.assertEqual(data["from"], former.isoformat())
                self.assertEqual(data["due_date"], deadline.due_date.isoformat())
                [row] = case.register_ids.filtered(
                    lambda one: one.event == "calendar_changed"
                )
                self.assertEqual(row.note, "A day of mourning")
                self.assertIn("before:", row.summary)
                # and it is taken back
                leave.unlink()
                self._end()
                self.assertEqual(deadline.due_date, former)

    def test_the_manager_lists_what_moved(self):
        case = self._case(DISPUTE)
        self.assertNotIn(case.deadline_ids, self._list_moved())
        self._announce()
        self.assertIn(case.deadline_ids, self._list_moved())

    def _list_moved(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.deadline_action_moved"
        )
        deadlines = self.env[action["res_model"]].with_user(self.manager)
        return deadlines.search(literal_eval(action["domain"]))

    def test_what_is_met_or_over_stays(self):
        case = self._case(DISPUTE, end_event="acknowledged")
        self._record(case, acknowledged_date=date(2026, 3, 2))
        due = case.deadline_ids.due_date
        self._announce()
        self.assertEqual(case.deadline_ids.due_date, due)
        other = self._case(REFERRAL)
        self._let_it_lapse()
        due = other.deadline_ids.due_date
        self._announce("2026-03-03")
        self.assertEqual(other.deadline_ids.due_date, due)

    def test_what_does_not_concern_it_moves_nothing(self):
        case = self._case(DISPUTE)
        due = case.deadline_ids.due_date
        employee = self.env["resource.resource"].create({"name": "One of them"})
        other = self.env["resource.calendar"].create({"name": "Of somebody else"})
        for values in (
            {"resource_id": employee.id},
            {"calendar_id": other.id},
            {"day": "2026-05-04"},
        ):
            self._announce(**values)
            self.assertEqual(case.deadline_ids.due_date, due)
        self.assertFalse(self._events(case, "calendar_changed"))

    def test_a_holiday_that_is_put_off_counts_where_it_is(self):
        case = self._case(DISPUTE)
        former = case.deadline_ids.due_date
        leave = self._announce()
        leave.write({"date_from": "2026-05-04", "date_to": "2026-05-04 20:00:00"})
        self._end()
        self.assertEqual(case.deadline_ids.due_date, former)

    def test_other_working_days_move_it_once(self):
        case = self._case(DISPUTE)
        former = case.deadline_ids.due_date
        wednesday = self.calendar.attendance_ids.filtered(
            lambda one: one.dayofweek == "2"
        )
        self.calendar.with_user(self.keeper).write(
            {"attendance_ids": [(2, wednesday.id)], "tz": "Asia/Tehran"}
        )
        self._end()
        self.assertGreater(case.deadline_ids.due_date, former)
        self.assertEqual(len(self._events(case, "calendar_changed")), 1)

    def test_another_calendar_of_the_company_counts(self):
        case = self._case(DISPUTE)
        former = case.deadline_ids.due_date
        days = self.calendar.copy()
        days.attendance_ids.filtered(lambda one: one.dayofweek == "2").unlink()
        self.company.with_user(self.keeper).resource_calendar_id = days
        self._end()
        self.assertGreater(case.deadline_ids.due_date, former)

    def test_many_are_counted_in_few_queries(self):
        self._case(DISPUTE)
        for _number in range(3):
            self._record(
                self._open_dispute(self._new_ticket()), notice_date=date(2026, 3, 2)
            )
        self._announce()
        moved = self.env["iso10003.deadline"].search(
            [("former_due_date", "!=", False), ("rule_id.code", "=", "acknowledge")]
        )
        self.assertEqual(len(moved), 4)
