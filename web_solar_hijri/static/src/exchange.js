// @odoo-module ignore
// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

// Functions that other modules import by name can only be replaced before anybody has
// imported them. So when their module starts, each is exchanged for one that calls the
// original, until the attribute `instead` holds something else to call.
(function () {
    const EXCHANGED = {
        "@web/core/l10n/dates": [
            "formatDate",
            "formatDateTime",
            "formatDuration",
            "parseDate",
            "parseDateTime",
            "toLocaleDateString",
            "toLocaleDateTimeString",
        ],
        "@web/core/l10n/utils": ["normalize"],
        "@web/search/utils/dates": ["constructDateDomain", "getPeriodOptions"],
        "@web/views/calendar/utils": ["getFormattedDateSpan"],
        "@web/views/fields/parsers": [
            "parseFloat",
            "parseFloatTime",
            "parseInteger",
            "parseMonetary",
            "parsePercentage",
        ],
    };

    function exchangeable(original) {
        const exchanged = (...args) => (exchanged.instead || original)(...args);
        return Object.assign(exchanged, original, {original});
    }

    const {prototype} = odoo.loader.constructor;
    const {startModule} = prototype;
    prototype.startModule = function (name) {
        const module = startModule.apply(this, arguments);
        for (const exported of (module && EXCHANGED[name]) || []) {
            module[exported] = exchangeable(module[exported]);
        }
        return module;
    };
})();
