import {statusBarDurationField} from "@mail/views/fields/statusbar_duration/statusbar_duration_field";
import {registry} from "@web/core/registry";

/** The status bar with time spent, for a selection: our states are not records. */
registry.category("fields").add("iso10003_state_bar", {
    ...statusBarDurationField,
    additionalClasses: ["o_field_statusbar"], // whose style is by this name
    supportedTypes: ["selection"],
});
