# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import datetime

from odoo.tests import freeze_time

from .common import SolarCase


@freeze_time("2026-11-29 10:00:00")
class TestImport(SolarCase):
    def run_import(self, user, model, columns, *rows, **options):
        """Import a CSV file as the web client does; return what it says."""
        content = "\n".join(";".join(row) for row in (columns, *rows))
        wizard = self.as_user(user, "base_import.import").create(
            {
                "res_model": model,
                "file": content.encode(),
                "file_type": "text/csv",
                "file_name": "x.csv",
            }
        )
        options = {
            "quoting": '"',
            "separator": ";",
            "has_headers": True,
            "encoding": "utf-8",
            **options,
        }
        self.preview = wizard.parse_preview(options)
        return wizard.execute_import(columns, columns, options)

    def import_rates(self, user, *dates, **options):
        columns = ["name", "rate", "currency_id/.id"]
        euro = str(self.env.ref("base.EUR").id)
        return self.run_import(
            user,
            "res.currency.rate",
            columns,
            *([date, "2", euro] for date in dates),
            **options,
        )

    def imported(self, result):
        self.assertFalse(result["messages"])
        rates = self.env["res.currency.rate"].browse(result["ids"])
        return [str(rate.name) for rate in rates]

    def test_solar_dates_are_read(self):
        result = self.import_rates(
            self.persian, "1405-06-23", "۱۴۰۵/۰۶/۲۴", "25 شهریور 1405", "26 شهریور"
        )
        self.assertEqual(
            self.imported(result),
            ["2026-09-14", "2026-09-15", "2026-09-16", "2026-09-17"],
        )

    def test_the_column_is_known_as_one_of_dates(self):
        self.import_rates(self.persian, "۱۴۰۵/۰۶/۲۴", "۱۴۰۵/۰۶/۲۵")
        self.assertEqual(self.preview["header_types"][0], ["date", "datetime"])

    def test_dates_of_the_common_era_are_read_in_their_format(self):
        result = self.import_rates(self.persian, "2026-09-14", "2026-09-15")
        self.assertEqual(self.imported(result), ["2026-09-14", "2026-09-15"])
        result = self.import_rates(
            self.persian, "16/09/2026", "1405/6/26", date_format="%d/%m/%Y"
        )
        self.assertEqual(self.imported(result), ["2026-09-16", "2026-09-17"])

    def test_what_is_no_date_is_refused_with_its_line(self):
        for text in ("1405/13/01", "05/06/23", "1404-12-30", "1299-01-01"):
            with self.subTest(text=text):
                result = self.import_rates(self.persian, "1405/06/23", text)
                [message] = result["messages"]
                self.assertIn(text, message["message"])
                self.assertIn("2", message["message"])
                self.assertFalse(result.get("ids"))

    def test_numbers_in_persian_digits(self):
        columns = ["name", "rate", "currency_id/.id"]
        euro = str(self.env.ref("base.EUR").id)
        rows = [
            ["1405-06-23", "۱۲٬۵۰۰٫۷۵", euro],
            ["1405-06-24", "۲٫۵", euro],
        ]
        result = self.run_import(self.persian, "res.currency.rate", columns, *rows)
        rates = self.env["res.currency.rate"].browse(result["ids"])
        self.assertFalse(result["messages"])
        self.assertEqual(rates.mapped("rate"), [12500.75, 2.5])
        rows = [["1405-06-25", "دوازده", euro]]
        result = self.run_import(self.persian, "res.currency.rate", columns, *rows)
        self.assertIn("دوازده", result["messages"][0]["message"])

    def load(self, user, model, **values):
        records = self.as_user(user, model)
        result = records.load(list(values), [list(values.values())])
        return records.browse(result["ids"] or []), result["messages"]

    def test_integers_in_persian_digits(self):
        columns = ["name", "color"]
        rows = (["a", "۱۲"], ["b", "١٬٢٥٠"])
        result = self.run_import(self.persian, "res.partner.category", columns, *rows)
        self.assertFalse(result["messages"])
        made = self.env["res.partner.category"].browse(result["ids"])
        self.assertEqual(made.mapped("color"), [12, 1250])
        made, messages = self.load(
            self.persian, "res.partner.category", name="c", color="۱٬۲۵۰"
        )
        self.assertEqual((made.color, messages), (1250, []))

    def test_what_is_no_number_is_refused(self):
        columns = ["name", "partner_latitude"]
        for text in ("دوازده", "۱۲٬۵", "۱۲ هزار", "۵۰٪ه", "۱۲ ه", "٫", "ریال"):
            with self.subTest(text=text):
                result = self.run_import(
                    self.persian, "res.partner", columns, ["a", text]
                )
                self.assertIn(text, result["messages"][0]["message"])
                self.assertFalse(result.get("ids"))
                made, messages = self.load(
                    self.persian, "res.partner", name="a", partner_latitude=text
                )
                self.assertIn(text, messages[0]["message"])
                self.assertFalse(made)
        for text in ("دوازده", "۱۲٬۵", "۱۲٫۵"):
            with self.subTest(integer=text):
                made, messages = self.load(
                    self.persian, "res.partner.category", name="c", color=text
                )
                self.assertIn(text, messages[0]["message"])
                self.assertFalse(made)

    def test_amounts_with_the_symbol_of_a_currency(self):
        self.env.ref("base.IRR").active = True
        for text in ("۱٬۲۵۰٫۵ ﷼", "1,250.5", "1.2505e3", "(۱۲)"):
            with self.subTest(text=text):
                columns = ["name", "partner_latitude"]
                result = self.run_import(
                    self.persian, "res.partner", columns, ["a", text]
                )
                self.assertFalse(result["messages"])
                partner = self.env["res.partner"].browse(result["ids"])
                expected = -12 if "(" in text else 1250.5
                self.assertEqual(partner.partner_latitude, expected)

    def test_phones_in_latin_digits(self):
        columns, row = ["name", "phone"], ["رؤیا ۱۲", "\u200e۰۲۱ ٨٨۷۷"]
        for user, phone in ((self.persian, "021 8877"), (self.english, row[1])):
            result = self.run_import(user, "res.partner", columns, row)
            self.assertFalse(result["messages"])
            partner = self.env["res.partner"].browse(result["ids"])
            self.assertEqual((partner.name, partner.phone), (row[0], phone))

    def test_moments_are_of_the_time_zone(self):
        columns = ["name", "model_id/.id", "nextcall"]
        model = str(self.env.ref("base.model_res_partner").id)
        result = self.run_import(
            self.persian,
            "ir.cron",
            columns,
            ["a", model, "۱۴۰۵/۰۹/۰۸ ۱۳:۳۰"],
            ["b", model, "1405-09-08"],
        )
        self.assertFalse(result["messages"])
        self.assertEqual(
            self.env["ir.cron"].browse(result["ids"]).mapped("nextcall"),
            [
                datetime.datetime(2026, 11, 29, 10, 0),
                datetime.datetime(2026, 11, 28, 20, 30),
            ],
        )

    def test_records_loaded_without_a_file_are_read_as_well(self):
        euro = str(self.env.ref("base.EUR").id)
        rates = self.as_user(self.persian, "res.currency.rate")
        result = rates.load(
            ["name", "rate", "currency_id/.id"], [["1405-06-23", "۲٫۵", euro]]
        )
        rate = rates.browse(result["ids"])
        self.assertEqual((str(rate.name), rate.rate), ("2026-09-14", 2.5))

    def test_who_counts_in_the_gregorian_calendar_imports_as_ever(self):
        result = self.import_rates(self.english, "2026-09-14")
        self.assertEqual(self.imported(result), ["2026-09-14"])
        result = self.import_rates(self.english, "1405-06-23")
        self.assertEqual(self.imported(result), ["1405-06-23"])
