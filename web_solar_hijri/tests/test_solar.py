# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import datetime

import jdatetime

from odoo.tests import BaseCase

from odoo.addons.web_solar_hijri import solar

READ = {
    "۱۴۰۵/۰۹/۰۸": "2026-11-29",
    "١٤٠٥/٠٩/٠٨": "2026-11-29",
    "1405/9/8": "2026-11-29",
    "1405-09-08": "2026-11-29",
    "05/09/1405": "2026-11-26",
    "۸ آذر": "2026-11-29",
    "8 آذر ۱۴۰۵": "2026-11-29",
    "۸ آذرماه ۱۴۰۵": "2026-11-29",
    "8 آذر ماه، 1405": "2026-11-29",
    "۲۲ اردي‌بهشت ۱۴۰۵": "2026-05-12",
    "8 Azar 1405": "2026-11-29",
    "1403/12/30": "2025-03-20",
    "2026-11-29": "2026-11-29",
    "۲۰۲۶/۱۱/۲۹": "2026-11-29",
    "1405/9/8 13:30": "2026-11-29 13:30:00",
    "۸ آذر، ساعت ۹:۳۰": "2026-11-29 09:30:00",
    "8 آذر 1405 1:30 ب.ظ.": "2026-11-29 13:30:00",
    "1405-09-08 12:00 am": "2026-11-29 00:00:00",
}
UNREADABLE = (
    "1405/13/01",
    "1404/12/30",
    "1405/7/31",
    "5/9/8",
    "0905",
    "14050908",
    "1299/12/29",
    "1500/01/01",
    "25/11/2026",
    "2026/02/30",
    "8 foo 1405",
    "1405/09/08 25:00",
    "1405/09/08 13:00 pm",
    "",
)


class TestSolar(BaseCase):
    def test_each_day_is_what_it_is_in_the_browser(self):
        """The checksum of all days, which calendar.test.js has by jalaali-js."""
        day = jdatetime.date(1300, 1, 1).togregorian()
        end = jdatetime.date(1500, 1, 1).togregorian()
        checksum, count = 0x811C9DC5, 0
        while day < end:
            there = jdatetime.date.fromgregorian(date=day)
            line = f"{day}={there.year}-{there.month}-{there.day}\n"
            for char in line.encode():
                checksum = (checksum ^ char) * 0x01000193 & 0xFFFFFFFF
            day += datetime.timedelta(days=1)
            count += 1
        self.assertEqual((count, checksum), (73049, 1040201358))

    def test_dates_are_read(self):
        for text, expected in READ.items():
            with self.subTest(text=text):
                found = solar.read(text, this_year=1405)
                self.assertIn(expected, (str(found), str(found and found.date())))

    def test_what_is_no_date_is_not_read(self):
        for text in UNREADABLE:
            with self.subTest(text=text):
                self.assertIsNone(solar.read(text, this_year=1405))
        self.assertIsNone(solar.read("۸ آذر"), "no year")

    def test_numbers(self):
        for text, expected in {
            "۱۲۵۰": "1250",
            "١٢٥٠": "1250",
            "۱۲٬۵۰۰٫۷۵": "12500.75",
            "-۱۲٫۵": "-12.5",
            "۱٬۲۵۰٬۰۰۰ ریال": "1250000 ریال",
            "1,250.5": "1,250.5",
        }.items():
            with self.subTest(text=text):
                self.assertEqual(solar.read_number(text), expected)
        for text in ("۱۲٬۵", "۱،۵", "٬"):
            with self.subTest(text=text), self.assertRaises(ValueError):
                solar.read_number(text)
