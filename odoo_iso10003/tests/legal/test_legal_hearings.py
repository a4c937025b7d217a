# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tools import mute_logger

from ..common import ADDON
from .legal_common import LegalCase


class TestHearings(LegalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.referral = cls._lead_referral(cls._draft_referral(), "pending")
        cls.customer.email = "roya@elsewhere.example"
        cls.hearing = cls._plan_hearing(
            cls.referral,
            participant_ids=[
                (0, 0, {"partner_id": cls.handler.partner_id.id, "role": "witness"}),
                (0, 0, {"partner_id": cls.customer.id, "role": "other_party"}),
            ],
        )
        cls.event = cls.hearing.event_id

    def _adjourn(self, start, **values):
        action = self.hearing.action_adjourn()
        sheets = self.hearing.env[action["res_model"]]
        return sheets.with_context(**action["context"]).create(
            {
                "new_start": start,
                "asked_by": "other",
                "reason": "Their witness is ill.",
                **values,
            }
        )

    def test_it_stands_in_the_calendars_of_our_people_alone(self):
        self.assertEqual(self.event.start, self.hearing.start)
        self.assertEqual(self.event.stop, self.hearing.start + timedelta(hours=2))
        self.assertEqual(
            self.event.partner_ids,
            self.handler.partner_id | self.counsel.partner_id,
        )
        self.assertEqual(self.event.location, "Room 4")

    def test_the_appointment_says_nothing_of_the_matter(self):
        self.assertEqual(self.event.privacy, "private")
        self.assertEqual(self.event.name, f"Hearing {self.referral.name}")
        self.assertFalse(self.event.description)
        self.assertFalse(self.event.res_id)
        # an attendee reads the appointment and not the hearing
        seen = self.event.with_user(self.handler).read(["name", "start", "location"])
        self.assertEqual(seen[0]["location"], "Room 4")
        # nobody else finds it: what is found can be guessed letter by letter
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.event.with_user(self.stranger).read(["name", "location"])

    def test_no_mail_goes_to_the_other_party(self):
        mails = self.env["mail.mail"].sudo().search([])
        addressed = mails.mapped("email_to") + mails.recipient_ids.mapped("email")
        self.assertNotIn(self.customer.email, str(addressed))

    def test_participants_who_come_later_get_the_appointment_too(self):
        self.hearing.participant_ids = [
            (0, 0, {"partner_id": self.manager.partner_id.id})
        ]
        self.assertIn(self.manager.partner_id, self.event.partner_ids)
        self.hearing.participant_ids[-1].unlink()
        self.assertNotIn(self.manager.partner_id, self.event.partner_ids)

    def test_the_appointment_goes_with_the_matter(self):
        self.hearing.participant_ids[0].partner_id = self.manager.partner_id
        self.assertNotIn(self.handler.partner_id, self.event.partner_ids)
        self.assertIn(self.manager.partner_id, self.event.partner_ids)
        self.referral.with_user(self.manager).counsel_id = self.second_counsel
        self.assertNotIn(self.counsel.partner_id, self.event.partner_ids)
        self.assertEqual(self.event.user_id, self.second_counsel)
        self._end_counsel(self.second_counsel)
        self.assertNotIn(self.second_counsel.partner_id, self.event.partner_ids)
        self.env.invalidate_all()
        found = self.event.with_user(self.second_counsel).sudo(False)
        self.assertFalse(found.search([("id", "=", self.event.id)]))

    def test_whose_rights_end_keeps_no_appointment_that_was_held(self):
        self.hearing._guarded_write({"state": "held", "outcome": "heard"})
        self._end_counsel(self.counsel)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.event.with_user(self.counsel).sudo(False).read(["location"])

    def _end_counsel(self, user):
        user.group_ids = [
            Command.unlink(self.env.ref(f"{ADDON}.group_counsel").id),
            Command.link(self.env.ref("base.group_user").id),
        ]

    def test_its_day_is_that_of_the_place_where_it_is_held(self):
        self.court.tz = "Pacific/Auckland"
        # ten in the morning there, the evening before by the clocks of the server
        with freeze_time("2035-05-31 12:00:00"):
            early = self._plan_hearing(
                self.referral,
                start=datetime(2035, 6, 4, 22),
                notice_date=date(2035, 5, 31),
                notice_days=5,
            )
        self.hearing.action_cancel()
        self.assertEqual(self.referral.next_date, date(2035, 6, 5))
        self.assertEqual(early._describe_fact()[0], date(2035, 6, 5))
        self.assertFalse(early.notice_too_short)
        # and is counted anew when the zone was noted wrongly
        self.court.tz = "Asia/Tehran"
        self.assertEqual(self.referral.next_date, date(2035, 6, 5))
        self.court.tz = "America/New_York"
        self.assertEqual(self.referral.next_date, date(2035, 6, 4))

    def test_it_is_moved_by_an_adjournment_with_reason(self):
        old = self.hearing.start
        new = old + timedelta(days=14)
        with self.assertRaisesRegex(UserError, "cannot be written directly"):
            self.hearing.start = new
        self._adjourn(new)
        self.assertEqual(self.hearing.start, new)
        self.assertEqual(self.event.start, new)
        self.assertEqual(self.hearing.adjournment_count, 1)
        moved = self.hearing.adjournment_ids
        self.assertEqual((moved.old_start, moved.asked_by), (old, "other"))
        self.assertEqual(self.referral.next_date, new.date())
        self.assertEqual(self._logged(self.referral)[-2:], ["hearing", "hearing"])
        with self.assertRaisesRegex(ValidationError, "at that time already"):
            self._adjourn(new)
        with self.assertRaisesRegex(ValidationError, "say why"):
            self._adjourn(old, reason=" ")

    def test_nobody_moves_it_in_a_calendar(self):
        new = self.hearing.start + timedelta(days=1)
        for user in (self.handler, self.counsel):
            event = self.event.with_user(user)
            for values in (
                {"start": new, "stop": new + timedelta(hours=1)},
                {"name": "Lunch"},
                {"privacy": "public"},
                {"active": False},
            ):
                with self.assertRaisesRegex(UserError, "is a hearing"):
                    event.write(values)
            with self.assertRaisesRegex(UserError, "is a hearing"):
                event.unlink()
        self.assertEqual(self.event.start, self.hearing.start)

    def test_nobody_copies_it_out_of_the_matter(self):
        for user in (self.handler, self.counsel):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                self.event.with_user(user).sudo(False).copy()

    def test_other_appointments_are_as_free_as_ever(self):
        lunch = (
            self.env["calendar.event"]
            .with_user(self.handler)
            .create(
                {
                    "name": "Lunch",
                    "start": "2031-01-01 12:00",
                    "stop": "2031-01-01 13:00",
                }
            )
        )
        lunch.write({"name": "Long lunch"})
        lunch.unlink()

    def test_an_attendee_answers_the_invitation(self):
        attendee = self.event.attendee_ids.filtered(
            lambda one: one.partner_id == self.handler.partner_id
        )
        attendee.with_user(self.handler).do_accept()
        self.assertEqual(attendee.state, "accepted")

    def test_held_wants_an_outcome_and_orders_are_followed_up(self):
        with self.assertRaisesRegex(UserError, "choose the outcome"):
            self.hearing.action_held()
        self.hearing.write(
            {
                "outcome": "heard",
                "orders": "File the invoice",
                "orders_date": self._day(30),
            }
        )
        self.hearing.action_held()
        self.assertEqual(self.hearing.state, "held")
        activity = self.hearing.activity_ids
        self.assertEqual(activity.user_id, self.counsel)
        self.assertEqual(activity.date_deadline, self._day(30))
        for door in (
            self.hearing.action_held,
            self.hearing.action_adjourn,
            self.hearing.action_cancel,
        ):
            with self.assertRaisesRegex(UserError, "not planned any more"):
                door()

    def test_a_cancelled_hearing_leaves_the_calendars_and_stays_on_record(self):
        self.assertEqual(self.referral.next_date, self.hearing.start.date())
        self.hearing.action_cancel()
        self.assertFalse(self.event.active)
        self.assertFalse(self.referral.next_date)
        with self.assertRaises(UserError):
            self.hearing.sudo().unlink()

    def test_a_notice_that_came_too_late_is_seen(self):
        with freeze_time(datetime.combine(self._day(19), datetime.min.time())):
            late, early = fields.Date.today(), fields.Date.today() - timedelta(days=4)
            self.hearing.notice_date = late
            self.assertTrue(self.hearing.notice_too_short)
            self.hearing.notice_date = early
            self.assertFalse(self.hearing.notice_too_short)

    @mute_logger("odoo.sql_db")
    def test_a_hearing_belongs_to_a_matter(self):
        with self.assertRaisesRegex(UserError, "belongs to one matter"):
            self.env["iso10003.hearing"].with_user(self.counsel).create(
                {"start": "2031-01-01 12:00:00"}
            )
