// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {
    clickCancel,
    clickSave,
    contains,
    defineModels,
    editSearch,
    fields,
    getFacetTexts,
    mockService,
    models,
    mountView,
    mountWithSearch,
    onRpc,
    patchWithCleanup,
    validateSearch,
} from "@web/../tests/web_test_helpers";
import {expect, test} from "@odoo/hoot";
import {Component, xml} from "@odoo/owl";
import {SearchBar} from "@web/search/search_bar/search_bar";
import {animationFrame} from "@odoo/hoot-mock";
import {inPersian} from "./solar_test_helpers";
import {session} from "@web/session";

const {Settings} = luxon;

class Contact extends models.Model {
    weight = fields.Float();
    hours = fields.Float();
    count = fields.Integer();
    properties = fields.Properties({
        definition_record: "parent_id",
        definition_record_field: "definitions",
    });
    definitions = fields.PropertiesDefinition();
    parent_id = fields.Many2one({relation: "contact"});

    _records = [
        {
            id: 1,
            definitions: [{name: "size", type: "integer", string: "Size"}],
        },
        {id: 2, parent_id: 1, properties: {size: 7}},
    ];
    _views = {
        form: `
            <form>
                <field name="parent_id" invisible="1"/>
                <field name="weight"/>
                <field name="hours" widget="float_time"/>
                <field name="count"/>
                <field name="properties"/>
            </form>`,
        search: `<search><field name="weight"/><field name="count"/></search>`,
    };
}

defineModels([Contact]);
inPersian();

const form = () => mountView({type: "form", resModel: "contact", resId: 2});
const edit = (name, text) => contains(`.o_field_widget[name=${name}] input`).edit(text);

function stepSaved() {
    onRpc("contact", "web_save", ({args}) => expect.step(JSON.stringify(args[1])));
}

test("numbers are typed with Persian digits and separators", async () => {
    stepSaved();
    await form();
    await edit("weight", "۱۲٬۵۰۰٫۷۵");
    await edit("hours", "۱:۳۰");
    await edit("count", "١٬٢٥٠");
    await edit("properties", "۱۲");
    await clickSave();
    const [saved] = [
        JSON.stringify({
            weight: 12500.75,
            hours: 1.5,
            count: 1250,
            properties: [{name: "size", type: "integer", string: "Size", value: 12}],
        }),
    ];
    expect.verifySteps([saved]);
});

const PROPERTY = ".o_field_widget[name=properties] input";

test("what is no number in a property is refused, and not made 0", async () => {
    stepSaved();
    mockService("notification", {
        add: (message) => void expect.step(message.toString()),
    });
    await form();
    await edit("properties", "دوازده");
    expect(PROPERTY).toHaveValue("دوازده");
    expect(".o_field_widget[name=properties]").toHaveClass("o_field_invalid");
    expect(".o_form_button_save").not.toBeEnabled();
    expect.verifySteps(["“دوازده” is not a number."]);
    await edit("properties", "۱۲");
    expect(".o_field_widget[name=properties]").not.toHaveClass("o_field_invalid");
    await clickSave();
    const size = {name: "size", type: "integer", string: "Size", value: 12};
    expect.verifySteps([JSON.stringify({properties: [size]})]);
});

test("what was refused in a property goes when the record is discarded", async () => {
    await form();
    await edit("properties", "abc");
    expect(PROPERTY).toHaveValue("abc");
    await clickCancel();
    await animationFrame();
    await animationFrame();
    expect(PROPERTY).toHaveValue("7");
    expect(".o_field_widget[name=properties]").not.toHaveClass("o_field_invalid");
});

test("who works in another language and calendar gets what Odoo gives", async () => {
    stepSaved();
    await form();
    patchWithCleanup(session, {solar_hijri: false});
    patchWithCleanup(Settings, {defaultLocale: "en-US"});
    await edit("properties", "abc");
    await clickSave();
    const size = {name: "size", type: "integer", string: "Size", value: 0};
    expect.verifySteps([JSON.stringify({properties: [size]})]);
});

class Searched extends Component {
    static template = xml`<SearchBar/>`;
    static components = {SearchBar};
    static props = ["*"];
}

test("numbers are searched with Persian digits", async () => {
    let domain = null;
    await mountWithSearch(
        class extends Searched {
            setup() {
                this.env.searchModel.addEventListener("update", () => {
                    domain = this.env.searchModel.domain;
                });
            }
        },
        {resModel: "contact", searchViewId: false}
    );
    await editSearch("۱۲٫۵");
    await validateSearch();
    expect(getFacetTexts()).toEqual(["Weight\n۱۲٫۵"]);
    expect(domain).toEqual([["weight", "=", 12.5]]);
});
