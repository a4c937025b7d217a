// Copyright 2026 The odoo_iso10003 contributors
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import {CharField, charField} from "@web/views/fields/char/char_field";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";

const ZERO = "۰".charCodeAt(0);
const toPersian = (text) =>
    text.replace(/\d/g, (digit) => String.fromCharCode(ZERO + Number(digit)));
const toLatin = (text) =>
    text.replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - ZERO));

/** The number of a clause, a question or an edition, in the digits of its reader. */
export class PeopleCode extends CharField {
    get formattedValue() {
        const written = super.formattedValue;
        return user.lang.startsWith("fa") ? toPersian(written) : written;
    }

    /** However it is typed, it is kept as others search and compare it. */
    parse(value) {
        return toLatin(super.parse(value));
    }
}

registry.category("fields").add("iso10003_people_code", {
    ...charField,
    component: PeopleCode,
    additionalClasses: ["o_field_char"], // whose style is by this name
});
