import {localization} from "@web/core/l10n/localization";
import {registry} from "@web/core/registry";

const press = (content, trigger) => ({content, trigger, run: "click"});

const write = (field, text) => ({
    content: `Fill in ${field}`,
    trigger: `.o_field_widget[name=${field}] :is(input, textarea)`,
    run: `edit ${text}`,
});

const link = (field, name) => [
    write(field, name),
    press(
        `Choose ${name}`,
        `.o-autocomplete--dropdown-item:contains('${name}'):not(:contains('Create')) a`
    ),
];

const saved = (state) => [
    press("Save", ".o_form_button_save"),
    {content: "It is saved", trigger: ".o_form_saved"},
    {
        content: `The file is in ${state}`,
        trigger: `.o_statusbar_status .o_arrow_button_current:contains('${state}')`,
    },
];

/** A handler takes up a notice that came before any complaint. */
registry.category("web_tour.tours").add("odoo_iso10003_direct_notice_tour", {
    steps: () => [
        press("Begin a new dispute", ".o_list_button_add"),
        write("subject", "The ombudsman wrote to us"),
        press("It is a direct notice", ".o_field_widget[name=direct_notice] input"),
        {
            content: "It will begin with the notice",
            trigger:
                ".o_statusbar_status .o_arrow_button_current:contains('7.3 Notice')",
        },
        ...saved("7.3 Notice"),
        {
            content: "The scope is asked",
            trigger: ".o_iso10003_gates [data-gate=scope_decided][data-met=false]",
        },
    ],
});

/** A handler opens the dispute of a complaint from the list of disputes. */
registry.category("web_tour.tours").add("odoo_iso10003_new_dispute_tour", {
    steps: () => [
        press("Begin a new dispute", ".o_list_button_add"),
        ...link("ticket_id", "The washing machine broke"),
        ...saved("7.2 Referral"),
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
