# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Disputes beside web_solar_hijri: searched in Persian, dated as each user chose.

For searching, the database needs a function too, so this runs by ``script/test
--solar`` and not with the other tests, hence the name.
"""

from datetime import date, datetime

from lxml import html

from odoo.tests import HttpCase, tagged
from odoo.tools import SQL

from ...models.mixin.people_date import format_people_date
from ..common import DisputeCase, DisputePeople

SUBJECTS = {
    "یخچال نمی‌کند": ("يخچال", "نمی کند", "نمیکند", "نمي‌كند"),
    "سرویس رؤیا": ("رویا", "سرويس رؤیا"),
}


@tagged("post_install", "-at_install")
class TestPersianSearch(DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dispute = cls._open_dispute().with_user(cls.handler)

    def assertFinds(self, typed, record, *fields):
        for field in fields:
            domain = [(field, "ilike", typed)]
            self.assertIn(record, record.search(domain))
            self.assertEqual(record.filtered_domain(domain), record)

    def test_disputes_are_found_however_their_subject_is_written(self):
        for subject, found_by in SUBJECTS.items():
            self.dispute.subject = subject
            for typed in found_by:
                with self.subTest(subject=subject, typed=typed):
                    self.assertFinds(typed, self.dispute, "subject", "display_name")

    def test_disputes_are_found_by_their_number_in_any_digits(self):
        number = self.dispute.name.rpartition("/")[2]
        for zero in "۰", "٠":
            typed = "".join(chr(ord(zero) + int(digit)) for digit in number)
            self.assertFinds(typed, self.dispute, "name")

    def test_disputes_are_found_by_who_complains(self):
        self.customer.name = "زهرا كاظمي"
        for typed in ("کاظمی", "كاظمي", "زهراکاظمی"):
            self.assertFinds(typed, self.dispute, "partner_id")

    def test_an_index_finds_them(self):
        # of so few, the planner would rather read all
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        for field in ("name", "subject"):
            query = self.env["iso10003.dispute"]._search([(field, "ilike", "یخچال")])
            plan = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
            self.assertIn(f"iso10003_dispute__{field}_index", str(plan))


@tagged("post_install", "-at_install")
class TestChosenCalendar(DisputeCase):
    """What this addon writes is in the calendar in which its reader sees fields."""

    DAY, MOMENT = date(2026, 11, 29), datetime(2026, 11, 29, 10, 0, 5)

    def written(self, lang, chosen, read_in=None):
        self.handler.write(
            {"lang": lang, "calendar_system": chosen, "tz": "Asia/Tehran"}
        )
        env = self.env["res.users"].with_user(self.handler).env
        env = env(context={"lang": read_in or lang, "tz": "Asia/Tehran"})
        page = env["ir.qweb.field.people_date"].value_to_html(self.DAY, {})
        self.assertEqual(page, format_people_date(env, self.DAY))
        return [
            format_people_date(env, value, style)
            for value in (self.DAY, self.MOMENT)
            for style in ("long", "short")
        ]

    def test_who_chose_nothing_reads_by_language(self):
        self.assertEqual(
            self.written("fa_IR", "language"),
            ["۸ آذر ۱۴۰۵", "۱۴۰۵/۰۹/۰۸", "۸ آذر ۱۴۰۵، ۱۳:۳۰", "۱۴۰۵/۰۹/۰۸ ۱۳:۳۰"],
        )
        self.assertEqual(
            self.written("en_US", "language")[:2], ["November 29, 2026", "11/29/2026"]
        )

    def test_a_persian_may_choose_the_gregorian_calendar(self):
        written = self.written("fa_IR", "gregorian")
        self.assertEqual(written[:2], ["۲۹ نوامبر ۲۰۲۶", "۲۰۲۶/۱۱/۲۹"])
        self.assertEqual(written[3], "۲۰۲۶/۱۱/۲۹ ۱۳:۳۰")

    def test_who_reads_another_language_may_choose_the_solar_one(self):
        self.assertEqual(
            self.written("en_US", "solar"),
            ["8 Azar 1405", "1405/09/08", "8 Azar 1405, 13:30", "1405/09/08 13:30"],
        )

    def test_what_is_written_for_others_is_not_in_the_writers_calendar(self):
        self.assertEqual(
            self.written("en_US", "gregorian", read_in="fa_IR")[0], "۸ آذر ۱۴۰۵"
        )
        self.assertEqual(
            self.written("fa_IR", "solar", read_in="en_US")[0], "November 29, 2026"
        )


@tagged("post_install", "-at_install")
class TestPortalPages(DisputePeople, HttpCase):
    """Pages of the portal, also those of other addons, as a customer reads them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_people()
        cls.portal.tz = "Asia/Tehran"
        cls.env.cr.execute(
            "UPDATE helpdesk_ticket SET create_date = '2026-11-29 10:00:05'"
            " WHERE id = %s",
            [cls.ticket.id],
        )
        cls.ticket.invalidate_recordset()

    def written(self, lang, chosen="language"):
        """Return how the page of a ticket, and the list of them, write its moment."""
        self.portal.write({"lang": lang, "calendar_system": chosen})
        self.authenticate(self.portal.login, self.portal.login)
        pages = [
            html.fromstring(self.url_open(path).text).text_content()
            for path in (f"/my/ticket/{self.ticket.id}", "/my/tickets")
        ]
        return [" ".join(page.split()) for page in pages]

    def test_a_persian_customer_reads_solar_dates(self):
        for page in self.written("fa_IR"):
            self.assertIn("۱۴۰۵/۰۹/۰۸ ۱۳:۳۰:۰۵", page)
            self.assertNotIn("2026", page)

    def test_others_read_what_odoo_writes(self):
        for lang, chosen, written in (
            ("en_US", "language", "11/29/2026 01:30:05 PM"),
            ("fa_IR", "gregorian", "2026/11/29 13:30:05"),
        ):
            for page in self.written(lang, chosen):
                self.assertIn(written, page)
