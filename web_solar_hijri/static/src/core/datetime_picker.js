// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {
    FIRST_YEAR,
    LAST_YEAR,
    endOf,
    fromSolar,
    isSolar,
    localDigits,
    monthNames,
    plus,
    startOf,
    toSolar,
    weekNumber,
} from "./calendar";
import {clampDate, getStartOfLocalWeek, isInRange, today} from "@web/core/l10n/dates";
import {DateTimePicker} from "@web/core/datetime/datetime_picker";
import {_t} from "@web/core/l10n/translation";
import {localization} from "@web/core/l10n/localization";
import {patch} from "@web/core/utils/patch";

const {Info} = luxon;
const WEEKS = [0, 1, 2, 3, 4, 5];
const DAYS = [0, 1, 2, 3, 4, 5, 6];
const AROUND_TEN = [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

const item = (range, label, {minDate, maxDate}, more = {}) => ({
    id: range[0].toISODate(),
    includesToday: isInRange(today(), range),
    isOutOfRange: false,
    isValid: isInRange(range, [minDate, maxDate]),
    label: localDigits(label),
    range,
    extraClass: "",
    ...more,
});

function getDays(date, limits) {
    const {showWeekNumbers, isDateValid, dayCellClass} = limits;
    const month = [startOf(date, "month"), endOf(date, "month")];
    const first = getStartOfLocalWeek(month[0]);
    const weeks = WEEKS.map((week) => {
        const days = DAYS.map((weekday) => {
            const day = first.plus({days: 7 * week + weekday});
            const cell = item([day, day.endOf("day")], toSolar(day).day, limits);
            cell.isOutOfRange = !isInRange(day, month);
            cell.isValid &&= !isDateValid || isDateValid(day);
            cell.extraClass = dayCellClass?.(day) || "";
            return cell;
        });
        const number = weekNumber(days[3].range[0], localization.weekStart);
        return {number: localDigits(number), days};
    });
    const daysOfWeek = weeks[0].days.map(({range: [day]}) => [
        day.weekdayShort,
        day.weekdayLong,
        Info.weekdays("narrow", {locale: day.locale})[day.weekday - 1],
    ]);
    if (showWeekNumbers) {
        daysOfWeek.unshift(["", _t("Week numbers"), ""]);
    }
    return [{id: "__month__0", number: toSolar(date).month, daysOfWeek, weeks}];
}

function getMonths(date, limits) {
    const year = startOf(date, "year");
    return monthNames().map((name, index) => {
        const month = plus(year, {months: index});
        return item([month, endOf(month, "month")], name, limits);
    });
}

/** Ten years, or ten decades, and one before and one after */
const getTen = (outer, unit, years) => (date, limits) =>
    AROUND_TEN.map((index) => {
        const first = plus(startOf(date, outer), {years: index * years});
        const more = {isOutOfRange: index < 0 || index >= 10};
        return item([first, endOf(first, unit)], toSolar(first).year, limits, more);
    });

function titleOfTen(date, unit, years) {
    const first = toSolar(startOf(date, unit)).year;
    return localDigits(`${first - years} - ${first + 10 * years}`);
}

const SOLAR_LEVELS = {
    days: {
        mainTitle: _t("Select month"),
        nextTitle: _t("Next month"),
        prevTitle: _t("Previous month"),
        step: {months: 1},
        getTitle(date) {
            const {year, month} = toSolar(date);
            return localDigits([monthNames()[month - 1], year].join(" "));
        },
        getItems: getDays,
    },
    months: {
        mainTitle: _t("Select year"),
        nextTitle: _t("Next year"),
        prevTitle: _t("Previous year"),
        step: {years: 1},
        getTitle: (date) => localDigits(toSolar(date).year),
        getItems: getMonths,
    },
    years: {
        mainTitle: _t("Select decade"),
        nextTitle: _t("Next decade"),
        prevTitle: _t("Previous decade"),
        step: {years: 10},
        getTitle: (date) => titleOfTen(date, "decade", 1),
        getItems: getTen("decade", "year", 1),
    },
    decades: {
        mainTitle: _t("Select century"),
        nextTitle: _t("Next century"),
        prevTitle: _t("Previous century"),
        step: {years: 100},
        getTitle: (date) => titleOfTen(date, "century", 10),
        getItems: getTen("century", "decade", 10),
    },
};

patch(DateTimePicker.prototype, {
    get activePrecisionLevel() {
        return isSolar()
            ? SOLAR_LEVELS[this.state.precision]
            : super.activePrecisionLevel;
    },

    /** Only days that are written in the solar calendar can be chosen in it. */
    onPropsUpdated(props) {
        super.onPropsUpdated(props);
        if (!isSolar()) {
            return;
        }
        const first = fromSolar({year: FIRST_YEAR, month: 1, day: 1});
        const last = endOf(fromSolar({year: LAST_YEAR, month: 1, day: 1}), "year");
        this.minDate = clampDate(this.minDate, first, last);
        this.maxDate = clampDate(this.maxDate, first, last);
        this.state.focusDate = this.clamp(this.state.focusDate);
    },

    adjustFocus(values, focusedDateIndex) {
        if (!isSolar()) {
            super.adjustFocus(...arguments);
        } else if (this.shouldAdjustFocusDate || !this.state.focusDate) {
            const date =
                values[focusedDateIndex] || values[focusedDateIndex ? 0 : 1] || today();
            const first = fromSolar({year: FIRST_YEAR, month: 1, day: 1});
            const last = fromSolar({year: LAST_YEAR, month: 12, day: 1});
            this.shouldAdjustFocusDate = false;
            this.state.focusDate = this.clamp(
                startOf(clampDate(date, first, last), "month")
            );
        }
    },

    next(ev) {
        return isSolar() ? this.goBy(ev, 1) : super.next(ev);
    },

    previous(ev) {
        return isSolar() ? this.goBy(ev, -1) : super.previous(ev);
    },

    goBy(ev, direction) {
        ev.preventDefault();
        const [[unit, count]] = Object.entries(this.activePrecisionLevel.step);
        this.state.focusDate = this.clamp(
            plus(this.state.focusDate, {[unit]: direction * count})
        );
    },
});
