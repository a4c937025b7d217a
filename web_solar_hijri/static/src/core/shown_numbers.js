// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {isSolar, localDigits} from "./calendar";
import {FloatField} from "@web/views/fields/float/float_field";
import {FloatTimeField} from "@web/views/fields/float_time/float_time_field";
import {IntegerField} from "@web/views/fields/integer/integer_field";
import {MonetaryField} from "@web/views/fields/monetary/monetary_field";
import {PercentageField} from "@web/views/fields/percentage/percentage_field";
import {patch} from "@web/core/utils/patch";
import {registry} from "@web/core/registry";

/** A text with the digits of the language; what is no text stays as it is. */
export const withLocalDigits = (value) =>
    isSolar() && typeof value === "string" ? localDigits(value) : value;

// The functions themselves stay as they are: some addons count with what `formatFloat`
// gives (`parseFloat(formatFloat(quantity))`). What is taken from the registry, and what
// a field shows, is only looked at, or read by the parsers that know these digits.
const formatters = registry.category("formatters");
const NUMBERS = ["float", "float_factor", "float_time", "integer", "monetary"];
for (const key of [...NUMBERS, "many2one_reference", "percentage"]) {
    const original = formatters.get(key);
    const shown = (...args) => withLocalDigits(original(...args));
    formatters.add(key, Object.assign(shown, original), {force: true});
}

for (const {prototype} of [
    FloatField,
    FloatTimeField,
    IntegerField,
    MonetaryField,
    PercentageField,
]) {
    patch(prototype, {
        get formattedValue() {
            return withLocalDigits(super.formattedValue);
        },
    });
}
