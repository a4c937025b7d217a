// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {
    allowTranslations,
    defineParams,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {beforeEach} from "@odoo/hoot";
import {mockDate} from "@odoo/hoot-mock";
import {session} from "@web/session";

const {Settings} = luxon;

/** All tests of the file are of somebody who works in Persian: 8 Azar 1405, 13:30. */
export function inPersian() {
    defineMailModels();
    defineParams({
        lang: "fa_IR",
        lang_parameters: {
            date_format: "%Y/%m/%d",
            decimal_point: ".",
            direction: "rtl",
            grouping: "[3,0]",
            thousands_sep: ",",
            time_format: "%H:%M:%S",
            week_start: 6,
        },
    });
    beforeEach(() => {
        allowTranslations();
        patchWithCleanup(session, {solar_hijri: true});
        patchWithCleanup(Settings, {defaultLocale: "fa-IR-u-ca-gregory"});
        mockDate("2026-11-29 10:00:00", 3.5);
    });
}
