// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {describe, expect, test} from "@odoo/hoot";
import {
    deserializeDateTime,
    formatDate,
    formatDateTime,
    parseDate,
    parseDateTime,
    serializeDate,
    serializeDateTime,
    toLocaleDateString,
    toLocaleDateTimeString,
} from "@web/core/l10n/dates";
import {inPersian} from "./solar_test_helpers";
import {makeMockEnv, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {session} from "@web/session";

const {DateTime} = luxon;

describe.current.tags("headless");
inPersian();

const READ = {
    "۱۴۰۵/۰۹/۰۸": "2026-11-29",
    "١٤٠٥/٠٩/٠٨": "2026-11-29",
    "1405/9/8": "2026-11-29",
    "1405-09-08": "2026-11-29",
    "1405.09.08": "2026-11-29",
    "05/09/1405": "2026-11-26",
    "۸ آذر": "2026-11-29",
    "8 آذر ۱۴۰۵": "2026-11-29",
    "۸ آذرماه ۱۴۰۵": "2026-11-29",
    "8 آذر ماه، 1405": "2026-11-29",
    "۲۲ اردي‌بهشت ۱۴۰۵": "2026-05-12",
    "8 Azar 1405": "2026-11-29",
    "1403/12/30": "2025-03-20",
    "2026-11-29": "2026-11-29",
    "2026/11/29": "2026-11-29",
    "۲۰۲۶/۱۱/۲۹": "2026-11-29",
    "+3d": "2026-12-02",
    "+۳d": "2026-12-02",
    "-1w": "2026-11-22",
    today: "2026-11-29",
    // a solar month, and the first day of one
    "+1m": "2026-12-29",
    "=1d": "2026-11-22",
    "today +1y =1d": "2027-11-22",
};

for (const [text, iso] of Object.entries(READ)) {
    test(`the date ${text} is read`, async () => {
        await makeMockEnv();
        expect(serializeDate(parseDate(text))).toBe(iso);
    });
}

const UNREADABLE = [
    "1405/13/01",
    "1404/12/30", // no leap year
    "1405/7/31",
    "5/9/8",
    "0905",
    "14050908",
    "5",
    "1299/12/29",
    "1500/01/01",
    "25/11/2026", // of which the day could be the month
    "2026/02/30",
    "۸ نوامبر",
    "8 foo 1405",
    "foo",
    "1405/09/08 25:00",
    "+1m foo",
];

for (const text of UNREADABLE) {
    test(`${text} is no date`, async () => {
        await makeMockEnv();
        expect(() => parseDate(text)).toThrow(/cannot be read as a date/);
        expect(() => parseDateTime(text)).toThrow(/cannot be read as a date/);
    });
}

test("dates with a time are read", async () => {
    await makeMockEnv();
    const read = (text) => parseDateTime(text).toFormat("yyyy-MM-dd HH:mm:ss");
    expect(read("۱۴۰۵/۰۹/۰۸ ۱۳:۳۰:۱۵")).toBe("2026-11-29 13:30:15");
    expect(read("1405/9/8 1:05")).toBe("2026-11-29 01:05:00");
    expect(read("۸ آذر، ساعت ۹:۳۰")).toBe("2026-11-29 09:30:00");
    expect(read("8 آذر 1405 1:30 ب.ظ.")).toBe("2026-11-29 13:30:00");
    expect(read("1405-09-08 12:00 am")).toBe("2026-11-29 00:00:00");
    expect(read("2026-11-29 08:00")).toBe("2026-11-29 08:00:00");
    expect(read("1405/9/8")).toBe("2026-11-29 00:00:00");
    expect(serializeDate(parseDate("1405/9/8 13:30"))).toBe("2026-11-29");
    const there = parseDateTime("1405/9/8 01:00", {tz: "Asia/Tokyo"});
    expect(serializeDateTime(there)).toBe("2026-11-28 16:00:00");
});

test("what is written is what is read", async () => {
    await makeMockEnv();
    for (let offset = -40000; offset < 36000; offset += 97) {
        const moment = DateTime.local()
            .startOf("second")
            .plus({days: offset, hours: offset});
        expect(serializeDate(parseDate(formatDate(moment)))).toBe(
            serializeDate(moment)
        );
        expect(+parseDateTime(formatDateTime(moment))).toBe(+moment);
    }
    for (const iso of ["1000-01-01", "1405-09-08", "9999-12-31"]) {
        expect(formatDate(DateTime.fromISO(iso))).toBe(iso);
    }
});

test("dates are written in the solar calendar, with Persian digits", async () => {
    await makeMockEnv();
    const moment = deserializeDateTime("2026-11-29 10:00:05");
    expect(formatDate(moment)).toBe("۱۴۰۵/۰۹/۰۸");
    expect(formatDateTime(moment)).toBe("۱۴۰۵/۰۹/۰۸ ۱۳:۳۰:۰۵");
    expect(formatDateTime(moment, {tz: "UTC"})).toBe("۱۴۰۵/۰۹/۰۸ ۱۰:۰۰:۰۵");
    expect(toLocaleDateString(moment)).toBe("۸ آذر");
    expect(toLocaleDateTimeString(moment)).toBe("۸ آذر، ۱۳:۳۰");
    expect(toLocaleDateTimeString(moment, {showTime: false})).toBe("۸ آذر");
    expect(toLocaleDateTimeString(moment, {showDate: false, showSeconds: true})).toBe(
        "۱۳:۳۰:۰۵"
    );
    expect(serializeDateTime(moment)).toBe("2026-11-29 10:00:05");
});

test("the year is left out of this solar year's dates only", async () => {
    await makeMockEnv();
    const shown = (iso) => toLocaleDateString(DateTime.fromISO(iso));
    expect(shown("2026-01-10")).toBe("۲۰ دی ۱۴۰۴");
    expect(shown("2026-03-20")).toBe("۲۹ اسفند ۱۴۰۴");
    expect(shown("2026-03-21")).toBe("۱ فروردین");
    expect(shown("2027-01-10")).toBe("۲۰ دی");
    expect(shown("2027-03-21")).toBe("۱ فروردین ۱۴۰۶");
});

test("who counts in the Gregorian calendar reads and writes as ever", async () => {
    await makeMockEnv();
    patchWithCleanup(session, {solar_hijri: false});
    expect(formatDate(DateTime.fromISO("2026-11-29"))).toBe("2026/11/29");
    expect(serializeDate(parseDate("1405/09/08"))).toBe("1405-09-08");
});
