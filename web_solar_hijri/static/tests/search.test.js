// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {constructDateDomain, getPeriodOptions} from "@web/search/utils/dates";
import {describe, expect, test} from "@odoo/hoot";
import {Domain} from "@web/core/domain";
import {inPersian} from "./solar_test_helpers";
import {makeMockEnv} from "@web/../tests/web_test_helpers";

const {DateTime} = luxon;

describe.current.tags("headless");
inPersian();

const optionsParams = {
    startYear: -2,
    endYear: 0,
    startMonth: -2,
    endMonth: 0,
    customOptions: [],
};
const item = (fieldType) => ({
    fieldName: "day",
    fieldType,
    optionsParams,
    domain: "[]",
});

function ask(fieldType, ...optionIds) {
    const {domain, description} = constructDateDomain(
        DateTime.local(),
        item(fieldType),
        optionIds
    );
    return [new Domain(domain).toList(), description];
}

test("the periods of a date filter are solar", async () => {
    await makeMockEnv();
    const options = getPeriodOptions(DateTime.local(), optionsParams);
    const described = (granularity) =>
        options
            .filter((option) => option.granularity === granularity)
            .map(({id, description, defaultYearId}) =>
                [id, description.toString(), defaultYearId].join(" ").trim()
            );
    expect(described("month")).toEqual([
        "month آذر year",
        "month-1 آبان year",
        "month-2 مهر year",
    ]);
    expect(described("year")).toEqual(["year ۱۴۰۵", "year-1 ۱۴۰۴", "year-2 ۱۴۰۳"]);
    expect(described("quarter").at(-1)).toBe("first_quarter Spring year");
});

test("the filter of Azar is that of 1 to 30 Azar", async () => {
    await makeMockEnv();
    expect(ask("date", "year", "month")).toEqual([
        ["&", ["day", ">=", "2026-11-22"], ["day", "<=", "2026-12-21"]],
        "آذر ۱۴۰۵",
    ]);
    expect(ask("datetime", "year", "month")[0]).toEqual([
        "&",
        ["day", ">=", "2026-11-21 20:30:00"],
        ["day", "<=", "2026-12-21 20:29:59"],
    ]);
});

test("years and quarters, one or more", async () => {
    await makeMockEnv();
    expect(ask("date", "year-2")).toEqual([
        ["&", ["day", ">=", "2024-03-20"], ["day", "<=", "2025-03-20"]],
        "۱۴۰۳",
    ]);
    const [domain, description] = ask("date", "year", "year-1", "first_quarter");
    expect(domain).toEqual([
        "|",
        "&",
        ["day", ">=", "2025-03-21"],
        ["day", "<=", "2025-06-21"],
        "&",
        ["day", ">=", "2026-03-21"],
        ["day", "<=", "2026-06-21"],
    ]);
    expect(description).toBe("Spring ۱۴۰۴/Spring ۱۴۰۵");
});
