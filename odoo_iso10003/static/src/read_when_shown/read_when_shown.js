import {Component, markup, onWillStart, useState, xml} from "@odoo/owl";
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
        onWillStart(() => this.read());
    }

    async read() {
        const {resModel, resId} = this.props.record;
        const [values] = await this.orm.read(resModel, [resId], [this.props.field]);
        this.text.value = markup(values[this.props.field] || "");
    }
}

registry.category("view_widgets").add("iso10003_read_when_shown", {
    component: ReadWhenShown,
    displayName: _t("Text, read when it is shown"),
    extractProps: ({attrs}) => ({field: attrs.field}),
});
