// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {CalendarModel} from "@web/views/calendar/calendar_model";
import {isSolar} from "@web_solar_hijri/core/calendar";
import {loadBundle} from "@web/core/assets";
import {patch} from "@web/core/utils/patch";

// The first thing that a calendar does is to load: what counts its months comes then,
// and only for who counts in the solar calendar.
patch(CalendarModel.prototype, {
    async load() {
        if (isSolar()) {
            await loadBundle("web_solar_hijri.calendar_views");
        }
        return super.load(...arguments);
    },
});
