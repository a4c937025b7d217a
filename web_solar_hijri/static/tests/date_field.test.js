// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {
    clickCancel,
    clickSave,
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {beforeEach, expect, test} from "@odoo/hoot";
import {edit, press, queryOne} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {inPersian} from "./solar_test_helpers";

class Event extends models.Model {
    date = fields.Date();
    moment = fields.Datetime();
    begin = fields.Date();
    end = fields.Date();
    amount = fields.Float();
    name = fields.Char();

    _records = [
        {
            id: 1,
            date: "2026-11-26",
            moment: "2026-11-26 06:30:00",
            begin: "2026-11-22",
            end: "2026-11-29",
        },
        {id: 2},
    ];
    _views = {
        form: `
            <form>
                <field name="date"/>
                <field name="moment"/>
                <field name="begin" widget="daterange" options="{'end_date_field': 'end'}"/>
                <field name="amount"/>
                <field name="name"/>
            </form>`,
        list: `
            <list editable="bottom">
                <field name="date"/><field name="moment"/><field name="name"/>
            </list>`,
    };
}

defineModels([Event]);
inPersian();

const form = (resId = 1) => mountView({type: "form", resModel: "event", resId});

const queryInput = (field) =>
    queryOne(`.o_field_widget[name=${field}]`).querySelector("input");

async function type(field, text) {
    const input = `.o_field_widget[name=${field}] input`;
    const closed = `.o_field_widget[name=${field}] button`;
    await contains(queryInput(field) ? input : closed).click();
    await edit(text, {confirm: false});
    return input;
}

/** The record cannot be saved: its button is off, and it says why. */
function expectUnsaved() {
    expect(".o_form_button_save").not.toBeEnabled();
    expect.verifySteps([]);
}

beforeEach(() => {
    onRpc("event", "web_save", ({args}) => {
        expect.step(JSON.stringify(args[1]));
    });
});

test("a date that is typed in Persian is stored in the Gregorian calendar", async () => {
    await form();
    await type("date", "۱۴۰۵/۰۹/۰۸");
    await press("Enter");
    await animationFrame();
    expect(".o_field_widget[name=date] button").toHaveText("۸ آذر");
    await clickSave();
    expect.verifySteps(['{"date":"2026-11-29"}']);
});

test("the year 1405 is never stored as one of the common era", async () => {
    await form();
    await type("date", "1405/09/05");
    await press("Tab");
    await type("moment", "1405-09-05 09:30");
    await press("Tab");
    await clickSave();
    // the day was 5 Azar already, and so was the moment, at 10:00
    expect.verifySteps(['{"moment":"2026-11-26 06:00:00"}']);
});

test("a date that cannot be read is refused, and stays as it was typed", async () => {
    await form();
    const input = await type("date", "1405/13/01");
    await press("Tab");
    await animationFrame();
    expect(input).toHaveValue("1405/13/01");
    expect(input).toHaveAttribute("aria-invalid", "true");
    expect(".o_field_widget[name=date]").toHaveClass("o_field_invalid");
    expect(".o_notification").toHaveCount(1);
    expect(".o_notification").toHaveText(/1405\/13\/01/);
    expectUnsaved();
    expect(input).toHaveValue("1405/13/01");

    await contains(input).click();
    await edit("1405/12/01", {confirm: false});
    await press("Enter");
    await animationFrame();
    expect(".o_field_widget[name=date]").not.toHaveClass("o_field_invalid");
    await clickSave();
    expect.verifySteps(['{"date":"2027-02-20"}']);
});

test("a click elsewhere refuses as well", async () => {
    await form(2);
    const input = await type("date", "foo");
    await contains(".o_field_widget[name=name] input").click();
    await animationFrame();
    expect(input).toHaveValue("foo");
    expect(".o_field_widget[name=date]").toHaveClass("o_field_invalid");
    expectUnsaved();
});

test("discarding gives up what could not be read", async () => {
    await form();
    await type("date", "foo");
    await press("Tab");
    await animationFrame();
    await clickCancel();
    await animationFrame();
    expect(".o_field_widget[name=date]").not.toHaveClass("o_field_invalid");
    expect(".o_field_widget[name=date]").toHaveText("۵ آذر");
    await type("name", "x");
    await clickSave();
    expect.verifySteps(['{"name":"x"}']);
});

test("Escape gives up what could not be read", async () => {
    await form(2);
    const input = await type("date", "foo");
    await press("Escape");
    await animationFrame();
    expect(input).toHaveValue("");
    await type("name", "x");
    await clickSave();
    expect.verifySteps(['{"name":"x"}']);
});

test("a date that is deleted is deleted", async () => {
    await form();
    await type("date", "");
    await press("Tab");
    await clickSave();
    expect.verifySteps(['{"date":false}']);
});

test("a date and a time are shown and typed", async () => {
    await form();
    expect(".o_field_widget[name=moment] button").toHaveText("۵ آذر، ۱۰:۰۰");
    const input = await type("moment", "8 آذر 1405 14:15");
    expect(input).toHaveCount(1);
    await press("Enter");
    await clickSave();
    expect.verifySteps(['{"moment":"2026-11-29 10:45:00"}']);
});

test("the input has the date in full", async () => {
    await form();
    await contains(".o_field_widget[name=date] button").click();
    expect(".o_field_widget[name=date] input").toHaveValue("۱۴۰۵/۰۹/۰۵");
    await press("Escape");
    await contains(".o_field_widget[name=moment] button").click();
    expect(".o_field_widget[name=moment] input").toHaveValue("۱۴۰۵/۰۹/۰۵ ۱۰:۰۰:۰۰");
});

test("both dates of a range are typed, and each is refused", async () => {
    await form();
    await contains(".o_field_widget[name=begin] button:first").click();
    await animationFrame();
    await edit("1405/08/10", {confirm: false});
    await press("Tab");
    await animationFrame();
    expect("input[data-field=end]").toBeFocused();
    await edit("1405/08/31", {confirm: false});
    await press("Tab");
    await animationFrame();
    expect("input[data-field=end]").toHaveValue("1405/08/31");
    expect("input[data-field=end]").toHaveAttribute("aria-invalid", "true");
    expectUnsaved();
    await contains("input[data-field=end]").click();
    await edit("1405/08/30", {confirm: false});
    await press("Tab");
    await clickSave();
    expect.verifySteps(['{"begin":"2026-11-01","end":"2026-11-21"}']);
});

test("numbers of a form are in Persian digits, and read back", async () => {
    Event._records[0].amount = 1250.5;
    await form();
    const input = "[name=amount] input";
    expect(input).toHaveValue("۱,۲۵۰.۵۰");
    await contains(input).click();
    await edit("۱,۲۵۰.۷۵", {confirm: "tab"});
    expect(input).toHaveValue("۱,۲۵۰.۷۵");
    await clickSave();
    expect.verifySteps(['{"amount":1250.75}']);
});

test("the tooltip, and how many days remain", async () => {
    Event._records[0].date = "2026-12-05";
    await mountView({
        type: "form",
        resModel: "event",
        resId: 1,
        arch: `
            <form>
                <field name="date" widget="remaining_days" readonly="1"/>
                <field name="moment" readonly="1"/>
            </form>`,
    });
    // next month, for who counts in the Gregorian calendar
    expect(".o_field_widget[name=date]").toHaveText("۶ روز دیگر");
    expect(".o_field_widget[name=date] [title]").toHaveAttribute("title", "۱۴۰۵/۰۹/۱۴");
    const moment = queryOne(".o_field_widget[name=moment] [data-tooltip]");
    expect(moment.dataset.tooltip).toBe("۱۴۰۵/۰۹/۰۵ ۱۰:۰۰:۰۰");
});

test("a row of a list is not left with a date that cannot be read", async () => {
    await mountView({type: "list", resModel: "event"});
    expect(".o_data_cell[name=date]:first").toHaveText("۵ آذر");
    await contains(".o_data_row:eq(1) .o_data_cell:eq(0)").click();
    await contains(".o_data_row:eq(1) [name=date] input").click();
    await edit("1405/13/01", {confirm: false});
    await press("Tab");
    await contains(".o_data_row:eq(0) .o_data_cell:eq(2)").click();
    await animationFrame();
    expect(".o_data_row:eq(1) [name=date] input").toHaveValue("1405/13/01");
    expect(".o_data_row:eq(1)").toHaveClass("o_selected_row");
    expect.verifySteps([]);
});

test("an amount in Persian digits is stored, and what is none is refused", async () => {
    await form();
    await contains("[name=amount] input").edit("۱٬۲۵۰٫۵");
    await clickSave();
    expect.verifySteps(['{"amount":1250.5}']);
    await contains("[name=amount] input").edit("دوازده");
    expectUnsaved();
    expect("[name=amount]").toHaveClass("o_field_invalid");
});
