# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import datetime
import re

from odoo import Command
from odoo.exceptions import ValidationError

from .common import SolarCase


class TestNeverStored(SolarCase):
    """A year of the solar calendar is not stored as one of the common era.

    Of the models that are always there, currency rates have a date, and scheduled
    actions a date with a time.
    """

    def rates(self, user):
        return self.as_user(user, "res.currency.rate")

    def values(self, name):
        return {"name": name, "currency_id": self.env.ref("base.EUR").id, "rate": 2}

    def test_refused_when_created(self):
        for name in ("1405-09-08", "1399-12-30", datetime.date(1405, 9, 8)):
            with (
                self.subTest(name=name),
                self.assertRaisesRegex(ValidationError, "1405|1399"),
            ):
                self.rates(self.persian).create(self.values(name))

    def test_refused_when_written(self):
        rate = self.rates(self.persian).create(self.values("2026-11-29"))
        with self.assertRaises(ValidationError):
            rate.name = "1405-09-08"
        with self.assertRaises(ValidationError):
            rate.currency_id.write(
                {"rate_ids": [Command.update(rate.id, {"name": "1405-09-08"})]}
            )
        self.assertEqual(str(rate.name), "2026-11-29")

    def test_refused_with_a_time_and_with_more_rights(self):
        cron = self.env.ref("base.autovacuum_job").with_user(self.persian).sudo()
        with self.assertRaises(ValidationError):
            cron.nextcall = "1405-09-08 10:00:00"

    def test_refused_by_what_the_web_client_calls(self):
        with self.assertRaises(ValidationError):
            self.rates(self.persian).web_save(self.values("1405-09-08"), {"name": {}})

    def test_who_counts_in_the_gregorian_calendar_stores_what_is_sent(self):
        rate = self.rates(self.english).create(self.values("1405-09-08"))
        self.assertEqual(rate.name, datetime.date(1405, 9, 8))
        self.persian.calendar_system = "gregorian"
        self.rates(self.persian).create(self.values("1406-09-08"))

    def test_the_message_is_in_persian(self):
        with self.assertRaisesRegex(ValidationError, "هجری شمسی"):
            self.rates(self.persian).create(self.values("1405-09-08"))


class TestNumbersSent(SolarCase):
    """A program sends a text where a number is meant."""

    def currency(self, user, **values):
        currency = self.env.ref("base.EUR").with_user(user).with_context(lang=user.lang)
        currency.write(values)
        return currency

    def test_read_in_persian_and_arabic_digits(self):
        for text, number in {
            "۱۲۵": 125,
            "١٢٥٠": 1250,
            "1250": 1250,
            "۱٬۲۵۰": 1250,
            "": 0,
        }.items():
            with self.subTest(text=text):
                currency = self.currency(self.persian, iso_numeric=text)
                self.assertEqual(currency.iso_numeric, number)
        rates = self.as_user(self.persian, "res.currency.rate")
        rate = rates.create(
            {
                "name": "2026-11-29",
                "currency_id": self.env.ref("base.EUR").id,
                "rate": "۱٬۲۵۰٫۵",
            }
        )
        self.assertEqual(rate.rate, 1250.5)
        rate.write({"rate": "٢٫٥"})
        self.assertEqual(rate.rate, 2.5)

    def test_telephone_numbers_in_the_digits_of_telephones(self):
        for user, phone in ((self.persian, "021 8877"), (self.english, "۰۲۱ ٨٨۷۷")):
            partner = self.as_user(user, "res.partner").create({"name": "رؤیا ۱۲"})
            partner.web_save({"phone": "۰۲۱ ٨٨۷۷"}, {})
            self.assertEqual((partner.name, partner.phone), ("رؤیا ۱۲", phone))

    def test_what_is_no_number_is_refused(self):
        for text in ("دوازده", "۱۲٬۵", "۱۲٫۵", "12 هزار", "nan", "1_000", "٪"):
            with (
                self.subTest(text=text),
                self.assertRaisesRegex(ValidationError, re.escape(text)),
            ):
                self.currency(self.persian, iso_numeric=text)

    def test_who_counts_in_the_gregorian_calendar_sends_what_odoo_reads(self):
        self.assertEqual(self.currency(self.english, iso_numeric="12").iso_numeric, 12)
        with self.assertRaises(ValueError):
            self.currency(self.english, iso_numeric="۱٬۲۵۰")
