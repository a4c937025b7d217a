// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {isSolar, localDigits} from "@web_solar_hijri/core/calendar";
import {GraphRenderer} from "@web/views/graph/graph_renderer";
import {patch} from "@web/core/utils/patch";

patch(GraphRenderer.prototype, {
    formatValue() {
        const text = super.formatValue(...arguments);
        return isSolar() ? localDigits(text) : text;
    },
});
