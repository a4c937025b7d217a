// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {
    isCovered,
    isPersian,
    isSolar,
    localDigits,
    monthNames,
    toSolar,
} from "./calendar";
import {namedDate, numericDate} from "./dates";
import {patch} from "@web/core/utils/patch";

const {DateTime, Settings} = luxon;

// What names a day is solar wherever it is written. What names only a month or a year
// is not: it may stand for a range that is Gregorian.
const namesDay = ({day, dateStyle}) => Boolean(day || dateStyle);
const TOKENS = /'[^']*'|yyyy|y{1,2}|[ML]{1,4}|d{1,2}/g;
const hasToken = (format, token) => token.test(format.replace(/'[^']*'/g, ""));
const MACROS = {D: numericDate, DD: namedDate, DDD: namedDate, DDDD: namedDate};

function writeTokens(value, format) {
    const {year, month, day} = toSolar(value);
    return format.replace(TOKENS, (token) => {
        const text = {
            y: String(token === "yy" ? year % 100 : year),
            M: token.length > 2 ? monthNames()[month - 1] : String(month),
            d: String(day),
        }[token[0].replace("L", "M")];
        const written = text?.padStart(token.length === 2 ? 2 : 1, "0");
        return written === undefined ? token : ["'", written, "'"].join("");
    });
}

patch(DateTime.prototype, {
    toLocaleString(options = DateTime.DATE_SHORT, more = {}) {
        if (!isSolar() || !namesDay(options) || !isCovered(this)) {
            return super.toLocaleString(...arguments);
        }
        const numberingSystem = isPersian() ? "arabext" : "latn";
        return super.toLocaleString(options, {
            locale: Settings.defaultLocale.split("-u-")[0],
            numberingSystem,
            outputCalendar: "persian",
            ...more,
        });
    },

    toFormat(format) {
        if (!isSolar() || !isCovered(this)) {
            return super.toFormat(...arguments);
        }
        if (MACROS[format]) {
            return MACROS[format](this);
        }
        if (hasToken(format, /MMM|LLL/) && hasToken(format, /d/)) {
            return localDigits(super.toFormat(writeTokens(this, format)));
        }
        return super.toFormat(...arguments);
    },
});
