import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const COLOURS = {
    organization: "text-bg-primary",
    complainant: "text-bg-warning",
    provider: "text-bg-info",
    authority: "text-bg-secondary",
};

/** For how long who held the file, as one bar. */
export class HolderBar extends Component {
    static template = "odoo_iso10003.HolderBar";
    static props = {...standardFieldProps};

    get parts() {
        const parts = this.props.record.data[this.props.name] || [];
        const total = parts.reduce((sum, part) => sum + part.seconds, 0);
        return parts.map((part) => ({
            ...part,
            share: total ? Math.round((100 * part.seconds) / total) : 0,
            colour: COLOURS[part.holder],
        }));
    }

    title(part) {
        return `${part.label}: ${part.spent}`;
    }
}

registry.category("fields").add("iso10003_holder_bar", {
    component: HolderBar,
    displayName: _t("Who held the file"),
    supportedTypes: ["json"],
});
