// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {isPersian, isSolar, localDigits} from "./calendar";
import {AnimatedNumber} from "@web/views/view_components/animated_number";
import {FloatField} from "@web/views/fields/float/float_field";
import {FloatTimeField} from "@web/views/fields/float_time/float_time_field";
import {GaugeField} from "@web/views/fields/gauge/gauge_field";
import {IntegerField} from "@web/views/fields/integer/integer_field";
import {MonetaryField} from "@web/views/fields/monetary/monetary_field";
import {Pager} from "@web/core/pager/pager";
import {PercentPieField} from "@web/views/fields/percent_pie/percent_pie_field";
import {PercentageField} from "@web/views/fields/percentage/percentage_field";
import {App} from "@odoo/owl";
import {TranslatedString} from "@web/core/l10n/translation";
import {formatDuration} from "@web/core/l10n/dates";
import {mapSubstitutions} from "@web/core/utils/strings";
import {normalized} from "./reading";
import {parseXML} from "@web/core/utils/xml";
import {patch} from "@web/core/utils/patch";
import {registry} from "@web/core/registry";

/** A text with the digits of the language; what is no text stays as it is. */
export const withLocalDigits = (value) =>
    isSolar() && typeof value === "string" ? localDigits(value) : value;

/** A number as a text with the digits of the language; all else stays as it is. */
export const writtenNumber = (value) =>
    isSolar() && typeof value === "number" ? localDigits(value) : value;

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
    GaugeField,
    IntegerField,
    MonetaryField,
    PercentPieField,
    PercentageField,
]) {
    patch(prototype, {
        get formattedValue() {
            return withLocalDigits(super.formattedValue);
        },
    });
}

patch(AnimatedNumber.prototype, {
    format() {
        return withLocalDigits(super.format(...arguments));
    },
});

patch(Pager.prototype, {
    get value() {
        return withLocalDigits(super.value);
    },
    // it can be typed in
    parse(value) {
        return super.parse(isSolar() ? normalized(value) : value);
    },
});

// “2 minutes” of the bar of states; what is short for it in Persian is “2m”.
formatDuration.instead = (seconds, isFull) => {
    if (!isSolar() || !isPersian()) {
        return formatDuration.original(seconds, isFull);
    }
    const parts = formatDuration
        .original(seconds, true)
        .split(/\u200f?[,،]\u200f? ?| و /);
    return localDigits(parts.slice(0, isFull ? 2 : 1).join(" و "));
};

// What is put into a sentence: “%s records”
patch(TranslatedString.prototype, {
    valueOf() {
        if (this.substitutions?.length && isSolar()) {
            this.substitutions = mapSubstitutions(this.substitutions, writtenNumber);
        }
        return super.valueOf();
    },
});

// What a template writes, wherever it is: counts of groups, of records, of days
const WRITES = ["t-esc", "t-out"];
const SAYS = ["t-attf-aria-label", "t-attf-data-tooltip", "t-attf-title"];
const IN_TEXT = /\{\{([^}]*)\}\}/g;
const writing = (expression) => `__globals__.writtenNumber(${expression})`;
patch(App.prototype, {
    getTemplate() {
        const template = super.getTemplate(...arguments);
        this.runtimeUtils.__globals__.writtenNumber = writtenNumber;
        return template;
    },

    _compileTemplate(name, template) {
        this.hasGlobalValues = true;
        return super._compileTemplate(name, writingNumbers(template));
    },
});

/** A copy of the template that writes numbers in the digits of the language. */
function writingNumbers(template) {
    const copy =
        typeof template === "string"
            ? parseXML(`<t>${template}</t>`)
            : template.cloneNode(true);
    const having = (attribute) =>
        [copy, ...copy.querySelectorAll(`[${attribute}]`)]
            .map((node) => [node, node.getAttribute(attribute)?.trim()])
            // in `t-out`, 0 is what the template is called with
            .filter(([, text]) => text && text !== "0");
    for (const attribute of WRITES) {
        for (const [node, expression] of having(attribute)) {
            node.setAttribute(attribute, writing(expression));
        }
    }
    for (const attribute of SAYS) {
        for (const [node, text] of having(attribute)) {
            const written = text.replace(IN_TEXT, (_, each) => `{{${writing(each)}}}`);
            node.setAttribute(attribute, written);
        }
    }
    return copy;
}
