// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {isPersian, isSolar} from "./calendar";
import {loadBundle} from "@web/core/assets";
import {localizationService} from "@web/core/l10n/localization_service";
import {patch} from "@web/core/utils/patch";

const {Settings} = luxon;
const SHOWN = "@web_solar_hijri/core/shown_numbers";

patch(localizationService, {
    /**
     * In Persian, browsers name months of the solar calendar and condense dates in it,
     * while days, years and ranges stay Gregorian. So what is not made solar on purpose
     * is Gregorian as a whole.
     */
    async start() {
        const localization = await super.start(...arguments);
        if (isPersian()) {
            Settings.defaultLocale = "fa-IR-u-ca-gregory";
        }
        // in tests of the web client it is there from the beginning
        if ((isPersian() || isSolar()) && !odoo.loader.modules.has(SHOWN)) {
            await loadBundle("web_solar_hijri.shown");
        }
        return localization;
    },
});
