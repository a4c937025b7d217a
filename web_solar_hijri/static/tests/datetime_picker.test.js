// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {inPersian} from "./solar_test_helpers";

class Event extends models.Model {
    date = fields.Date();
    end = fields.Date();

    _records = [{id: 1, date: "2026-11-26", end: "2026-12-05"}, {id: 2}];
    _views = {form: `<form><field name="date"/></form>`};
}

defineModels([Event]);
inPersian();

async function openPicker(resId = 1) {
    await mountView({type: "form", resModel: "event", resId});
    await contains(resId === 1 ? "[name=date] button" : "[name=date] input").click();
    await animationFrame();
}

const title = () => queryAllTexts(".o_datetime_picker_header .o_header_part").join();
const cell = (day) => `.o_date_item_cell:not(.o_out_of_range):contains(/^${day}$/)`;
const zoomOut = () => contains(".o_zoom_out").click();

test("the days of a solar month, from Saturday", async () => {
    await openPicker();
    expect(title()).toBe("آذر ۱۴۰۵");
    expect(".o_day_of_week_cell:eq(1)").toHaveAttribute("title", /شنبه$/);
    const days = queryAllTexts(".o_date_item_cell:not(.o_out_of_range)");
    expect(days).toHaveLength(30);
    expect(days[0]).toBe("۱");
    // 1 Azar 1405 is a Sunday, so that 30 Aban stands before it
    expect(queryAllTexts(".o_date_item_cell").slice(0, 2)).toEqual(["۳۰", "۱"]);
    expect(".o_selected").toHaveText("۵");
    expect(".o_today").toHaveText("۸");
    expect(queryAllTexts(".o_week_number_cell")[0]).toBe("۳۶");
});

test("the day that is clicked is the day that is stored", async () => {
    onRpc("event", "web_save", ({args}) => expect.step(args[1].date));
    await openPicker();
    await contains(cell("۱۸")).click();
    await animationFrame();
    expect("[name=date] button").toHaveText("۱۸ آذر");
    await contains(".o_form_button_save").click();
    expect.verifySteps(["2026-12-09"]);
});

test("months, years and decades", async () => {
    await openPicker();
    await contains(".o_next").click();
    expect(title()).toBe("دی ۱۴۰۵");
    await contains(".o_previous").click();
    await contains(".o_previous").click();
    expect(title()).toBe("آبان ۱۴۰۵");
    await zoomOut();
    expect(title()).toBe("۱۴۰۵");
    expect(queryAllTexts(".o_date_item_cell").slice(0, 3)).toEqual([
        "فروردین",
        "اردیبهشت",
        "خرداد",
    ]);
    await zoomOut();
    expect(title()).toBe("۱۳۹۹ - ۱۴۱۰");
    await contains(".o_next").click();
    expect(title()).toBe("۱۴۰۹ - ۱۴۲۰");
    await contains(".o_previous").click();
    await zoomOut();
    expect(title()).toBe("۱۳۹۰ - ۱۵۰۰");
    await contains(
        ".o_date_item_cell:contains(۱۳۷۰), .o_date_item_cell:contains(۱۴۲۰)"
    ).click();
    await contains(".o_date_item_cell:contains(۱۴۲۱)").click();
    await contains(".o_date_item_cell:contains(اسفند)").click();
    expect(title()).toBe("اسفند ۱۴۲۱");
});

test("a leap year has 30 days in Esfand", async () => {
    Event._records[0].date = "2025-03-20";
    await openPicker();
    expect(title()).toBe("اسفند ۱۴۰۳");
    expect(queryAllTexts(".o_date_item_cell:not(.o_out_of_range)").at(-1)).toBe("۳۰");
    expect(".o_selected").toHaveText("۳۰");
});

test("a date out of the solar years is shown as it is, and the picker opens", async () => {
    Event._records[0].date = "9999-12-31";
    await openPicker();
    expect(title()).toBe("اسفند ۱۴۹۹");
    expect("[name=date] input").toHaveValue("9999-12-31");
});
