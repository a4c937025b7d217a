# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Questions on days: what a lazy look would pass, such as “not empty”."""

from datetime import datetime, time, timedelta

from freezegun import freeze_time

from ..conformity.conformity_common import ANY, OPEN, TODAY, CheckCase

# what is there in the tests is of today, so these days are of some weeks to come; the
# company works from Monday to Friday, in UTC
SEVENTH = TODAY + timedelta(days=49 - TODAY.weekday())  # a Monday
AT_NOTICE = {**OPEN, "state": "notice"}


def on(day):
    """Return a day of a month of which the seventh is a Monday."""
    return SEVENTH + timedelta(days=day - 7)


def at(day, hour=9):
    return datetime.combine(on(day), time(hour))


WEDNESDAY = at(16, 12)


class TestDays(CheckCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop.resource_calendar_id.tz = "UTC"

    def setUp(self):
        super().setUp()
        # what the class sets up is of today
        freezer = freeze_time(WEDNESDAY)
        freezer.start()
        self.addCleanup(freezer.stop)

    def _notice(self, day, entered, **columns):
        return self._new_file(
            direct_notice=True,
            notice_date=on(day),
            opened_date=entered,
            **columns,
        )

    def test_entered_within_a_working_day(self):
        """63: Monday's notice entered on Thursday evening was “yes”."""
        self._notice(7, at(7))
        self._notice(7, at(8, 23))  # Monday's, at the end of Tuesday
        self._notice(11, at(14, 22))  # Friday's, on Monday evening
        self._notice(12, at(14))  # Saturday's
        self._assert_holds(self._result(63), 4)
        late = self._notice(7, at(9, 0))
        late |= self._notice(7, at(10, 22))
        late |= self._notice(11, at(15, 0))
        self._assert_fails(self._result(63), late, 7, ANY)

    def test_a_holiday_is_no_working_day(self):
        file = self._notice(7, at(9))
        self._assert_fails(self._result(63), file, 1)
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.shop.resource_calendar_id.id,
                "date_from": at(8, 0),
                "date_to": at(8, 23) + timedelta(minutes=59, seconds=59),
            }
        )
        self._assert_holds(self._result(63), 1)

    def test_the_day_is_that_of_the_place(self):
        file = self._notice(7, at(8, 22))
        self._assert_holds(self._result(63), 1)
        self.shop.resource_calendar_id.tz = "Asia/Tehran"
        self._assert_fails(self._result(63), file, 1)

    def test_a_sheet_is_entered_when_it_is_recorded(self):
        """63: the file may be there for long, and a correction is no late entry."""
        file = self._new_file(opened_date=at(1))
        self._assert_unchecked(self._result(63))
        ours = self._sheet(file, 7, at(14), begun_by="organization")
        self._assert_unchecked(self._result(63))
        sheet = self._sheet(file, 7, at(8))
        self._assert_holds(self._result(63), 1)
        self._sheet(file, 7, at(14), replaces_id=sheet, reason="Typed wrongly")
        self._assert_holds(self._result(63), 1)
        self._set_columns(self.env["iso10003.notice"].browse(sheet), create_date=at(9))
        self._assert_fails(self._result(63), file, 1)
        self.assertNotEqual(ours, sheet)

    def _sheet(self, file, day, entered, **columns):
        values = {
            "dispute_id": file.id,
            "company_id": self.shop.id,
            "state": "recorded",
            "channel": "mail",
            "service": "actual",
            "begun_by": "complainant",
            "received_date": on(day),
            "served_date": on(day),
            "reference_key": f"{entered}{columns}",
            "create_date": entered,
            **columns,
        }
        self._insert("iso10003_notice", **values)
        return self.env["iso10003.notice"].search([], order="id desc", limit=1).id

    def test_a_notice_that_stands_still_is_asked_of_too(self):
        """64: a notice of August that nobody acknowledged was left out."""
        self._new_file()
        self._assert_holds(self._result(64), 1)
        fresh = self._new_file(**AT_NOTICE, notice_date=on(3), acknowledged_date=None)
        self._assert_holds(self._result(64), 1)
        self._set_columns(fresh, notice_date=on(-30))
        self._assert_fails(self._result(64), fresh, 2, ANY)
        # closed at once it needed none, closed long after it did
        self._set_columns(
            fresh,
            state="closed",
            closed_from="notice",
            outcome="withdrawn",
            closed_date=at(-22),
        )
        self._assert_holds(self._result(64), 1)
        self._set_columns(fresh, closed_date=at(1))
        self._assert_fails(self._result(64), fresh, 2, ANY)

    def test_acknowledged_in_time(self):
        """64: acknowledged, and after its limit."""
        file = self._new_file()
        self._limit(file, "acknowledged", "met")
        self._assert_holds(self._result(64), 1)
        self._limit(file, "acknowledged", "met_late")
        self._assert_fails(self._result(64), file, 1)

    def test_a_limit_that_is_over_is_asked_before_the_fortnight(self):
        file = self._new_file(**AT_NOTICE, notice_date=on(10), acknowledged_date=None)
        self._limit(file, "acknowledged", "running", at(17))
        self._assert_unchecked(self._result(64))
        self._limit(file, "acknowledged", "running", at(14))
        self._assert_fails(self._result(64), file, 1)

    def _limit(self, file, event, state, due=None):
        draft = self.env["iso10003.policy"].create(
            {"name": "Limits", "company_id": self.shop.id}
        )
        rule = self.env["iso10003.deadline.rule"].create(
            {
                "name": "Limit",
                "code": "limit",
                "policy_id": draft.id,
                "start_event": "notice_received",
                "end_event": event,
            }
        )
        self._insert(
            "iso10003_deadline",
            rule_id=rule.id,
            file_id=file.file_ids.id,
            company_id=self.shop.id,
            actor="organization",
            state=state,
            due=due or at(14),
        )

    def test_a_position_after_resolution_began_was_not_in_time(self):
        """68: it was “yes” with any day."""
        file = self._new_file(response_date=on(10), resolution_date=at(10, 8))
        self._assert_holds(self._result(68), 1)
        self._set_columns(file, response_date=on(11))
        self._assert_fails(self._result(68), file, 1)
        self._set_columns(file, response_date=on(10))
        self._limit(file, "position_sent", "met_late")
        self._assert_fails(self._result(68), file, 1)

    def test_resolution_begins_once(self):
        dispute = self._open_dispute(self._new_ticket())
        self._lead_to(dispute, "position")
        self.assertFalse(dispute.resolution_date)
        self._fill_in(dispute)
        dispute.action_advance()
        began = dispute.resolution_date
        self.assertEqual((dispute.state, began), ("resolution", WEDNESDAY))
        with freeze_time(at(17)):
            dispute.with_user(self.chief).action_step_back("The reply came late")
            self._fill_in(dispute)
            dispute.action_advance()
        self.assertEqual(dispute.state, "resolution")
        self.assertEqual(dispute.resolution_date, began)
