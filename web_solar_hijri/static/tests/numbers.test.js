// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {
    parseFloat,
    parseFloatTime,
    parseInteger,
    parseMonetary,
    parsePercentage,
} from "@web/views/fields/parsers";
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {makeMockEnv, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {formatFloat} from "@web/views/fields/formatters";
import {inPersian} from "./solar_test_helpers";
import {registry} from "@web/core/registry";
import {session} from "@web/session";

const {Settings} = luxon;

describe.current.tags("headless");
inPersian();
beforeEach(() => makeMockEnv());

test("numbers in Persian and Arabic digits", () => {
    expect(parseFloat("۱۲۵۰")).toBe(1250);
    expect(parseFloat("١٢٥٠")).toBe(1250);
    expect(parseFloat("۱۲٬۵۰۰٫۷۵")).toBe(12500.75);
    expect(parseFloat("-۱۲٫۵")).toBe(-12.5);
    expect(parseFloat("‏۱۲،۵۰۰")).toBe(12500);
    expect(parseFloat("=۱۲+۳")).toBe(15);
    expect(parseInteger("۱٬۲۵۰")).toBe(1250);
    expect(parseMonetary("۱۲۵۰")).toBe(1250);
    expect(parseMonetary("۱٬۲۵۰٬۰۰۰ ریال")).toBe(1250000);
    expect(parseMonetary("﷼ ۱۲٫۵")).toBe(12.5);
    expect(parsePercentage("۵۰٪")).toBe(0.5);
    expect(parseFloatTime("۱:۳۰")).toBe(1.5);
    expect(parseMonetary("")).toBe(0);
});

test("what is no number is refused, not 0", () => {
    for (const text of ["abc", "٬", "٫", "دوازده", "ریال", "۱۲٬۵", "۱،۵", "۱۲ هزار"]) {
        for (const parse of [
            parseFloat,
            parseInteger,
            parseMonetary,
            parsePercentage,
        ]) {
            expect(() => parse(text)).toThrow();
        }
    }
});

test("the registry has the same parsers", () => {
    const parsers = registry.category("parsers");
    expect(parsers.get("monetary")("۱۲۵۰")).toBe(1250);
    expect(parsers.get("float")("۱۲۵۰")).toBe(1250);
    expect(() => parsers.get("monetary")("abc")).toThrow();
});

test("who works in another language and calendar gets what Odoo gives", () => {
    patchWithCleanup(session, {solar_hijri: false});
    patchWithCleanup(Settings, {defaultLocale: "en-US"});
    expect(parseMonetary("abc")).toBe(0);
    expect(parseMonetary("$ 1,250.5")).toBe(1250.5);
});

test("numbers are shown in Persian digits where they are only looked at", () => {
    const shown = (key, ...args) => registry.category("formatters").get(key)(...args);
    expect(shown("integer", 1250)).toBe("۱,۲۵۰");
    expect(shown("float", 12.5)).toBe("۱۲.۵۰");
    expect(shown("monetary", 1250.5)).toBe("۱,۲۵۰.۵۰");
    expect(shown("percentage", 0.5)).toBe("۵۰%");
    expect(shown("float_time", 1.5)).toBe("۰۱:۳۰");
    expect(shown("float", false)).toBe("");
    // some count with it
    expect(formatFloat(12.5)).toBe("12.50");
    patchWithCleanup(session, {solar_hijri: false});
    expect(shown("integer", 1250)).toBe("1,250");
});
