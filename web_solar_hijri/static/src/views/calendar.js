// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {
    endOf,
    fromSolar,
    isCovered,
    isSolar,
    localDigits,
    monthNames,
    plus,
    startOf,
    toSolar,
    weekNumber,
} from "@web_solar_hijri/core/calendar";
import {namedDate} from "@web_solar_hijri/core/dates";
import {CalendarCommonPopover} from "@web/views/calendar/calendar_common/calendar_common_popover";
import {CalendarCommonRenderer} from "@web/views/calendar/calendar_common/calendar_common_renderer";
import {CalendarController} from "@web/views/calendar/calendar_controller";
import {CalendarModel} from "@web/views/calendar/calendar_model";
import {CalendarYearRenderer} from "@web/views/calendar/calendar_year/calendar_year_renderer";
import {getFormattedDateSpan} from "@web/views/calendar/utils";
import {localization} from "@web/core/l10n/localization";
import {patch} from "@web/core/utils/patch";
import {withLocalDigits} from "@web_solar_hijri/core/shown_numbers";

const {DateTime, Settings} = luxon;

const isSolarAt = (date) => isSolar() && isCovered(date);
const write = (...parts) => localDigits(parts.join(" "));
const nameOf = (date) => monthNames()[toSolar(date).month - 1];
const yearOf = (date) => toSolar(date).year;
const weekOf = (date) => weekNumber(date, localization.weekStart);

/** The months of a range, with each year once: مهر – آبان ۱۴۰۵ */
function writeMonths(start, end) {
    const last = write(nameOf(end), yearOf(end));
    if (yearOf(start) !== yearOf(end)) {
        return [write(nameOf(start), yearOf(start)), last].join(" - ");
    }
    return nameOf(start) === nameOf(end) ? last : [nameOf(start), last].join(" - ");
}

patch(CalendarModel.prototype, {
    computeRange() {
        const {scale, date, firstDayOfWeek} = this.meta;
        if (!isSolarAt(date) || !["month", "year"].includes(scale)) {
            return super.computeRange();
        }
        let start = startOf(date, scale);
        let end = endOf(date, scale);
        if (scale === "month" && this.monthOverflow) {
            start = start.minus({days: (start.weekday - firstDayOfWeek + 7) % 7});
            end = start.plus({weeks: 6, days: -1});
        }
        return {start: start.startOf("day"), end: end.endOf("day")};
    },
});

patch(CalendarController.prototype, {
    get isSolar() {
        return isSolarAt(this.date);
    },
    get currentDate() {
        const {scale} = this.model.meta;
        const isShort = this.env.isSmall && ["week", "month"].includes(scale);
        if (!this.isSolar || !isShort) {
            return super.currentDate;
        }
        return ` - ${scale === "week" ? this.weekHeader : this.currentMonth}`;
    },
    get today() {
        return isSolar() ? write(toSolar(DateTime.now()).day) : super.today;
    },
    get currentYear() {
        return this.isSolar ? write(yearOf(this.date)) : super.currentYear;
    },
    get dayHeader() {
        return this.isSolar ? namedDate(this.date) : super.dayHeader;
    },
    get weekHeader() {
        const {rangeStart, rangeEnd} = this.model;
        return this.isSolar ? writeMonths(rangeStart, rangeEnd) : super.weekHeader;
    },
    get currentMonth() {
        return this.isSolar ? writeMonths(this.date, this.date) : super.currentMonth;
    },
    get currentWeek() {
        return this.isSolar ? write(weekOf(this.model.rangeStart)) : super.currentWeek;
    },
    async setDate(move) {
        const {date, scale} = this.model;
        const step = {next: 1, previous: -1}[move];
        if (!step || !isSolarAt(date) || !["month", "year"].includes(scale)) {
            await super.setDate(move);
        } else {
            await this.model.load({date: plus(date, {[`${scale}s`]: step})});
        }
    },
});

const solarOptions = (options) => ({
    ...options,
    locale: `${Settings.defaultLocale.split("-u-")[0]}-u-ca-persian`,
    weekNumberCalculation: (date) => weekOf(DateTime.fromJSDate(date)),
});

patch(CalendarCommonRenderer.prototype, {
    get options() {
        const options = super.options;
        return isSolarAt(this.props.model.date) ? solarOptions(options) : options;
    },
    headerTemplateProps(date) {
        const props = super.headerTemplateProps(date);
        const day = DateTime.fromJSDate(date);
        return isSolarAt(day) ? {...props, day: write(toSolar(day).day)} : props;
    },
    getStartTime() {
        return withLocalDigits(super.getStartTime(...arguments));
    },
    getEndTime() {
        return withLocalDigits(super.getEndTime(...arguments));
    },
    onEventContent(arg) {
        const content = super.onEventContent(...arguments);
        arg.timeText = withLocalDigits(arg.timeText);
        return content;
    },
});

patch(CalendarCommonPopover.prototype, {
    computeDateTimeAndDuration() {
        super.computeDateTimeAndDuration(...arguments);
        for (const shown of ["time", "timeDuration", "dateDuration"]) {
            this[shown] = withLocalDigits(this[shown]);
        }
    },
});

patch(CalendarYearRenderer.prototype, {
    get options() {
        const options = super.options;
        // the year stands above all of them
        return isSolarAt(this.props.model.date)
            ? {...solarOptions(options), titleFormat: {month: "long"}}
            : options;
    },
    getDateWithMonth(month) {
        const {date} = this.props.model;
        if (!isSolarAt(date)) {
            return super.getDateWithMonth(month);
        }
        const solar = {
            year: yearOf(date),
            month: this.months.indexOf(month) + 1,
            day: 1,
        };
        return fromSolar(solar, date).toISO();
    },
});

getFormattedDateSpan.instead = (start, end) => {
    if (!isSolarAt(start) || !isSolarAt(end)) {
        return getFormattedDateSpan.original(start, end);
    }
    if (start.hasSame(end, "day")) {
        return namedDate(start);
    }
    return [namedDate(start), namedDate(end)].join(" - ");
};
