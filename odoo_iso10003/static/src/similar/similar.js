import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** Files that are like this one, each with what makes it so. */
export class Similar extends Component {
    static template = "odoo_iso10003.Similar";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
    }

    get files() {
        return this.props.record.data[this.props.name] || [];
    }

    open(file) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "iso10003.dispute",
            res_id: file.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("fields").add("iso10003_similar", {
    component: Similar,
    displayName: _t("Similar files"),
    supportedTypes: ["json"],
});
