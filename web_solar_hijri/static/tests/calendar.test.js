// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {
    endOf,
    fromSolar,
    isCovered,
    monthNames,
    plus,
    startOf,
    toSolar,
    weekNumber,
} from "@web_solar_hijri/core/calendar";
import {describe, expect, test} from "@odoo/hoot";

const {DateTime} = luxon;
const date = (iso) => DateTime.fromISO(iso);
const at = (year, month, day) => fromSolar({year, month, day}).toISODate();

describe.current.tags("headless");

/** FNV-1a; `test_solar.py` takes that of the same days, by jdatetime. */
function checksum(lines) {
    let sum = 0x811c9dc5;
    for (const line of lines) {
        for (let index = 0; index < line.length; index++) {
            sum = Math.imul(sum ^ line.charCodeAt(index), 0x01000193) >>> 0;
        }
    }
    return sum;
}

test("each day of 1300 to 1499 is what it is for jdatetime", () => {
    const lines = [];
    const end = fromSolar({year: 1500, month: 1, day: 1});
    let day = fromSolar({year: 1300, month: 1, day: 1});
    for (; day < end; day = day.plus({days: 1})) {
        const solar = toSolar(day);
        lines.push(`${day.toISODate()}=${solar.year}-${solar.month}-${solar.day}\n`);
        if (+fromSolar(solar, day) !== +day) {
            throw new Error(`${day.toISODate()} does not come back`);
        }
    }
    expect(lines).toHaveLength(73049);
    expect(checksum(lines)).toBe(1040201358);
});

test("leap years have a 30 Esfand", () => {
    const leap = [];
    for (let year = 1390; year < 1420; year++) {
        if (fromSolar({year, month: 12, day: 30})) {
            leap.push(year);
        }
    }
    expect(leap).toEqual([1391, 1395, 1399, 1403, 1408, 1412, 1416]);
    expect(fromSolar({year: 1404, month: 12, day: 30})).toBe(null);
    expect(fromSolar({year: 1405, month: 7, day: 31})).toBe(null);
});

test("bounds of months, quarters, years, decades and centuries", () => {
    const day = date("2026-11-29");
    const bounds = (unit) =>
        `${startOf(day, unit).toISODate()} ${endOf(day, unit).toISODate()}`;
    expect(bounds("month")).toBe(`${at(1405, 9, 1)} ${at(1405, 9, 30)}`);
    expect(bounds("quarter")).toBe(`${at(1405, 7, 1)} ${at(1405, 9, 30)}`);
    expect(bounds("year")).toBe(`${at(1405, 1, 1)} ${at(1405, 12, 29)}`);
    expect(bounds("decade")).toBe(`${at(1400, 1, 1)} ${at(1409, 12, 29)}`);
    expect(bounds("century")).toBe(`${at(1400, 1, 1)} ${at(1499, 12, 29)}`);
});

test("months and years are added in the solar calendar", () => {
    const end = fromSolar({year: 1405, month: 6, day: 31});
    expect(plus(end, {months: 1}).toISODate()).toBe(at(1405, 7, 30));
    expect(plus(end, {months: -6}).toISODate()).toBe(at(1404, 12, 29));
    expect(plus(end, {months: 7}).toISODate()).toBe(at(1406, 1, 31));
    const leap = fromSolar({year: 1403, month: 12, day: 30});
    expect(plus(leap, {years: 1}).toISODate()).toBe(at(1404, 12, 29));
    expect(plus(leap, {years: 5}).toISODate()).toBe(at(1408, 12, 30));
});

test("weeks are counted from 1 Farvardin", () => {
    expect(weekNumber(fromSolar({year: 1405, month: 1, day: 1}), 6)).toBe(1);
    // 1 Farvardin 1405 is a Saturday
    expect(weekNumber(fromSolar({year: 1405, month: 1, day: 7}), 6)).toBe(1);
    expect(weekNumber(fromSolar({year: 1405, month: 1, day: 8}), 6)).toBe(2);
});

test("names of months, and the years that have them", () => {
    expect(monthNames("fa")[8]).toBe("آذر");
    expect(monthNames("en_US")[8]).toBe("Azar");
    expect(isCovered(date("1921-03-21"))).toBe(true);
    expect(isCovered(date("1921-03-20"))).toBe(false);
    expect(isCovered(date("2121-03-20"))).toBe(true);
    expect(isCovered(date("2121-03-21"))).toBe(false);
    expect(isCovered(date("9999-12-31"))).toBe(false);
});
