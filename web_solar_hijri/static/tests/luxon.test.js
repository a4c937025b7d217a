// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {describe, expect, test} from "@odoo/hoot";
import {makeMockEnv, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {inPersian} from "./solar_test_helpers";
import {session} from "@web/session";

const {DateTime} = luxon;

describe.current.tags("headless");
inPersian();

test("what names a day is solar", async () => {
    await makeMockEnv();
    const date = DateTime.fromISO("2026-11-29T13:30:00");
    expect(date.toLocaleString(DateTime.DATE_FULL)).toMatch(/^۸ آذر ۱۴۰۵/);
    expect(date.toLocaleString(DateTime.DATE_SHORT)).toMatch(/^۱۴۰۵\/۹\/۸/);
    expect(date.toLocaleString(DateTime.DATETIME_MED)).toMatch(/۸ آذر ۱۴۰۵/);
    expect(date.toFormat("ccc, MMM d, yyyy")).toMatch(/آذر ۸, ۱۴۰۵$/);
    expect(date.toFormat("d 'd' LLLL")).toBe("۸ d آذر");
    expect(date.toFormat("DDD")).toBe("۸ آذر ۱۴۰۵");
    expect(date.toFormat("D")).toBe("۱۴۰۵/۰۹/۰۸");
});

test("what names a month or a year is Gregorian, and mixes no calendars", async () => {
    await makeMockEnv();
    const date = DateTime.fromISO("2026-11-29T13:30:00");
    expect(date.toFormat("MMMM yyyy")).toBe("نوامبر 2026");
    expect(date.toLocaleString({month: "long", year: "numeric"})).toMatch(/نوامبر/);
});

test("what is for programs stays as it is", async () => {
    await makeMockEnv();
    const date = DateTime.fromISO("2026-11-29T13:30:00");
    expect(date.toISODate()).toBe("2026-11-29");
    expect(date.toFormat("yyyy-MM-dd HH:mm")).toBe("2026-11-29 13:30");
    expect(date.toFormat("HH:mm")).toBe("13:30");
    expect(date.toFormat("yyyy")).toBe("2026");
});

test("a day without its year has it, if that is not this solar year", async () => {
    await makeMockEnv();
    const short = (iso) =>
        DateTime.fromISO(iso).toLocaleString({month: "long", day: "numeric"});
    expect(short("2026-11-29")).toBe("۸ آذر");
    expect(short("2027-01-10")).toBe("۲۰ دی");
    expect(short("2026-01-10")).toMatch(/^۲۰ دی ۱۴۰۴/);
    expect(
        DateTime.fromISO("2026-01-10T10:00").toLocaleString({
            ...DateTime.DATETIME_MED,
            year: undefined,
        })
    ).toMatch(/۱۴۰۴/);
});

test("the next month is the next solar one", async () => {
    await makeMockEnv();
    const relative = (iso) => DateTime.fromISO(iso).toRelativeCalendar();
    expect(relative("2026-11-29")).toBe("امروز");
    expect(relative("2026-11-30")).toBe("فردا");
    // of this Azar, and of the next Gregorian month
    expect(relative("2026-12-05")).toBe("۶ روز دیگر");
    expect(relative("2026-12-22")).toBe("ماه آینده");
    expect(relative("2027-01-25")).toBe("۲ ماه بعد");
    expect(relative("2027-03-21")).toBe("سال آینده");
    expect(relative("2026-11-26")).toBe("۳ روز پیش");
    expect(relative("2026-11-21")).toBe("ماه گذشته");
});

test("times, and how long ago", async () => {
    await makeMockEnv();
    const date = DateTime.fromISO("2026-11-26T13:30:00");
    expect(date.toLocaleString(DateTime.TIME_SIMPLE)).toBe("۱۳:۳۰");
    expect(date.toLocaleString(DateTime.TIME_SIMPLE, {locale: "fa-IR"})).toBe("۱۳:۳۰");
    expect(date.toRelative()).toBe("۳ روز پیش");
});

test("who counts in the Gregorian calendar sees that", async () => {
    await makeMockEnv();
    const date = DateTime.fromISO("2026-11-29T13:30:00");
    patchWithCleanup(session, {solar_hijri: false});
    expect(date.toFormat("DDD")).toMatch(/نوامبر/);
    expect(date.toLocaleString(DateTime.DATE_FULL)).toMatch(/نوامبر/);
});
