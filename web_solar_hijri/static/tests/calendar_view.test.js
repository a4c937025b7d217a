// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
    preloadBundle,
} from "@web/../tests/web_test_helpers";
import {beforeEach, expect, test} from "@odoo/hoot";
import {queryAllTexts, queryText} from "@odoo/hoot-dom";
import {inPersian} from "./solar_test_helpers";
import {runAllTimers} from "@odoo/hoot-mock";

class Event extends models.Model {
    name = fields.Char();
    begin = fields.Datetime();
    end = fields.Datetime();

    _records = [
        {id: 1, name: "x", begin: "2026-11-29 06:30:00", end: "2026-11-29 07:30:00"},
    ];
    has_access() {
        return true;
    }
}

defineModels([Event]);
preloadBundle("web.fullcalendar_lib");
preloadBundle("web_solar_hijri.lazy");
inPersian();

beforeEach(() => {
    // the bounds between which Odoo reads events
    onRpc("event", "search_read", ({kwargs}) => {
        const bounds = kwargs.domain.filter((leaf) => leaf.length === 3);
        expect.step(bounds.map((leaf) => leaf[2]).join(" > "));
    });
});

const show = (mode) =>
    mountView({
        type: "calendar",
        resModel: "event",
        arch: `<calendar date_start="begin" date_stop="end" mode="${mode}"/>`,
    });
const heading = () => queryText(".o_calendar_header h5");

async function go(where) {
    await contains(`.o_calendar_button_${where}`).click();
    await runAllTimers();
}

test("a month is a solar month, in the grid and beside it", async () => {
    await show("month");
    expect(heading()).toBe("آذر ۱۴۰۵");
    const days = ".fc-daygrid-day:not(.fc-day-other) .fc-daygrid-day-number";
    expect(queryAllTexts(days)).toHaveLength(30);
    expect(`[data-date='2026-11-22'] .fc-daygrid-day-number`).toHaveText("۱");
    expect(`[data-date='2026-12-21'] .fc-daygrid-day-number`).toHaveText("۳۰");
    expect(".fc-day-today .fc-daygrid-day-number").toHaveText("۸");
    expect("[data-date='2026-11-29'] .fc-event").toHaveCount(1);
    expect("[data-date='2026-11-29'] .fc-event").toHaveText(/۱۰:۰۰/);
    expect(".o_calendar_sidebar .o_header_part").toHaveText("آذر ۱۴۰۵");
    // six weeks from Saturday 30 Aban
    expect.verifySteps(["2027-01-01 20:29:59 > 2026-11-20 20:30:00"]);

    await go("next");
    expect(heading()).toBe("دی ۱۴۰۵");
    expect(`[data-date='2026-12-22'] .fc-daygrid-day-number`).toHaveText("۱");
    await go("prev");
    await go("prev");
    expect(heading()).toBe("آبان ۱۴۰۵");
    expect(queryAllTexts(days)).toHaveLength(30);
    expect.verifySteps([
        "2027-01-29 20:29:59 > 2026-12-18 20:30:00",
        "2027-01-01 20:29:59 > 2026-11-20 20:30:00",
        "2026-11-27 20:29:59 > 2026-10-16 20:30:00",
    ]);
});

test("an event says when, in Persian digits", async () => {
    await show("day");
    expect.verifySteps(["2026-11-29 20:29:59 > 2026-11-28 20:30:00"]);
    await contains(".fc-event").click();
    await runAllTimers();
    expect(".o_cw_popover").toHaveText(/۸ آذر ۱۴۰۵[^]*۱۰:۰۰ - ۱۱:۰۰[^]*۱/);
    expect(".o_cw_popover").not.toHaveText(/[0-9]/);
});

test("a week and a day have solar days", async () => {
    await show("week");
    expect(heading()).toMatch(/^آذر ۱۴۰۵[^]*۳۷/);
    expect(queryAllTexts(".fc-col-header-cell .o_cw_day_number")).toEqual([
        "۷",
        "۸",
        "۹",
        "۱۰",
        "۱۱",
        "۱۲",
        "۱۳",
    ]);
    await go("prev");
    expect(heading()).toMatch(/^آبان - آذر ۱۴۰۵/);
    expect.verifySteps([
        "2026-12-04 20:29:59 > 2026-11-27 20:30:00",
        "2026-11-27 20:29:59 > 2026-11-20 20:30:00",
    ]);
});

test("a day is named", async () => {
    await show("day");
    expect(heading()).toBe("۸ آذر ۱۴۰۵");
    expect.verifySteps(["2026-11-29 20:29:59 > 2026-11-28 20:30:00"]);
});

test("a year has the twelve solar months", async () => {
    await show("year");
    expect(heading()).toBe("۱۴۰۵");
    const titles = queryAllTexts(".fc-toolbar-title");
    expect(titles).toHaveLength(12);
    expect(titles[0]).toBe("فروردین");
    expect(titles[11]).toBe("اسفند");
    expect(".o_calendar_renderer .fc-daygrid-day:not(.fc-day-disabled)").toHaveCount(
        365
    );
    await go("next");
    expect(heading()).toBe("۱۴۰۶");
    expect.verifySteps([
        "2027-03-20 20:29:59 > 2026-03-20 20:30:00",
        "2028-03-19 20:29:59 > 2027-03-20 20:30:00",
    ]);
});
