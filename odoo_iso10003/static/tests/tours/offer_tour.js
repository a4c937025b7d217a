import {registry} from "@web/core/registry";
import {attach, button, choice, fill, onRecord, page, press, see} from "./steps";

// places of the ways in their list
const EMAIL = 0;
const PHONE = 2;

const rows = (model) => `.o_iso10003_rows[data-model='iso10003.${model}'] .o_data_row`;
const back = press("Back to the file", ".o_breadcrumb .o_back_button");

/** What comes next on the sheet of an offer: its one coloured button. */
const next = press(
    "Take the next step of the offer",
    "body:not(:has(.modal)) .o_statusbar_buttons button.btn-primary[name=action_ask]"
);

/** We offer something, and its letter goes. */
const make = (terms, amount, count) => [
    button("action_make_offer", "body:not(:has(.modal))"),
    fill("terms", terms, ".modal"),
    fill("amount", amount, ".modal"),
    button("action_make", ".modal"),
    see("The letter says it", `.modal [name=body]:contains('${terms}')`),
    button("action_send", ".modal"),
    see(
        "It is made",
        `body:not(:has(.modal)) ${rows("offer")}:eq(${count - 1}) td[name=date]`
    ),
];

/** They offer something else. */
const note = (terms, amount, count) => [
    button("action_note_offer", "body:not(:has(.modal))"),
    fill("terms", terms, ".modal"),
    fill("amount", amount, ".modal"),
    ...choice("channel", EMAIL, ".modal"),
    button("action_noted", ".modal"),
    see("It is noted", `body:not(:has(.modal)) ${rows("offer")}:eq(${count - 1})`),
];

registry.category("web_tour.tours").add("odoo_iso10003_offer_tour", {
    steps: () => [
        page("offers"),
        ...make("We pay a third", "200", 1),
        ...note("They want the whole", "450", 2),
        ...make("We pay the half", "300", 3),
        press("Open our last offer", `${rows("offer")}:first td[name]:first`),
        // accepted by phone, which does not bind yet
        next,
        ...choice("channel", PHONE, ".modal"),
        button("action_confirm", ".modal"),
        see("It asks to confirm", ".modal [name=body]:contains('We pay the half')"),
        button("action_send", ".modal"),
        // confirmed by mail
        next,
        ...choice("channel", EMAIL, ".modal"),
        ...attach("proof", ".modal"),
        button("action_confirm", ".modal"),
        see("What was settled", ".modal [name=body]:contains('We pay the half')"),
        button("action_send", ".modal"),
        see(
            "It has its result",
            "body:not(:has(.modal)) [name=result_id] :is(a, span)"
        ),
        back,
        page("result"),
        see("The result is there", rows("result")),
        page("owed"),
        see("So is what we owe", rows("obligation")),
        ...onRecord(),
    ],
});
