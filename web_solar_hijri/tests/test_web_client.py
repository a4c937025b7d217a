# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo.tests import HttpCase, tagged
from odoo.tools import file_open

from odoo.addons.web.tests.test_js import unit_test_error_checker

# The suites of Odoo's web client whose subject this addon touches: with it installed,
# nothing may have changed for somebody who counts in the Gregorian calendar.
SUITES_OF_ODOO = [
    "@web/core/components/datetime",
    "@web/core/domain_selector",
    "@web/core/l10n/dates",
    "@web/core/l10n/time",
    "@web/search/search_utils",
    "@web/views/fields/date_field",
    "@web/views/fields/daterange_field",
    "@web/views/fields/datetime_field",
    "@web/views/fields/formatters",
    "@web/views/fields/parsers",
    "@web/views/fields/remaining_days_field",
]
CALENDARS_OF_ODOO = [
    "@web/views/calendar/calendar_arch_parser",
    "@web/views/calendar/calendar_common_popover",
    "@web/views/calendar/calendar_common_renderer",
    "@web/views/calendar/calendar_date_picker",
    "@web/views/calendar/calendar_filter_section",
    "@web/views/calendar/calendar_multi_create",
    "@web/views/calendar/calendar_quick_create",
    "@web/views/calendar/calendar_year_popover",
    "@web/views/calendar/calendar_year_renderer",
]
# So long that it is run in parts: each test may take five minutes.
CALENDAR_VIEW = "@web/views/calendar/calendar_view"
PARTS = 4
SEARCH_OF_ODOO = [
    "@web/search/custom_group_by_item",
    "@web/search/search_bar",
    "@web/search/search_bar_menu",
    "@web/search/search_model",
]
# Of them, those of widths in pixels, which are other ones with other fonts.
OF_FONTS = [
    "@web/views/fields/daterange_field/list daterange: column widths",
    "@web/views/fields/daterange_field/list daterange: column widths (numeric format)",
    "@web/views/fields/daterange_field/list daterange: column widths (show_time=false)",
    "@web/views/fields/daterange_field/list daterange: column widths (no record)",
    "@web/views/fields/datetime_field/list datetime: column widths (show_time=false)",
    "@web/views/fields/datetime_field/list datetime: column widths (numeric format)",
]
# Of this addon, those that take longest.
OF_SCREENS = [
    "@web_solar_hijri/calendar_view",
    "@web_solar_hijri/date_field",
    "@web_solar_hijri/datetime_picker",
    "@web_solar_hijri/mail",
    "@web_solar_hijri/written_numbers",
]


def hoot_id(name):
    """Return the hash by which HOOT knows a suite or a test."""
    value = 0
    for char in name:
        value = ((value << 5) - value + ord(char)) & 0xFFFFFFFF
    return f"{value:08x}"


def parts_of(suite):
    """Return the names of the tests of a suite of Odoo, in parts of the same length."""
    with file_open(f"{suite.replace('@web', 'web/static/tests')}.test.js") as script:
        found = re.findall(
            r'(test\.tags\("mobile"\);\n)?^test\(`(.+?)`', script.read(), re.M
        )
    names = [f"{suite}/{name}" for mobile, name in found if not mobile]
    return [names[part::PARTS] for part in range(PARTS)]


@tagged("post_install", "-at_install")
class TestWebClient(HttpCase):
    def setUp(self):
        super().setUp()
        # Made while a page waits for them, they would keep its other requests waiting
        # longer than these do on a slow machine.
        for name in ("web.assets_unit_tests_setup", "web.assets_unit_tests"):
            bundle = self.env["ir.qweb"]._get_asset_bundle(name, css=True, js=True)
            bundle.css()
            bundle.js()

    def run_suites(self, *names, but=()):
        ids = "".join(f"&id={hoot_id(name)}" for name in names)
        ids += "".join(f"&id=-{hoot_id(name)}" for name in but)
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000{ids}",
            "",
            ready="true",
            login="admin",
            timeout=600,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=unit_test_error_checker,
        )

    def test_screens_of_this_addon(self):
        self.run_suites(*OF_SCREENS)

    def test_all_else_of_this_addon(self):
        self.run_suites("@web_solar_hijri", but=OF_SCREENS)

    def test_core_of_odoo(self):
        self.run_suites(*(name for name in SUITES_OF_ODOO if "/fields/" not in name))

    def test_fields_of_odoo(self):
        fields = (name for name in SUITES_OF_ODOO if "/fields/" in name)
        self.run_suites(*fields, but=OF_FONTS)

    def test_calendars_of_odoo(self):
        self.run_suites(*CALENDARS_OF_ODOO)

    def test_first_of_calendar_view_of_odoo(self):
        self.run_suites(*parts_of(CALENDAR_VIEW)[1])

    def test_second_of_calendar_view_of_odoo(self):
        self.run_suites(*parts_of(CALENDAR_VIEW)[2])

    def test_third_of_calendar_view_of_odoo(self):
        self.run_suites(*parts_of(CALENDAR_VIEW)[3])

    def test_all_else_of_calendar_view_of_odoo(self):
        others = [name for part in parts_of(CALENDAR_VIEW)[1:] for name in part]
        self.run_suites(CALENDAR_VIEW, but=others)

    def test_search_of_odoo(self):
        self.run_suites(*SEARCH_OF_ODOO)
