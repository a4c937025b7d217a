import {
    RemainingDaysField,
    remainingDaysField,
} from "@web/views/fields/remaining_days/remaining_days_field";
import {capitalize} from "@web/core/utils/strings";
import {registry} from "@web/core/registry";

/** Days until a date: "next month" is no help to who has five days left. */
export class DaysLeft extends RemainingDaysField {
    get diffString() {
        if (this.diffDays === null || Math.abs(this.diffDays) > 99) {
            return super.diffString;
        }
        const date = this.props.record.data[this.props.name];
        return capitalize(date.toRelativeCalendar({unit: "days"}));
    }
}

registry.category("fields").add("iso10003_days_left", {
    ...remainingDaysField,
    component: DaysLeft,
    additionalClasses: ["o_field_remaining_days"], // whose style is by this name
});
