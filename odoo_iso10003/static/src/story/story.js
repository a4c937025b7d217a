import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** What happened in a file, and after a line for today, what comes next. */
export class Story extends Component {
    static template = "odoo_iso10003.Story";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
    }

    get told() {
        return this.props.record.data[this.props.name];
    }

    get happened() {
        return this.told.filter((fact) => !fact.ahead);
    }

    get ahead() {
        return this.told.filter((fact) => fact.ahead);
    }

    /** Each thing that is told leads to the record that tells it. */
    open(fact) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: fact.kind,
            res_id: fact.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("fields").add("iso10003_story", {
    component: Story,
    displayName: _t("Timeline"),
    supportedTypes: ["json"],
});
