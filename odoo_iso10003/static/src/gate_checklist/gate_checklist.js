import {Component, useRef} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

import {SHOW_FIELD} from "../case_form/case_form";

/** What the standard wants before the file goes on, ticked where it is met. */
export class GateChecklist extends Component {
    static template = "odoo_iso10003.GateChecklist";
    static props = {...standardFieldProps};

    setup() {
        this.list = useRef("list");
    }

    get gates() {
        return this.props.record.data[this.props.name] || [];
    }

    sign(gate) {
        return gate.met ? _t("Met") : _t("Open");
    }

    /** Lead to the field that the gate wants. */
    showField(gate) {
        this.env.bus.trigger(SHOW_FIELD, gate.field);
        // the page of the field is there after the next rendering, which is a frame
        const form = this.list.el.closest(".o_form_view");
        const later = (doIt) => browser.requestAnimationFrame(doIt);
        later(() => later(() => this.focus(form, gate)));
    }

    focus(form, gate) {
        const field = form.querySelector(`.o_field_widget[name="${gate.field}"]`);
        field?.scrollIntoView({block: "center"});
        const inside = "input,textarea,button,[tabindex],[contenteditable]";
        // what nobody types is done by a button beside it
        const door =
            field?.querySelector(inside) ??
            field?.closest(".o_row")?.querySelector("button");
        door?.focus();
    }

    get openCount() {
        return this.gates.filter((gate) => !gate.met).length;
    }
}

registry.category("fields").add("iso10003_gate_checklist", {
    component: GateChecklist,
    displayName: _t("Gate checklist"),
    supportedTypes: ["json"],
});
