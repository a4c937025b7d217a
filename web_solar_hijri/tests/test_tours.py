# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import datetime

import jdatetime

from odoo import Command
from odoo.tests import HttpCase, tagged

from .common import SolarCase

VIEWS = {
    "list": '<list><field name="name"/><field name="rate"/></list>',
    "form": '<form><field name="name"/><field name="rate"/></form>',
    "kanban": """<kanban><templates><t t-name="card">
        <field name="name"/></t></templates></kanban>""",
    "calendar": """<calendar date_start="name" mode="month">
        <field name="rate"/></calendar>""",
    "search": '<search><filter name="day" string="Day" date="name"/></search>',
}


@tagged("post_install", "-at_install")
class TestTours(SolarCase, HttpCase):
    """What people do on their screens, in Chromium, today.

    Of the models that are always there, currency rates have a date.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        views = cls.env["ir.ui.view"].create(
            [
                {"name": kind, "model": "res.currency.rate", "type": kind, "arch": arch}
                for kind, arch in VIEWS.items()
            ]
        )
        modes = [kind for kind in VIEWS if kind != "search"]
        euro = cls.env.ref("base.EUR")
        euro.rate_ids.unlink()
        cls.action = cls.env["ir.actions.act_window"].create(
            {
                "name": "Days",
                "res_model": "res.currency.rate",
                "view_mode": ",".join(modes),
                "view_ids": [
                    Command.create({"view_mode": view.type, "view_id": view.id})
                    for view in views
                    if view.type != "search"
                ],
                "search_view_id": views[-1].id,
                "context": {
                    "default_currency_id": euro.id,
                    "default_name": False,
                    "default_rate": 2,
                },
                "domain": [("currency_id", "=", euro.id)],
            }
        )
        cls.euro = euro
        # as in test_web_client: a page waits too long for those of another direction
        for name in ("web.assets_web", "web.assets_web_print"):
            cls.env["ir.qweb"]._get_asset_bundle(name, js=False, rtl=True).css()
        # that of the browser, which stock Odoo asks what day it is
        (cls.persian + cls.english).tz = "UTC"
        cls.today = datetime.date.today()

    def tour(self, name, user):
        self.start_tour(
            f"/odoo/action-{self.action.id}", name, login=user.login, timeout=180
        )

    def days(self):
        rates = self.env["res.currency.rate"].search(
            [("currency_id", "=", self.euro.id)], order="id"
        )
        return [str(rate.name) for rate in rates]

    def rate(self, *dates):
        self.env["res.currency.rate"].create(
            [{"name": date, "currency_id": self.euro.id, "rate": 2} for date in dates]
        )

    def test_each_way_of_entering(self):
        today = jdatetime.date.fromgregorian(date=self.today)
        next_month = today.replace(day=1) + datetime.timedelta(days=31)
        self.tour("web_solar_hijri_entering", self.persian)
        self.assertEqual(
            self.days(),
            [
                "2026-03-28",
                "2026-04-28",
                "2026-05-29",
                "2026-06-29",
                str(jdatetime.date(today.year, 5, 8).togregorian()),
                "2026-09-29",
                str(self.today + datetime.timedelta(days=3)),
                str(next_month.replace(day=18).togregorian()),
                "2027-02-20",
            ],
        )

    def test_each_place_of_showing(self):
        this_year = jdatetime.date.fromgregorian(date=self.today).replace(
            month=1, day=8
        )
        self.rate(str(this_year.togregorian()), "2026-01-10")
        self.tour("web_solar_hijri_showing", self.persian)

    def test_an_english_user_has_stock_odoo(self):
        self.tour("web_solar_hijri_stock", self.english)
        self.assertEqual(
            self.days(),
            [
                "2026-03-28",
                str(self.today + datetime.timedelta(days=3)),
            ],
        )
