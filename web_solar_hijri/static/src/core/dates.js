// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import * as dates from "@web/core/l10n/dates";
import {
    FIRST_COMMON_YEAR,
    isCovered,
    isPersian,
    isSolar,
    localDigits,
    monthNames,
    toSolar,
} from "./calendar";
import {normalized, readDate, readRelative} from "./reading";
import {_t} from "@web/core/l10n/translation";
import {localization} from "@web/core/l10n/localization";

const {DateTime} = luxon;

const pad = (number) => String(number).padStart(2, "0");

/** 1405/09/08: year first, which nobody reads in another order */
export function numericDate(value) {
    if (!isCovered(value)) {
        return value.toFormat("yyyy-MM-dd", {numberingSystem: "latn"});
    }
    const {year, month, day} = toSolar(value);
    return localDigits(`${year}/${pad(month)}/${pad(day)}`);
}

/** 8 Azar 1405; without the year if it is this one */
export function namedDate(value, {year: withYear = true} = {}) {
    if (!isCovered(value)) {
        return numericDate(value);
    }
    const {year, month, day} = toSolar(value);
    const parts = [day, monthNames()[month - 1], ...(withYear ? [year] : [])];
    return localDigits(parts.join(" "));
}

export const isThisYear = (value) =>
    isCovered(value) && toSolar(value).year === toSolar(DateTime.local()).year;

// ISO and the like is for programs, not for people.
const isData = (format) => Boolean(format) && /^yyyy-?MM-?dd/.test(format);
const isDefault = ({format}) =>
    !format || [localization.dateFormat, localization.dateTimeFormat].includes(format);

function instead(name, make) {
    const {original} = dates[name];
    const solar = make(original);
    dates[name].instead = (value, options = {}) =>
        isSolar() && value && !isData(options.format)
            ? solar(value, options)
            : original(value, options);
}

instead("formatDate", (original) => (value, options) => {
    return isDefault(options) ? numericDate(value) : original(value, options);
});

instead("formatDateTime", (original) => (value, options) => {
    if (!isDefault(options)) {
        return original(value, options);
    }
    const there = value.setZone(options.tz || "default");
    const time = localDigits(there.toFormat(localization.timeFormat));
    return `${numericDate(there)} ${time}`;
});

instead("toLocaleDateString", () => (value) => {
    return namedDate(value, {year: !isThisYear(value)});
});

instead("toLocaleDateTimeString", () => (value, options) => {
    const there = value.setZone(options.tz || "default");
    const parts = [];
    if (options.showDate !== false) {
        parts.push(namedDate(there, {year: !isThisYear(there)}));
    }
    if (options.showTime !== false) {
        const format = {...DateTime.TIME_WITH_SECONDS};
        if (!options.showSeconds) {
            delete format.second;
        }
        parts.push(localDigits(there.toLocaleString(format)));
    }
    return parts.join(isPersian() ? "، " : ", ");
});

function unreadable(value) {
    return new dates.ConversionError(
        _t(
            "“%s” cannot be read as a date. Write it as 1405/09/08, 8 Azar 1405 or +3d, or as 2026-11-29 in the Gregorian calendar.",
            value
        )
    );
}

function read(original, value, options) {
    const zone = options.tz || "default";
    const text = normalized(value);
    let found = readRelative(text, zone);
    if (found === undefined) {
        found = readDate(text, zone);
    }
    if (!found && (!isDefault(options) || /^(today|now|[-+=])/.test(text))) {
        try {
            found = original(text, options);
        } catch {
            throw unreadable(value);
        }
    }
    if (!found || found.year < FIRST_COMMON_YEAR) {
        throw unreadable(value);
    }
    return found;
}

instead("parseDate", () => (value, options) => {
    const {original} = dates.parseDateTime;
    return read(original, value, options).startOf("day");
});

instead("parseDateTime", (original) => (value, options) => {
    return read(original, value, options);
});
