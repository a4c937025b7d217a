// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

// What somebody wrote who counts in the solar calendar: the same rules as in `solar.py`.
import {
    FIRST_COMMON_YEAR,
    FIRST_YEAR,
    LAST_YEAR,
    fromSolar,
    monthNames,
    plus,
    toSolar,
} from "./calendar";

const {DateTime} = luxon;

const UNSEEN = /[\u061c\u200c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const DATE = new RegExp(
    "^(?:(?<y1>\\d{4})(?<s1>[-/.])(?<m1>\\d{1,2})\\k<s1>(?<d1>\\d{1,2})" +
        "|(?<d2>\\d{1,2})(?<s2>[-/.])(?<m2>\\d{1,2})\\k<s2>(?<y2>\\d{4})" +
        "|(?<d3>\\d{1,2}) (?<name>\\p{L}+)(?: ماه)?(?: ?[،, ] ?(?<y3>\\d{4}))?)" +
        "(?:(?: ?[،,T ]) ?(?:ساعت )?(?<time>\\d{1,2}:\\d{1,2}(?::\\d{1,2})?)" +
        "(?: ?(?<half>[ap]\\.?m\\.?|[قب]\\.?ظ\\.?|(?:قبل|بعد) ?از ?ظهر))?)?$",
    "iu"
);
const TERMS =
    /^(?:(?:today|now)(?: |$))?(?:[-+]\d+[dwmy]|=\d+[dmy])(?: (?:[-+]\d+[dwmy]|=\d+[dmy]))*$/;
const UNITS = {d: "day", w: "week", m: "month", y: "year"};

/** The text with Latin digits and Persian letters, without what is not seen. */
export function normalized(text) {
    return text
        .replace(/[\u06f0-\u06f9\u0660-\u0669]/g, (digit) => digit.charCodeAt(0) & 0xf)
        .replaceAll("ي", "ی")
        .replaceAll("ك", "ک")
        .replace(UNSEEN, "")
        .replace(/\s+/g, " ")
        .trim();
}

function monthNamed(name) {
    const wanted = [name, name.replace(/ماه$/, "")].map((n) => n.toLowerCase());
    for (const locale of ["fa", "en"]) {
        const index = monthNames(locale).findIndex((known) =>
            wanted.includes(normalized(known).toLowerCase())
        );
        if (index >= 0) {
            return index + 1;
        }
    }
    return 0;
}

/** The time of day, or null if there is no such time. */
function readTime(text, half) {
    const [written, minute, second = 0] = (text || "0:0").split(":").map(Number);
    let hour = written;
    if (half) {
        if (hour < 1 || hour > 12) {
            return null;
        }
        hour = (hour % 12) + (/^[pPب]/.test(half) ? 12 : 0);
    }
    return hour < 24 && minute < 60 && second < 60 ? {hour, minute, second} : null;
}

/**
 * Read a date, with or without a time of day.
 *
 * @param {string} text
 * @param {string} [zone] in which it is meant
 * @returns {luxon.DateTime | null} null when it cannot be read
 */
export function readDate(text, zone = "default") {
    const now = DateTime.local({zone});
    const found = normalized(text).match(DATE)?.groups;
    const time = found && readTime(found.time, found.half);
    if (!time) {
        return null;
    }
    const year = Number(found.y1 || found.y2 || found.y3 || toSolar(now).year);
    const month = Number(found.m1 || found.m2 || monthNamed(found.name));
    const day = Number(found.d1 || found.d2 || found.d3);
    let date = null;
    if (FIRST_YEAR <= year && year <= LAST_YEAR) {
        date = fromSolar({year, month, day}, now.startOf("day"));
    } else if (found.y1 && year >= FIRST_COMMON_YEAR) {
        date = DateTime.fromObject({year, month, day}, {zone});
    }
    return date?.isValid ? date.set({...time, millisecond: 0}) : null;
}

/**
 * Read what counts from now in months or years, or sets a part of the date: `+2m`,
 * `today =1d`. All else that Odoo knows of that kind is the same in each calendar.
 *
 * @param {string} text
 * @returns {luxon.DateTime | null | undefined} undefined if it is not of that kind
 */
export function readRelative(text, zone = "default") {
    const written = normalized(text);
    if (!/\d[my]\b|=\d+d\b/.test(written)) {
        return undefined;
    }
    if (!TERMS.test(written)) {
        return null;
    }
    let date = DateTime.local({zone}).startOf("second");
    for (const term of written.split(" ")) {
        const count = parseInt(term.slice(1));
        const unit = UNITS[term.at(-1)];
        if (term === "today") {
            date = date.startOf("day");
        } else if (term === "now") {
            continue;
        } else if (term[0] === "=") {
            date = fromSolar({...toSolar(date), [unit]: count}, date.startOf("day"));
        } else if (/[dw]$/.test(term)) {
            date = date.plus({[unit]: Number(term[0] + count)});
        } else {
            date = plus(date, {[`${unit}s`]: Number(term[0] + count)});
        }
        if (!date) {
            return null;
        }
    }
    return date;
}

/**
 * A number that may be written the Persian way, as Odoo reads numbers.
 *
 * @param {string} text
 * @param {{decimalPoint: string}} localization
 * @returns {string | null} null if it is none
 */
export function readNumber(text, {decimalPoint}) {
    let number = normalized(text).replaceAll("٪", "%").replaceAll("−", "-");
    if (number && !/\d/.test(number)) {
        return null;
    }
    // A word after a number is not dropped where it may be a part of it.
    if (/هزار|میلیون|میلیارد|همت|تومان/.test(number)) {
        return null;
    }
    if (/[٬،]/.test(number)) {
        if (!/^\D*?\d{1,3}(?:[٬،]\d{3})+(?:[٫.]\d+)?\D*$/.test(number)) {
            return null;
        }
        number = number.replace(/[٬،]/g, "");
    }
    return number.replaceAll("٫", decimalPoint);
}
