import {Component, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

import {showField} from "../case_form/case_form";

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

    /** What is still wanted, or is there with something to say of it. */
    get told() {
        return this.gates.filter((gate) => !gate.met || gate.remark);
    }

    get done() {
        return this.gates.filter((gate) => gate.met && !gate.remark);
    }

    /** Whether a card above says what to do of the next one. */
    get hasCard() {
        return Boolean(this.props.record.form);
    }

    sign(gate) {
        return gate.met ? _t("Met") : _t("Open");
    }

    /** Lead to the field that the gate wants. */
    showField(gate) {
        showField(this.env.bus, this.list.el.closest(".o_form_view"), gate.field);
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
