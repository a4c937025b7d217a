import {Component, markup, status, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const asked = new Map();

/** Read a field of a record; what widgets ask for at one time is one call. */
function readTogether(orm, {resModel, resId, context}, field) {
    const key = `${resModel},${resId}`;
    if (!asked.has(key)) {
        const fields = [];
        const answer = Promise.resolve().then(() => {
            asked.delete(key);
            return orm.read(resModel, [resId], fields, {context});
        });
        asked.set(key, {fields, answer});
    }
    const {fields, answer} = asked.get(key);
    fields.push(field);
    return answer.then(([values]) => values[field]);
}

/**
 * A field that the server computes, read when the widget is shown and after each save.
 *
 * The form neither waits for it nor has it computed with each change. It is shown as
 * the text that it is, or by the field widget named in `as`.
 */
export class ReadWhenShown extends Component {
    static template = "odoo_iso10003.ReadWhenShown";
    static props = {
        ...standardWidgetProps,
        field: String,
        as: {type: String, optional: true},
    };

    setup() {
        this.shown = useState({resId: false, value: false});
        this.component =
            this.props.as && registry.category("fields").get(this.props.as).component;
        // the form puts new data in the place of the old when it has read or saved
        useRecordObserver((record) => {
            this.read(record, record.data);
        });
    }

    async read(record, data) {
        const {resId} = record;
        const value =
            resId &&
            (await readTogether(this.env.services.orm, record, this.props.field));
        if (status(this) !== "destroyed" && data === record.data) {
            Object.assign(this.shown, {resId, value});
        }
    }

    /** What was read of the record that the form shows now, and of no other. */
    get value() {
        return this.shown.resId === this.props.record.resId && this.shown.value;
    }

    get text() {
        return markup(this.value || "");
    }

    get fieldProps() {
        const {field, record} = this.props;
        const data = {[field]: this.value};
        // what has buttons presses them on the record of the form
        return {name: field, record: {data, form: record}, readonly: true};
    }
}

registry.category("view_widgets").add("iso10003_read_when_shown", {
    component: ReadWhenShown,
    extractProps: ({attrs}) => ({field: attrs.field, as: attrs.as}),
});
