// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import * as hook from "@web/views/fields/input_field_hook";
import * as utils from "@web/core/l10n/utils/normalize";
import {isPersian, isSolar} from "./calendar";
import {PhoneField} from "@web/views/fields/phone/phone_field";
import {normalized} from "./reading";
import {useComponent} from "@odoo/owl";

// Telephones understand Latin digits.
const {useInputField} = hook;
useInputField.instead = (params) =>
    useInputField.original(
        useComponent() instanceof PhoneField && (isPersian() || isSolar())
            ? {...params, parse: normalized}
            : params
    );

// What is searched in lists that are here: menus, commands, choices
const {normalize} = utils;
normalize.instead = (text) =>
    isPersian() ? normalized(normalize.original(text)) : normalize.original(text);
