import {add, answer, evaluate, lead} from "./participation_tour";
import {
    atMost,
    attach,
    button,
    choose,
    fill,
    onRecord,
    press,
    see,
    state,
    take,
} from "./steps";

// ------------------------------------------------------------
// From the sent position to the closed file
// ------------------------------------------------------------

/** 7.5: what was agreed before the board, which declared that it has no interests. */
const resolve = () => [
    take("result_noted"),
    fill("text", "A new machine, and 40 for the laundry.", ".modal"),
    fill("amount", "40", ".modal"),
    button("action_confirm", ".modal:has([name=verdict], [name=text])"),
    ...attach("document", ".modal:has([name=interests])"),
    button("action_confirm", ".modal:has([name=interests])"),
    state("implementation"),
];

/** 7.6 and 7.7: it was given and confirmed, and what is learned of it. */
export const close = () => [
    take("carried_out"),
    ...attach("proof", ".modal"),
    choose("channel", "phone", ".modal"),
    choose("cause_kind", "product", ".modal"),
    fill("lessons", "Test drums before delivery.", ".modal"),
    fill("no_corrective_reason", "The supplier has changed the drum.", ".modal"),
    fill("retention_date", "+4y", ".modal"),
    button("action_send_and_close", ".modal"),
    state("closed"),
];

add("closed", () => [
    ...resolve(),
    ...close(),
    // two people, from the ticket, with no gate off
    atMost(25, 23, () => [
        ...lead(),
        ...evaluate(),
        ...answer(),
        ...resolve(),
        ...close(),
    ]),
    ...onRecord(),
]);

/** Step by step: each on its own, as days lie between them. */
add("closed_slowly", () => [
    ...resolve(),
    // what was done, and nothing else yet
    take("carried_out"),
    ...attach("proof", ".modal"),
    button("action_confirm", ".modal"),
    // the letter is one of its own
    take("complainant_informed"),
    button("action_send", ".modal"),
    take("corrective_decided"),
    fill("no_corrective_reason", "The supplier has changed the drum.", ".modal"),
    button("action_confirm", ".modal"),
    // what only warns is asked last
    take("duties_confirmed"),
    choose("channel", "phone", ".modal"),
    choose("cause_kind", "product", ".modal"),
    fill("lessons", "Test drums before delivery.", ".modal"),
    fill("retention_date", "+4y", ".modal"),
    button("action_confirm", ".modal"),
    state("closed"),
    ...onRecord(),
]);

// ------------------------------------------------------------
// Settled at once, from the list
// ------------------------------------------------------------

const settle = () => [
    press("Open it", ".o_list_view td[name=subject]:contains('Forty euros')"),
    button("action_settle_now", ".o_statusbar_buttons"),
    see("What is claimed is offered", ".modal [name=claim_ids] .o_tag"),
    fill("text", "We refund the price.", ".modal"),
    ...attach("proof", ".modal"),
    button("action_confirm", ".modal"),
    button("action_send", ".modal"),
    state("closed"),
];

add("settle_now", () => [...settle(), atMost(12, 10, settle), ...onRecord()]);
