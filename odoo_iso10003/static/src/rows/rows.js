import {Component} from "@odoo/owl";
import {Domain} from "@web/core/domain";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {View} from "@web/views/view";

/**
 * Rows of another model, searched when they are shown.
 *
 * A list that grows is not loaded with its form, as an x2many field is, but by the
 * page of the notebook that shows it.
 */
export class Rows extends Component {
    static template = "odoo_iso10003.Rows";
    static components = {View};
    static props = {
        ...standardWidgetProps,
        model: String,
        view: String,
        domain: String,
        string: String,
        type: {type: String, optional: true},
    };

    setup() {
        this.action = useService("action");
    }

    get domain() {
        return new Domain(this.props.domain).toList(this.props.record.evalContext);
    }

    /** They are searched anew when the record was written. */
    get key() {
        const {resId, data} = this.props.record;
        return `${resId}/${data.write_date}`;
    }

    /** Rows, or the picture of them that is asked for. */
    get type() {
        return this.props.type || "list";
    }

    get viewProps() {
        return {
            type: this.type,
            resModel: this.props.model,
            domain: this.domain,
            views: [
                [false, this.type],
                [false, "search"],
            ],
            context: {[`${this.type}_view_ref`]: this.props.view},
            display: {controlPanel: false},
            ...(this.type === "list" && this.listProps),
        };
    }

    /** What rows are pressed for, and a picture knows nothing of. */
    get listProps() {
        return {
            allowSelectors: false,
            selectRecord: (resId) => this.open([[false, "form"]], {res_id: resId}),
        };
    }

    /** All of them, with what a list of its own can do: search, group, pages. */
    openAll() {
        return this.open(
            [
                [false, "list"],
                [false, "form"],
            ],
            {domain: this.domain}
        );
    }

    open(views, more) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: this.props.string,
            res_model: this.props.model,
            views,
            ...more,
        });
    }
}

registry.category("view_widgets").add("iso10003_rows", {
    component: Rows,
    fieldDependencies: [{name: "write_date", type: "datetime"}],
    extractProps: ({attrs}) => ({
        model: attrs.model,
        view: attrs.view,
        domain: attrs.domain,
        string: attrs.string,
        type: attrs.type,
    }),
});
