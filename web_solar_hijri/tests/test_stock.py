# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who counts in the Gregorian calendar has what stock Odoo has, on the server.

A walk over all that this addon does instead of Odoo: what it adds to a method is
called beside the method without it, so that a new one cannot be forgotten.
"""

import datetime

from odoo.tests import freeze_time, tagged

from odoo.addons.web_solar_hijri import periods

from .common import SolarCase

MODULE = "odoo.addons.web_solar_hijri."
DAY, MOMENT = datetime.date(2026, 11, 29), datetime.datetime(2026, 11, 29, 10, 0, 5)
# What is told of a value, by the converter that has it
VALUES = {
    "ir.qweb.field.date": (DAY, [{}, {"format": "d MMMM yyyy"}]),
    "ir.qweb.field.datetime": (
        MOMENT,
        [{}, {"date_only": True}, {"time_only": True}, {"hide_seconds": True}],
    ),
    "ir.qweb.field.relative": (MOMENT, [{"now": MOMENT + datetime.timedelta(3)}]),
}
# What people may send as a value of each type of field
SENT = {
    "date": ("2026-11-29", "1405-09-08", DAY, False),
    "datetime": ("2026-11-29 10:00:05", "1405-09-08 10:00:05", MOMENT, False),
    "integer": (7, "7", "۷", False),
    "float": (7.5, "7.5", "۷٫۵", False),
    "monetary": (7.5, "7.5", "۷٫۵", False),
    "char": ("۰۲۱", "كاظمي", False),
}


@tagged("post_install", "-at_install")
@freeze_time("2026-11-29 10:00:05")
class TestStock(SolarCase):
    def setUp(self):
        super().setUp()
        self.env = self.env(
            user=self.english.id, context={"lang": "en_US", "tz": "Asia/Tehran"}
        )

    def without_this_addon(self, record, name):
        """Return a method of a record as it is without what this addon has of it."""
        classes = [cls for cls in type(record).mro() if name in vars(cls)]
        ours = [cls for cls in classes if cls.__module__.startswith(MODULE)]
        self.assertTrue(ours, f"{name} is not one that this addon changes")
        return getattr(super(ours[-1], record), name)

    def test_pages_are_written_as_by_odoo(self):
        converters = [
            model
            for model in self.env
            if model.startswith("ir.qweb.field.")
            and any(
                cls.__module__.startswith(MODULE) and "value_to_html" in vars(cls)
                for cls in type(self.env[model]).mro()
            )
        ]
        self.assertEqual(set(converters), set(VALUES), "one has no value here")
        for model, (value, all_options) in VALUES.items():
            converter = self.env[model]
            stock = self.without_this_addon(converter, "value_to_html")
            for options in all_options:
                with self.subTest(model=model, options=options):
                    self.assertEqual(
                        converter.value_to_html(value, dict(options)),
                        stock(value, dict(options)),
                    )

    def test_values_of_all_fields_are_stored_as_they_were_sent(self):
        tried = 0
        for model in self.env.values():
            for name, field in model._fields.items():
                for value in SENT.get(field.type, ()):
                    vals = {name: value}
                    model._refuse_solar_years([vals])
                    self.assertIs(model._read_solar_numbers(vals), vals)
                    tried += 1
        self.assertGreater(tried, 1000)

    def test_imports_are_read_as_by_odoo(self):
        converter = self.env["ir.fields.converter"]
        for kind, values in SENT.items():
            for value in values:
                self.assertIs(converter._read_solar(value), value)
                if kind in ("integer", "float", "monetary"):
                    self.assertIs(converter._read_number(value, kind), value)

    def test_all_fields_of_dates_are_grouped_as_by_odoo(self):
        tried = 0
        for model in self.env.values():
            for name, field in model._fields.items():
                if field.type not in ("date", "datetime"):
                    continue
                for unit in periods.UNITS:
                    groupby = [f"{name}:{unit}"]
                    self.assertIs(model._by_solar_periods(groupby), groupby)
                    tried += 1
        self.assertGreater(tried, 500)

    def test_mails_are_written_as_by_odoo(self):
        mixin = self.env["mail.render.mixin"]
        ours = mixin._render_eval_context()
        stock = self.without_this_addon(mixin, "_render_eval_context")()
        for name, value in (
            ("format_date", DAY),
            ("format_datetime", MOMENT),
            ("format_time", MOMENT),
        ):
            self.assertIsNot(ours[name], stock[name])
            self.assertEqual(ours[name](value), stock[name](value))
