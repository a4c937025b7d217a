// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {CalendarModel} from "@web/views/calendar/calendar_model";
import {DomainSelector} from "@web/core/domain_selector/domain_selector";
import {isSolar} from "@web_solar_hijri/core/calendar";
import {loadBundle} from "@web/core/assets";
import {onWillStart} from "@odoo/owl";
import {patch} from "@web/core/utils/patch";

// What changes calendar views and custom filters comes with the first of them, and only
// for who counts in the solar calendar.
const load = async () => isSolar() && loadBundle("web_solar_hijri.lazy");

patch(CalendarModel.prototype, {
    async load() {
        await load();
        return super.load(...arguments);
    },
});

patch(DomainSelector.prototype, {
    setup() {
        super.setup(...arguments);
        onWillStart(load);
    },
});
