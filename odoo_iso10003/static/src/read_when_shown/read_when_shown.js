import {
    Component,
    markup,
    onWillStart,
    onWillUpdateProps,
    useState,
    xml,
} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

/** A text that the server writes, read when the page that shows it is opened. */
export class ReadWhenShown extends Component {
    static template = xml`<div class="o_readonly" t-att-name="props.field" t-out="text.value"/>`;
    static props = {...standardWidgetProps, field: String};

    setup() {
        this.orm = useService("orm");
        this.text = useState({value: ""});
        onWillStart(() => this.read(this.props));
        // the pager leads to another record on the same page
        onWillUpdateProps((next) => this.read(next));
    }

    async read({record, field}) {
        const [values] = await this.orm.read(record.resModel, [record.resId], [field]);
        this.text.value = markup(values[field] || "");
    }
}

registry.category("view_widgets").add("iso10003_read_when_shown", {
    component: ReadWhenShown,
    displayName: _t("Text, read when it is shown"),
    extractProps: ({attrs}) => ({field: attrs.field}),
});
