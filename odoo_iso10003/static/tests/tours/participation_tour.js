import {registry} from "@web/core/registry";
import {
    atMost,
    button,
    choose,
    fill,
    gap,
    link,
    see,
    state,
    take,
    write,
} from "./steps";

const add = (name, steps) =>
    registry.category("web_tour.tours").add(`odoo_iso10003_${name}_tour`, {steps});

// ------------------------------------------------------------
// Two people, from the ticket to the position that is sent
// ------------------------------------------------------------

/** Who leads the file: from the ticket to its evaluation. */
const lead = () => [
    button("action_open_dispute", ".o_statusbar_buttons"),
    // 7.2
    choose("scope_decision", "in_scope"),
    fill("scope_reason", "A consumer's complaint"),
    choose("deadlock", "rejected"),
    fill("remedy_sought", "A new machine"),
    ...link("category_id", "Warranty"),
    button("action_write_letter", ".o_row:has([name=final_answer_date])"),
    gap("We do not repair it."),
    gap("It was used in a laundry."),
    button("action_send", ".modal"),
    // 7.3, by the notice itself
    take("advance"),
    ...link("provider_id", "Example Board", ".modal"),
    fill("reference", "AB-12/2026", ".modal"),
    choose("pending_elsewhere", "no", ".modal"),
    button("action_recorded", ".modal"),
    state("notice"),
    // one letter acknowledges it and answers whether we take part
    take("part_answered"),
    button("action_answer_and_send", ".modal"),
    state("evaluation"),
];

/** Who evaluates, and writes the one sheet of the small track. */
const evaluate = () => [
    take("evaluator_independent"),
    write("facts", "The drum was faulty.", ".modal"),
    choose("severity", "0", ".modal"),
    choose("stance", "contest", ".modal"),
    fill("reasons", "The machine was used in a laundry.", ".modal"),
    button("action_submit", ".modal"),
    state("position"),
];

/** Who leads the file approves what the other one wrote, and sends it. */
const answer = () => [
    take("position_approved"),
    button("action_approve_and_send", ".modal"),
    state("resolution"),
];

add("two_people_lead", lead);
add("two_people_evaluate", evaluate);
add("two_people_answer", () => [
    ...answer(),
    atMost(16, 12, () => [...lead(), ...evaluate(), ...answer()]),
    see("It is on record", ".o_form_saved"),
]);
