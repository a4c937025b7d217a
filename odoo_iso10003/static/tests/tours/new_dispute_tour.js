import {localization} from "@web/core/l10n/localization";
import {registry} from "@web/core/registry";
import * as steps from "./steps";

const {fill, onRecord, press, see, state, unmet} = steps;

/** A handler takes up a notice that came before any complaint. */
registry.category("web_tour.tours").add("odoo_iso10003_direct_notice_tour", {
    steps: () => [
        press("Begin a new dispute", ".o_list_button_add"),
        fill("subject", "The ombudsman wrote to us"),
        press("It is a direct notice", ".o_field_widget[name=direct_notice] input"),
        state("notice"), // it will begin there
        ...steps.link("partner_id", "Roya Example"),
        ...steps.link("new_notice_provider_id", "Example Board"),
        fill("new_notice_reference", "AB-12/2026"),
        press("Save", ".o_form_button_save"),
        see("It is saved", ".o_form_saved"),
        state("notice"),
        unmet("scope_decided"),
        see("Its notice is there", ".o_field_widget[name=notice_date]:not(:empty)"),
        ...onRecord(),
    ],
});

/** A handler opens the dispute of a complaint from the list of disputes. */
registry.category("web_tour.tours").add("odoo_iso10003_new_dispute_tour", {
    steps: () => [
        press("Begin a new dispute", ".o_list_button_add"),
        ...steps.link("ticket_id", "The washing machine broke"),
        press("Save", ".o_form_button_save"),
        see("It is saved", ".o_form_saved"),
        state("referral"),
    ],
});

/** A title is read, and cut, in its own direction, also after a number. */
registry.category("web_tour.tours").add("odoo_iso10003_direction_tour", {
    steps: () => [
        {
            content: "A title in Latin letters",
            trigger: "td[name=subject][dir=auto]:contains('Oven')",
            run({anchor}) {
                const {textAlign} = window.getComputedStyle(anchor);
                const begins = localization.direction === "rtl" ? "right" : "left";
                if (textAlign !== begins) {
                    throw new Error(`It stands at the ${textAlign} of its column`);
                }
            },
        },
        press(
            "Open the one in Persian",
            "td[name=subject][dir=rtl]:contains('یخچال سرد نمی‌کند')"
        ),
        {
            content: "The number does not decide for what follows it",
            trigger:
                ".o_last_breadcrumb_item [dir=rtl]:contains('DSP'):contains('یخچال')",
        },
    ],
});
