// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {isPersian, isSolar} from "./calendar";
import {onWillDestroy, toRaw} from "@odoo/owl";
import {PropertyValue} from "@web/views/fields/properties/property_value";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";
import {registry} from "@web/core/registry";

// Odoo makes 0 of what it cannot read in a property. Here it stays as it was typed, and
// the record is not saved before it is put right. By record, what shows such a text:
const refusedIn = new WeakMap();

function refusedOf(record) {
    const key = toRaw(record);
    if (!refusedIn.has(key)) {
        refusedIn.set(key, new Set());
    }
    return refusedIn.get(key);
}

const fieldOf = ({activeFields, fields}) =>
    Object.keys(activeFields).find((name) => fields[name].type === "properties");

function isUnreadable(text, type) {
    if (!(isPersian() || isSolar()) || !/^(float|integer|monetary)$/.test(type)) {
        return false;
    }
    try {
        registry.category("parsers").get(type)(text);
        return false;
    } catch {
        return true;
    }
}

const isRefused = (record) => record.isFieldInvalid(fieldOf(record));

patch(PropertyValue.prototype, {
    setup() {
        super.setup(...arguments);
        onWillDestroy(() => this.props.record && this.refused.delete(this));
    },

    get refused() {
        return refusedOf(this.props.record);
    },

    get displayValue() {
        const {record} = this.props;
        const typed = record && isRefused(record) && this.unreadable;
        return typed || super.displayValue;
    },

    async onValueChange(value) {
        const {record, type} = this.props;
        if (record && !isRefused(record)) {
            // it was discarded
            this.refused.forEach((shown) => (shown.unreadable = ""));
            this.refused.clear();
        }
        if (record && isUnreadable(value, type)) {
            this.refused.add(this);
            this.unreadable = value;
            const message = _t("“%s” is not a number.", value);
            this.env.services.notification.add(message, {type: "danger"});
            await record.setInvalidField(fieldOf(record));
            return;
        }
        this.unreadable = "";
        if (record && this.refused.delete(this) && !this.refused.size) {
            await record.resetFieldValidity(fieldOf(record));
        }
        await super.onValueChange(...arguments);
    },
});
