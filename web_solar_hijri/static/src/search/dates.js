// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {
    endOf,
    fromSolar,
    isSolar,
    localDigits,
    monthNames,
    plus,
    startOf,
    toSolar,
} from "@web_solar_hijri/core/calendar";
import {
    QUARTER_OPTIONS,
    constructDateDomain,
    getPeriodOptions,
    toGeneratorId,
} from "@web/search/utils/dates";
import {serializeDate, serializeDateTime} from "@web/core/l10n/dates";
import {Domain} from "@web/core/domain";
import {_t} from "@web/core/l10n/translation";
import {clamp} from "@web/core/utils/numbers";

// The quarters of the solar year are its seasons.
const SEASONS = [_t("Spring"), _t("Summer"), _t("Autumn"), _t("Winter")];
const season = (quarter) => SEASONS[quarter - 1].toString();
const range = (from, to) => Array.from({length: to - from + 1}, (_, i) => to - i);

/** As Odoo's, with months and years of the solar calendar; the ids mean the same. */
getPeriodOptions.instead = (moment, params) => {
    if (!isSolar()) {
        return getPeriodOptions.original(moment, params);
    }
    const {startYear, endYear, startMonth, endMonth} = params;
    const yearId = (offset) => toGeneratorId("year", clamp(offset, startYear, endYear));
    // of the day of the moment, a shorter month may not have one
    const month = startOf(moment, "month");
    const {year} = toSolar(month);
    const months = range(startMonth, endMonth).map((offset) => {
        const solar = toSolar(
            plus(month, {months: offset, years: clamp(0, startYear, endYear)})
        );
        return {
            id: toGeneratorId("month", offset),
            defaultYearId: yearId(solar.year - year),
            description: monthNames()[solar.month - 1],
            granularity: "month",
            groupNumber: 1,
            plusParam: {months: offset},
            setParam: {month: solar.month},
        };
    });
    const quarters = Object.values(QUARTER_OPTIONS).map((quarter) => ({
        ...quarter,
        description: season(quarter.setParam.quarter),
        defaultYearId: yearId(0),
    }));
    const years = range(startYear, endYear).map((offset) => ({
        id: toGeneratorId("year", offset),
        description: localDigits(year + offset),
        granularity: "year",
        groupNumber: 2,
        plusParam: {years: offset},
        setParam: {year: year + offset},
    }));
    const custom = getPeriodOptions.original(moment, params);
    return [
        ...months,
        ...quarters,
        ...years,
        ...custom.filter(({granularity}) => granularity === "withDomain"),
    ];
};

/**
 * The solar month, quarter or year that a day is in.
 *
 * @param {luxon.DateTime} day
 * @param {"month" | "quarter" | "year"} granularity
 */
export function periodOf(day, granularity) {
    const first = startOf(day, granularity);
    const {year, month} = toSolar(first);
    const parts = {
        month: [monthNames()[month - 1], year],
        quarter: [season(Math.ceil(month / 3)), year],
        year: [year],
    }[granularity];
    return {
        bounds: [first, endOf(first, granularity)],
        description: localDigits(parts.join(" ")),
    };
}

export const serializer = (fieldType) =>
    fieldType === "date" ? serializeDate : serializeDateTime;

/** As Odoo's, for periods of the solar calendar. */
constructDateDomain.instead = (moment, searchItem, optionIds) => {
    const chosen = getPeriodOptions(moment, searchItem.optionsParams).filter(({id}) =>
        optionIds.includes(id)
    );
    if (!isSolar() || chosen.some(({granularity}) => granularity === "withDomain")) {
        return constructDateDomain.original(moment, searchItem, optionIds);
    }
    const years = chosen.filter(({granularity}) => granularity === "year");
    const parts = chosen.filter(({granularity}) => granularity !== "year");
    const {fieldName, fieldType} = searchItem;
    const serialize = serializer(fieldType);
    const periods = years
        .flatMap(({setParam: {year}}) =>
            (parts.length ? parts : years.slice(0, 1)).map(
                ({granularity, setParam: {month, quarter = 1}}) => {
                    const first = month || quarter * 3 - 2;
                    return periodOf(
                        fromSolar({year, month: first, day: 1}),
                        granularity
                    );
                }
            )
        )
        .sort((one, other) => one.bounds[0] - other.bounds[0]);
    const domains = periods.map(({bounds: [start, end]}) => [
        "&",
        [fieldName, ">=", serialize(start)],
        [fieldName, "<=", serialize(end)],
    ]);
    return {
        domain: Domain.and([Domain.combine(domains, "OR"), searchItem.domain]),
        description: periods.map(({description}) => description).join("/"),
    };
};
