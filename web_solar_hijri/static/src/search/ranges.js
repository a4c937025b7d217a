// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {isSolar, plus, startOf} from "@web_solar_hijri/core/calendar";
import {periodOf, serializer} from "./dates";
import {InRange} from "@web/core/tree_editor/tree_editor_components";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";
import {today} from "@web/core/l10n/dates";

// What can be chosen for a date in a custom filter. Odoo's own periods move with the
// day on which they are asked, by months and years of the Gregorian calendar, on the
// server too: they say so. Those of the solar calendar stay what their name says.
const {options} = InRange;
const FIRST_OF_MONTHS = options.findIndex(([id]) => id === "month to date");
const GREGORIAN = ["month to date", "last month", "year to date", "last 12 months"];

const solarPeriods = () =>
    ["month", "quarter", "year"].flatMap((unit) =>
        [0, -1].map((offset) => ({
            id: `solar ${unit} ${offset}`,
            ...periodOf(plus(startOf(today(), unit), {[`${unit}s`]: offset}), unit),
        }))
    );

Object.defineProperty(InRange, "options", {
    configurable: true,
    get: () =>
        isSolar()
            ? [
                  ...options.slice(0, FIRST_OF_MONTHS),
                  ...solarPeriods().map(({id, description}) => [id, description]),
                  ...options
                      .slice(FIRST_OF_MONTHS)
                      .map(([id, label]) => [
                          id,
                          GREGORIAN.includes(id) ? _t("%s (Gregorian)", label) : label,
                      ]),
              ]
            : options,
});

patch(InRange.prototype, {
    updateValueType(newValueType) {
        const period = isSolar() && solarPeriods().find(({id}) => id === newValueType);
        if (!period) {
            return super.updateValueType(newValueType);
        }
        const [fieldType] = this.props.value;
        const bounds = period.bounds.map((bound) => serializer(fieldType)(bound));
        return this.props.update([fieldType, "custom range", ...bounds]);
    },
});
