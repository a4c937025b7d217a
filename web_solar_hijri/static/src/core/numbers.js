// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import * as parsers from "@web/views/fields/parsers";
import {isPersian, isSolar} from "./calendar";
import {localization} from "@web/core/l10n/localization";
import {readNumber} from "./reading";
import {registry} from "@web/core/registry";

// Odoo drops from an amount what it does not know, and what is left of “۱۲۵۰” is 0.
const IN_REGISTRY = {
    parseFloat: ["float"],
    parseFloatTime: ["float_time"],
    parseInteger: ["integer", "many2one_reference"],
    parseMonetary: ["monetary"],
    parsePercentage: ["percentage"],
};

for (const [name, keys] of Object.entries(IN_REGISTRY)) {
    const exchanged = parsers[name];
    exchanged.instead = (value, ...args) => {
        if (typeof value !== "string" || !(isPersian() || isSolar())) {
            return exchanged.original(value, ...args);
        }
        const number = readNumber(value, localization);
        if (number === null) {
            throw new parsers.InvalidNumberError(`"${value}" is not a correct number`);
        }
        return exchanged.original(number, ...args);
    };
    for (const key of keys) {
        // Odoo put the original there, before it was exchanged
        registry.category("parsers").add(key, exchanged, {force: true});
    }
}
