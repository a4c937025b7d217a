# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "Solar Hijri Calendar",
    "summary": "Enter and read dates in the solar Hijri (Persian, Jalali) calendar",
    "version": "19.0.1.0.0",
    "author": "web_solar_hijri contributors",
    "license": "LGPL-3",
    "category": "Hidden/Tools",
    "depends": ["base_import", "mail", "web"],
    "external_dependencies": {"python": ["jdatetime"]},
    "data": ["views/res_users_views.xml"],
    "assets": {
        "web.assets_backend": [
            # before any module is defined whose functions it makes exchangeable
            (
                "after",
                "web/static/src/module_loader.js",
                "web_solar_hijri/static/src/exchange.js",
            ),
            "web_solar_hijri/static/lib/jalaali-js/jalaali.js",
            "web_solar_hijri/static/src/**/*",
            ("remove", "web_solar_hijri/static/src/search/letters.js"),
            ("remove", "web_solar_hijri/static/src/search/ranges.js"),
            ("remove", "web_solar_hijri/static/src/spreadsheet/*.js"),
            ("remove", "web_solar_hijri/static/src/views/calendar.js"),
            ("remove", "web_solar_hijri/static/src/views/graph.js"),
            ("remove", "web_solar_hijri/static/src/core/datetime_picker.js"),
            ("remove", "web_solar_hijri/static/src/core/property_numbers.js"),
            ("remove", "web_solar_hijri/static/src/core/shown_numbers.js"),
            ("remove", "web_solar_hijri/static/src/mail/*.js"),
        ],
        "web.assets_backend_lazy": ["web_solar_hijri/static/src/views/graph.js"],
        # before anything is shown to somebody who counts in it, or works in Persian
        "web_solar_hijri.shown": [
            "web_solar_hijri/static/src/core/datetime_picker.js",
            "web_solar_hijri/static/src/core/property_numbers.js",
            "web_solar_hijri/static/src/core/shown_numbers.js",
            "web_solar_hijri/static/src/mail/*.js",
            "web_solar_hijri/static/src/search/letters.js",
        ],
        "web_solar_hijri.lazy": [
            "web_solar_hijri/static/src/search/ranges.js",
            "web_solar_hijri/static/src/views/calendar.js",
        ],
        # there if the addon for spreadsheets is
        "spreadsheet.o_spreadsheet": ["web_solar_hijri/static/src/spreadsheet/*.js"],
        "web.fullcalendar_lib": ["web_solar_hijri/static/fullcalendar/*.js"],
        "web.assets_unit_tests_setup": [
            (
                "after",
                "web_solar_hijri/static/src/exchange.js",
                "web_solar_hijri/static/tests/in_all_suites.js",
            ),
            ("include", "web_solar_hijri.lazy"),
            ("include", "web_solar_hijri.shown"),
        ],
        "web.assets_tests": ["web_solar_hijri/static/tests/tours/**/*"],
        "web.assets_unit_tests": [
            "web_solar_hijri/static/tests/**/*",
            ("remove", "web_solar_hijri/static/tests/in_all_suites.js"),
            ("remove", "web_solar_hijri/static/tests/tours/**/*"),
        ],
    },
}
