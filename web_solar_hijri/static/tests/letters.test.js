// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {describe, expect, test} from "@odoo/hoot";
import {fuzzyLookup} from "@web/core/utils/search";
import {inPersian} from "./solar_test_helpers";
import {makeMockEnv, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {normalize} from "@web/core/l10n/utils";
import {session} from "@web/session";

const {Settings} = luxon;

describe.current.tags("headless");
inPersian();

const MENUS = ["اختلاف‌ها", "کاركنان", "رؤیت‌شده‌ها", "مسئولان", "بند ۴.۶", "Élan"];
const find = (typed) => fuzzyLookup(typed, MENUS, (name) => name);

test("menus and choices are found however they are written", async () => {
    await makeMockEnv();
    expect(find("اختلافها")).toEqual(["اختلاف‌ها"]);
    expect(find("اختلاف ها")).toEqual(["اختلاف‌ها"]);
    expect(find("كارکنان")).toEqual(["کاركنان"]);
    expect(find("رويت")).toEqual(["رؤیت‌شده‌ها"]);
    expect(find("مسؤول")).toEqual(["مسئولان"]);
    expect(find("مسیول")).toEqual(["مسئولان"]);
    expect(find("4.6")).toEqual(["بند ۴.۶"]);
    expect(find("elan")).toEqual(["Élan"]);
    expect(find("حسابدار")).toEqual([]);
});

test("who works in another language and calendar finds what Odoo finds", async () => {
    await makeMockEnv();
    patchWithCleanup(session, {solar_hijri: false});
    patchWithCleanup(Settings, {defaultLocale: "en-US"});
    expect(normalize("كاظمي")).toBe("كاظمي");
    expect(find("كارکنان")).toEqual([]);
});
