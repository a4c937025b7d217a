// @odoo-module ignore
// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

// FullCalendar, which is loaded when the first calendar is shown, counts months and years
// in its `DateEnv`: here they are those of the solar calendar, for who counts in it. What
// it writes, it writes by the `locale` that it is given.
(function () {
    const {prototype} = FullCalendar.Internal.DateEnv;
    const calendar = () => odoo.loader.modules.get("@web_solar_hijri/core/calendar");
    const toLuxon = (marker) => luxon.DateTime.fromJSDate(marker, {zone: "utc"});

    function instead(name, solar) {
        const original = prototype[name];
        prototype[name] = function (marker) {
            const {isSolar, isCovered} = calendar();
            return isSolar() && isCovered(toLuxon(marker))
                ? solar.call(this, original, ...arguments)
                : original.apply(this, arguments);
        };
    }

    for (const [name, unit] of Object.entries({getYear: "year", getDay: "day"})) {
        instead(name, (_, marker) => calendar().toSolar(toLuxon(marker))[unit]);
    }
    instead("getMonth", (_, marker) => calendar().toSolar(toLuxon(marker)).month - 1);
    for (const [name, unit] of Object.entries({
        startOfYear: "year",
        startOfMonth: "month",
    })) {
        instead(name, (_, marker) =>
            calendar().startOf(toLuxon(marker), unit).toJSDate()
        );
    }
    instead("add", function (original, marker, duration) {
        const {years, months} = duration;
        const there = calendar().plus(toLuxon(marker), {years, months});
        return original.call(this, there.toJSDate(), {
            ...duration,
            years: 0,
            months: 0,
        });
    });
})();
