// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {expect, test} from "@odoo/hoot";
import {openFormView, start, startServer} from "@mail/../tests/mail_test_helpers";
import {queryAllAttributes, queryAllTexts, waitFor} from "@odoo/hoot-dom";
import {ActivityCell} from "@mail/views/web/activity/activity_cell";
import {ActivityListPopoverItem} from "@mail/core/web/activity_list_popover_item";
import {Message} from "@mail/core/common/message";
import {inPersian} from "./solar_test_helpers";
import {makeMockEnv} from "@web/../tests/web_test_helpers";

const {DateTime} = luxon;

inPersian();

/** What a getter of a component gives for some props. */
const shown = (component, name, props) =>
    Reflect.get(
        component.prototype,
        name,
        Object.assign(Object.create(component.prototype), {props})
    );

test("messages have solar days with their year, and days between them", async () => {
    const pyEnv = await startServer();
    const partnerId = pyEnv["res.partner"].create({name: "X"});
    for (const date of [
        "2026-01-10 06:30:00",
        "2026-11-22 06:30:00",
        "2026-11-29 06:30:00",
    ]) {
        pyEnv["mail.message"].create({
            author_id: partnerId,
            body: "x",
            date,
            message_type: "comment",
            model: "res.partner",
            res_id: partnerId,
        });
    }
    await start();
    await openFormView("res.partner", partnerId);
    await waitFor(".o-mail-Message:count(3)");
    const days = queryAllTexts(".o-mail-DateSection");
    expect(days.slice(1)).toEqual(["۱ آذر ۱۴۰۵", "۲۰ دی ۱۴۰۴"]);
    const dates = queryAllTexts(".o-mail-Message-date");
    expect(dates[0]).toMatch(/^[۰-۹]+ ساعت پیش$|۱۰:۰۰/);
    expect(dates.at(-1)).toMatch(/۲۰ دی ۱۴۰۴|[۰-۹]+ ماه پیش/);
    const titles = queryAllAttributes(".o-mail-Message-date", "title");
    expect(titles.at(-1)).toMatch(/^۱۴۰۴\/۱۰\/۲۰.*۱۰:۰۰:۰۰/);
});

test("an activity says in Persian digits when it is due", async () => {
    const pyEnv = await startServer();
    const partnerId = pyEnv["res.partner"].create({name: "X"});
    pyEnv["mail.activity"].create([
        {
            date_deadline: "2026-11-24",
            res_id: partnerId,
            res_model: "res.partner",
            state: "overdue",
        },
        {
            date_deadline: "2026-12-03",
            res_id: partnerId,
            res_model: "res.partner",
            state: "planned",
        },
    ]);
    await start();
    await openFormView("res.partner", partnerId);
    await waitFor(".o-mail-Activity:count(2)");
    expect(".o-mail-Activity span.text-danger").toHaveText(/۵/);
    expect(".o-mail-Activity span.text-success").toHaveText(/۴/);
});

test("values that changed, activity cells and the list of activities", async () => {
    await makeMockEnv();
    const changed = (fieldType, value) =>
        Message.prototype.formatTracking({fieldType}, value);
    expect(changed("date", "2026-11-29")).toBe("۱۴۰۵/۰۹/۰۸");
    expect(changed("date", "2026-01-10")).toBe("۱۴۰۴/۱۰/۲۰");
    expect(changed("datetime", "2026-11-29 10:00:00Z")).toBe("۱۴۰۵/۰۹/۰۸ ۱۳:۳۰:۰۰");
    expect(changed("integer", 1250)).toBe("۱,۲۵۰");
    expect(changed("char", "1250")).toBe("1250");
    expect(
        shown(ActivityCell, "reportingDateFormatted", {reportingDate: "2026-11-29"})
    ).toBe("۱۴۰۵/۰۹/۰۸");
    const activity = {date_deadline: DateTime.fromISO("2026-12-03")};
    expect(shown(ActivityListPopoverItem, "delayLabel", {activity})).toMatch(/۴/);
});
