// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {
    contains,
    defineModels,
    fields,
    makeDialogMockEnv,
    models,
    mountWithCleanup,
    patchWithCleanup,
    preloadBundle,
} from "@web/../tests/web_test_helpers";
import {expect, test} from "@odoo/hoot";
import {Component, useState, xml} from "@odoo/owl";
import {DomainSelector} from "@web/core/domain_selector/domain_selector";
import {inPersian} from "./solar_test_helpers";
import {queryAllTexts} from "@odoo/hoot-dom";
import {session} from "@web/session";

class Event extends models.Model {
    day = fields.Date();
    moment = fields.Datetime();
}

defineModels([Event]);
preloadBundle("web_solar_hijri.lazy");
inPersian();

const CHOICE = ".o_tree_editor_condition select";

async function choose(domain, label) {
    await makeDialogMockEnv();
    const parent = {domain};
    class Parent extends Component {
        static components = {DomainSelector};
        static props = [];
        static template = xml`<DomainSelector resModel="'event'" domain="state.domain"
            isDebugMode="false" readonly="false" update="(d) => this.update(d)"/>`;
        setup() {
            this.state = useState(parent);
        }
        update(changed) {
            this.state.domain = parent.domain = changed;
        }
    }
    await mountWithCleanup(Parent);
    const options = queryAllTexts(`${CHOICE} option`);
    if (label) {
        const last = document.querySelectorAll(CHOICE);
        await contains(last[last.length - 1]).select(
            [...last[last.length - 1].options].find((one) => one.text === label).value
        );
    }
    return {options, chosen: parent.domain};
}

const TODAY = (name) =>
    `["&", ("${name}", ">=", "today"), ("${name}", "<", "today +1d")]`;

test("months, seasons and years of the solar calendar can be chosen", async () => {
    const {options} = await choose(TODAY("day"));
    expect(options).toInclude("آذر ۱۴۰۵");
    expect(options).toInclude("آبان ۱۴۰۵");
    expect(options).toInclude("Autumn ۱۴۰۵");
    expect(options).toInclude("Summer ۱۴۰۵");
    expect(options).toInclude("۱۴۰۵");
    expect(options).toInclude("۱۴۰۴");
    expect(options).toInclude("Last month (Gregorian)");
    expect(options).not.toInclude("Last month");
});

test("a month is between its days", async () => {
    const {chosen} = await choose(TODAY("day"), "آبان ۱۴۰۵");
    expect(chosen).toBe(
        `["&", ("day", ">=", "2026-10-23"), ("day", "<=", "2026-11-21")]`
    );
});

test("a season of moments is between midnights", async () => {
    const {chosen} = await choose(TODAY("moment"), "Autumn ۱۴۰۵");
    expect(chosen).toBe(
        `["&", ("moment", ">=", "2026-09-22 20:30:00"), ("moment", "<=", "2026-12-21 20:29:59")]`
    );
});

test("a year is one of the solar calendar", async () => {
    const {chosen} = await choose(TODAY("day"), "۱۴۰۴");
    expect(chosen).toBe(
        `["&", ("day", ">=", "2025-03-21"), ("day", "<=", "2026-03-20")]`
    );
});

test("who counts in the Gregorian calendar has what Odoo has", async () => {
    patchWithCleanup(session, {solar_hijri: false});
    const {options} = await choose(TODAY("day"));
    expect(options).toInclude("Last month");
    expect(options).not.toInclude("آذر ۱۴۰۵");
});
