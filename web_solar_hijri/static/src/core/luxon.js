// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {isCovered, isSolar, localDigits, monthNames, toSolar} from "./calendar";
import {isThisYear, namedDate, numericDate} from "./dates";
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
        if (!isSolar()) {
            return super.toLocaleString(...arguments);
        }
        if (!namesDay(options) || !isCovered(this)) {
            return localDigits(super.toLocaleString(options, more));
        }
        // Odoo leaves out the year of the dates of this Gregorian year.
        const year = options.month && !isThisYear(this) && {year: "numeric"};
        const text = super.toLocaleString(
            {...options, ...year},
            {
                locale: Settings.defaultLocale.split("-u-")[0],
                outputCalendar: "persian",
                ...more,
            }
        );
        return localDigits(text);
    },

    toRelative() {
        const text = super.toRelative(...arguments);
        return isSolar() && text ? localDigits(text) : text;
    },

    /** “Next month” is the next solar one. */
    toRelativeCalendar({base} = {}) {
        const now = base || DateTime.local({zone: this.zone});
        if (!isSolar() || !isCovered(this) || !isCovered(now)) {
            return super.toRelativeCalendar(...arguments);
        }
        const [there, here] = [toSolar(this), toSolar(now)];
        const years = there.year - here.year;
        const [unit, count] = [
            ["year", years],
            ["month", years * 12 + there.month - here.month],
            ["day", this.startOf("day").diff(now.startOf("day"), "days").days],
        ].find(([name, difference]) => difference || name === "day");
        const format = new Intl.RelativeTimeFormat(this.locale, {numeric: "auto"});
        return localDigits(format.format(Math.round(count), unit));
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
