// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {describe, expect, test} from "@odoo/hoot";
import {makeMockEnv} from "@web/../tests/web_test_helpers";
import {mockDate} from "@odoo/hoot-mock";

const {DateTime} = luxon;

describe.current.tags("headless");

// Dates around new years of both calendars, and some out of the solar years
const DATES = [
    "0600-01-01",
    "1405-09-08",
    "1921-03-20",
    "2024-12-31T23:59:59",
    "2025-03-20T13:30:05",
    "2025-03-21",
    "2026-11-29T10:00:05",
    "2121-03-21",
    "9999-12-31",
].map((iso) => DateTime.fromISO(iso));
const FORMATS = ["", "MM/dd/yyyy", "yyyy-MM-dd", "MMMM yyyy", "d MMM", "HH:mm"];
const TEXTS = [
    "",
    "11/29/2026",
    "29/11/2026",
    "2026-11-29",
    "11/29/2026 13:30:05",
    "1405/09/08",
    "۱۴۰۵/۰۹/۰۸",
    "8 Azar 1405",
    "+3d",
    "today =1d",
    "nonsense",
    "0",
    "1,250.50",
    "$ 1,250.5",
    "1:30",
    "50%",
    "=2*3",
    "۱۲٫۵",
    "١٢٥٠",
    "۱۲ هزار",
    "Crème BRÛLÉE",
    "كاظمي مسؤول",
];
const PARAMS = {
    startYear: -2,
    endYear: 0,
    startMonth: -2,
    endMonth: 0,
    customOptions: [],
};
const ITEM = {fieldName: "day", optionsParams: PARAMS, domain: "[]"};
const CHOSEN = [["year"], ["year", "month"], ["year-1", "first_quarter", "month-2"]];

const shown = DATES.flatMap((date) => [
    [date],
    ...FORMATS.map((format) => [date, {format}]),
]);
const inWords = DATES.flatMap((date) =>
    [{}, {showTime: false}, {showDate: false}, {showSeconds: true}].map((options) => [
        date,
        options,
    ])
);
const typed = TEXTS.map((text) => [text]);
// What each function is asked: one that has nothing here has been forgotten.
const ASKED = {
    constructDateDomain: DATES.flatMap((date) =>
        ["date", "datetime"].flatMap((fieldType) =>
            CHOSEN.map((ids) => [date, {...ITEM, fieldType}, ids])
        )
    ),
    formatDate: shown,
    formatDateTime: shown,
    formatDuration: [5, 60, 7320, 90061, 1e7, 1e8].flatMap((seconds) => [
        [seconds, true],
        [seconds, false],
    ]),
    getFormattedDateSpan: DATES.slice(1).map((date, index) => [DATES[index], date]),
    getPeriodOptions: DATES.map((date) => [date, PARAMS]),
    normalize: typed,
    parseDate: typed,
    parseDateTime: typed,
    parseFloat: typed,
    parseFloatTime: typed,
    parseInteger: typed,
    parseMonetary: typed,
    parsePercentage: typed,
    toLocaleDateString: inWords,
    toLocaleDateTimeString: inWords,
};

function answer(ask, args) {
    try {
        return JSON.stringify(ask(...args));
    } catch (error) {
        return `${error.name}: ${error.message}`;
    }
}

test("who works in English gets from each exchanged function what Odoo's gives", async () => {
    mockDate("2026-11-29 10:00:00", 3.5);
    await makeMockEnv();
    const walked = new Set();
    for (const module of odoo.loader.modules.values()) {
        for (const [name, exported] of Object.entries(module || {})) {
            if (typeof exported !== "function" || !exported.original) {
                continue;
            }
            walked.add(name);
            for (const args of ASKED[name]) {
                const [got, wanted] = [exported, exported.original].map((ask) =>
                    answer(ask, args)
                );
                if (got !== wanted) {
                    throw new Error(`${name}(${args}): ${got}, not ${wanted}`);
                }
            }
        }
    }
    expect([...walked].sort()).toEqual(Object.keys(ASKED));
});
