// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {
    isValidJalaaliDate,
    jalaaliMonthLength,
    toGregorian,
    toJalaali,
} from "@web_solar_hijri/../lib/jalaali-js/jalaali";
import {session} from "@web/session";

const {DateTime, Settings} = luxon;

// The years in which a date is shown in the solar calendar, and read in it. A date out
// of them is one of the common era, so that a year always says which calendar it is of.
export const FIRST_YEAR = 1300;
export const LAST_YEAR = 1499;
export const FIRST_COMMON_YEAR = 1700;

/** Whether the user counts in the solar Hijri calendar. */
export const isSolar = () => Boolean(session.solar_hijri);

/** Whether the language of the user writes with Persian letters and digits. */
export const isPersian = () => /^fa\b/.test(Settings.defaultLocale);

/**
 * @param {luxon.DateTime} date
 * @returns {{year: number, month: number, day: number}}
 */
export function toSolar(date) {
    const {jy, jm, jd} = toJalaali(date.year, date.month, date.day);
    return {year: jy, month: jm, day: jd};
}

/**
 * @param {{year: number, month: number, day: number}} solar
 * @param {luxon.DateTime} [at] whose time of day and zone the result has
 * @returns {luxon.DateTime | null} null if there is no such day
 */
export function fromSolar({year, month, day}, at = DateTime.local().startOf("day")) {
    if (!isValidJalaaliDate(year, month, day)) {
        return null;
    }
    const {gy, gm, gd} = toGregorian(year, month, day);
    return at.set({year: gy, month: gm, day: gd});
}

/** Whether a date is in the years that are written in the solar calendar. */
export function isCovered(date) {
    if (!date.isValid || date.year < 1921 || date.year > 2121) {
        return false;
    }
    const {year} = toSolar(date);
    return FIRST_YEAR <= year && year <= LAST_YEAR;
}

/**
 * As luxon's `plus`, with months and years of the solar calendar: a day that the month
 * does not have becomes its last.
 *
 * @param {luxon.DateTime} date
 * @param {{years?: number, quarters?: number, months?: number}} duration
 * @returns {luxon.DateTime}
 */
export function plus(date, {years = 0, quarters = 0, months = 0}) {
    const solar = toSolar(date);
    const count = (solar.year + years) * 12 + solar.month - 1 + quarters * 3 + months;
    const year = Math.floor(count / 12);
    const month = count - year * 12 + 1;
    const day = Math.min(solar.day, jalaaliMonthLength(year, month));
    return fromSolar({year, month, day}, date);
}

/**
 * As luxon's `startOf`.
 *
 * @param {luxon.DateTime} date
 * @param {"month" | "quarter" | "year" | "decade" | "century"} unit
 */
export function startOf(date, unit) {
    const {year, month} = toSolar(date);
    const first = {
        month: {year, month},
        quarter: {year, month: month - ((month - 1) % 3)},
        year: {year, month: 1},
        decade: {year: year - (year % 10), month: 1},
        century: {year: year - (year % 100), month: 1},
    }[unit];
    return fromSolar({...first, day: 1}, date.startOf("day"));
}

const LENGTHS = {
    month: {months: 1},
    quarter: {quarters: 1},
    year: {years: 1},
    decade: {years: 10},
    century: {years: 100},
};

/** As luxon's `endOf`, with the units of `startOf`. */
export const endOf = (date, unit) =>
    plus(startOf(date, unit), LENGTHS[unit]).minus({milliseconds: 1});

/** The number of the week in the solar year: the first is that of 1 Farvardin. */
export function weekNumber(date, weekStart) {
    const first = startOf(date, "year");
    const before = (first.weekday - weekStart + 7) % 7;
    const day = Math.round(date.startOf("day").diff(first, "days").days);
    return Math.floor((day + before) / 7) + 1;
}

const names = {};

/**
 * @param {string} locale
 * @returns {string[]} the names of the twelve months in a language
 */
export function monthNames(locale = Settings.defaultLocale) {
    const language = locale.split(/[-_]/)[0];
    if (!names[language]) {
        const format = new Intl.DateTimeFormat(`${language}-u-ca-persian`, {
            month: "long",
            timeZone: "UTC",
        });
        names[language] = Array.from({length: 12}, (_, index) => {
            const {gy, gm, gd} = toGregorian(1400, index + 1, 10);
            return format.format(new Date(Date.UTC(gy, gm - 1, gd)));
        });
    }
    return names[language];
}

/** The text with the digits of the user's language, if that is Persian. */
export const localDigits = (text) =>
    isPersian()
        ? String(text).replace(/\d/g, (digit) => String.fromCharCode(0x06f0 + +digit))
        : String(text);
