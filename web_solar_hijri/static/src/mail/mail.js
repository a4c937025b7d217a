// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
// before what this patches over it
import "@mail/core/web/message_patch";
import {ActivityListPopoverItem} from "@mail/core/web/activity_list_popover_item";
import {Message} from "@mail/core/common/message";
import {patch} from "@web/core/utils/patch";
import {withLocalDigits} from "@web_solar_hijri/core/shown_numbers";

patch(ActivityListPopoverItem.prototype, {
    get delayLabel() {
        return withLocalDigits(super.delayLabel.toString());
    },
});

patch(Message.prototype, {
    formatTracking({fieldType}) {
        const text = super.formatTracking(...arguments);
        const isNumber = ["float", "integer", "monetary"].includes(fieldType);
        return isNumber ? withLocalDigits(text) : text;
    },
});
