// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {
    contains,
    defineModels,
    fields,
    makeMockEnv,
    models,
    mountView,
    mountWithCleanup,
    patchTranslations,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {expect, test} from "@odoo/hoot";
import {Component, xml} from "@odoo/owl";
import {AnimatedNumber} from "@web/views/view_components/animated_number";
import {GraphRenderer} from "@web/views/graph/graph_renderer";
import {TagsList} from "@web/core/tags_list/tags_list";
import {_t} from "@web/core/l10n/translation";
import {formatDuration} from "@web/core/l10n/dates";
import {inPersian} from "./solar_test_helpers";
import {queryAllTexts} from "@odoo/hoot-dom";
import {registerTemplate} from "@web/core/templates";
import {renderToString} from "@web/core/utils/render";
import {session} from "@web/session";

class Contact extends models.Model {
    name = fields.Char();
    weight = fields.Float();
    kind = fields.Selection({
        selection: [
            ["a", "A"],
            ["b", "B"],
        ],
    });

    _records = Array.from({length: 12}, (_, index) => ({
        id: index + 1,
        name: `No. ${index + 1}`,
        kind: index < 10 ? "a" : "b",
        weight: index,
    }));
}

defineModels([Contact]);
inPersian();

const list = (groupBy = []) =>
    mountView({
        type: "list",
        resModel: "contact",
        groupBy,
        arch: `<list limit="5"><field name="name"/></list>`,
    });
const kanban = (arch = "") =>
    mountView({
        type: "kanban",
        resModel: "contact",
        groupBy: ["kind"],
        arch: `
            <kanban limit="3">
                ${arch}
                <templates>
                    <t t-name="card"><field name="name"/></t>
                </templates>
            </kanban>`,
    });
const inGregorian = () => patchWithCleanup(session, {solar_hijri: false});

test("the pager counts in Persian digits, and is typed in with them", async () => {
    await list();
    expect(".o_pager_value").toHaveText("۱-۵");
    expect(".o_pager_limit").toHaveText("۱۲");
    await contains(".o_pager_value").click();
    expect("input.o_pager_value").toHaveValue("۱-۵");
    await contains("input.o_pager_value").edit("۶-۸");
    expect(".o_pager_value").toHaveText("۶-۸");
    // what it is of is data, and stays as it was written
    expect(queryAllTexts(".o_data_cell")).toEqual(["No. 6", "No. 7", "No. 8"]);
});

test("groups of a list have as many records in Persian digits", async () => {
    await list(["kind"]);
    expect(queryAllTexts(".o_group_name")).toEqual(["A (۱۰)", "B (۲)"]);
});

test("columns of a kanban, and what is left to load", async () => {
    await kanban();
    expect(queryAllTexts(".o_column_title")).toEqual(["A\n(۱۰)", "B\n(۲)"]);
    expect(".o_kanban_load_more button").toHaveText(/۷/);
});

test("the sums of a kanban's columns", async () => {
    await kanban(
        `<progressbar field="kind" colors='{"a": "success"}' sum_field="weight"/>`
    );
    expect(queryAllTexts(".o_animated_number")).toEqual(["۴۵", "۲۱"]);
    expect(AnimatedNumber.prototype.format.call({}, 1234567)).toBe("۱,۲۳۵k");
});

test("tags that there is no room for", async () => {
    const tags = Array.from({length: 5}, (_, id) => ({id, text: `T${id}`}));
    await mountWithCleanup(TagsList, {props: {tags, visibleItemsLimit: 3}});
    expect(".o_m2m_avatar_empty").toHaveText("+۳");
});

test("the axis of a graph", () => {
    const write = GraphRenderer.prototype.formatValue;
    expect(write(12)).toBe("۱۲");
    expect(write(1250)).toMatch(/^۱[.,]۲۵/);
});

test("numbers in sentences, and not what else is in them", async () => {
    patchTranslations();
    await makeMockEnv();
    expect(_t("%s records of %s", 12, "B2").toString()).toBe("۱۲ records of B2");
    expect(_t("%(count)s of %(all)s", {count: 1, all: "2"}).toString()).toBe("۱ of 2");
    inGregorian();
    expect(_t("%s records of %s", 12, "B2").toString()).toBe("12 records of B2");
});

test("how long something was, in the words of the language", async () => {
    await makeMockEnv();
    expect(formatDuration(120, false)).toBe("۲ دقیقه");
    expect(formatDuration(7320, false)).toBe("۲ ساعت");
    expect(formatDuration(7320, true)).toBe("۲ ساعت و ۲ دقیقه");
    inGregorian();
    expect(formatDuration(120, false)).toBe(formatDuration.original(120, false));
});

class Written extends Component {
    static template = xml`
        <div>
            <p t-esc="12"/>
            <p t-out="props.number"/>
            <p t-esc="'12'"/>
            <p t-esc="undefined">7</p>
            <t t-call="{{ props.called }}"><i t-esc="3"/></t>
            <input t-att-value="5" t-attf-title="{{ 2 + 3 }} of {{ 'B5' }}" t-attf-class="c{{ 5 }}"/>
        </div>`;
    static called = xml`<b><t t-out="0"/></b>`;
    static props = ["*"];
}

test("any template writes numbers in Persian digits", async () => {
    const props = {called: Written.called, number: 1.5};
    await mountWithCleanup(Written, {props});
    expect(queryAllTexts("p, b")).toEqual(["۱۲", "۱.۵", "12", "7", "۳"]);
    expect("input").toHaveValue("5");
    expect("input").toHaveAttribute("title", "۵ of B5");
    expect("input").toHaveClass("c5");
});

test("so does what is made a text of", async () => {
    await makeMockEnv();
    registerTemplate(
        "solar.written",
        "/web_solar_hijri/x.xml",
        `<b><t t-esc="n"/></b>`
    );
    expect(renderToString("solar.written", {n: 12})).toBe("<b>۱۲</b>");
});

test("who counts in the Gregorian calendar sees what Odoo shows", async () => {
    inGregorian();
    await list(["kind"]);
    expect(queryAllTexts(".o_group_name")).toEqual(["A (10)", "B (2)"]);
    expect(GraphRenderer.prototype.formatValue(12)).toBe("12");
    await kanban();
    expect(queryAllTexts(".o_column_title")).toEqual(["A\n(10)", "B\n(2)"]);
    await mountWithCleanup(Written, {props: {called: Written.called, number: 1.5}});
    expect(queryAllTexts("p, b")).toEqual(["12", "1.5", "12", "7", "3"]);
});
