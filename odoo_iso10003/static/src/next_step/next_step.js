import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {ViewButton} from "@web/views/view_button/view_button";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

import {showField} from "../case_form/case_form";

/** The card that names the one next step of a file, with the button that takes it. */
export class NextStep extends Component {
    static template = "odoo_iso10003.NextStep";
    static components = {ViewButton};
    static props = {...standardFieldProps};

    get step() {
        return this.props.record.data[this.props.name];
    }

    get form() {
        return this.props.record.form;
    }

    /** The button says what it was pressed on, so that an old card moves nothing. */
    get clickParams() {
        const context = {
            shown_state: this.form.data.state,
            shown_step: this.step.code,
        };
        return {type: "object", name: "action_next_step", context};
    }

    fillIn(event) {
        showField(this.env.bus, event.target.closest(".o_form_view"), this.step.field);
    }
}

registry.category("fields").add("iso10003_next_step", {
    component: NextStep,
    displayName: _t("Next step"),
    supportedTypes: ["json"],
});
