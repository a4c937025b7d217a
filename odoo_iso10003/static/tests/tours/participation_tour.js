import {registry} from "@web/core/registry";
import {
    atMost,
    button,
    choice,
    choose,
    file,
    fill,
    gap,
    link,
    onRecord,
    page,
    press,
    see,
    state,
    take,
    write,
} from "./steps";

// as a record of the test is called, whichever language its reader has
const CATEGORY = "W-17";

export const add = (name, steps) =>
    registry.category("web_tour.tours").add(`odoo_iso10003_${name}_tour`, {steps});

// ------------------------------------------------------------
// Two people, from the ticket to the position that is sent
// ------------------------------------------------------------

/** 7.2: our final answer did not settle it. */
const deadlock = () => [
    button("action_open_dispute", ".o_statusbar_buttons"),
    choose("scope_decision", "in_scope"),
    fill("scope_reason", "A consumer's complaint"),
    choose("deadlock", "rejected"),
    fill("remedy_sought", "A new machine"),
    ...link("category_id", CATEGORY),
    button("action_write_letter", ".o_row:has([name=final_answer_date])"),
    gap("We do not repair it."),
    gap("It was used in a laundry."),
    button("action_send", ".modal"),
];

/** 7.3: the notice; one letter acknowledges it and answers whether we take part. */
const takePart = () => [
    fill("reference", "AB-12/2026", ".modal"),
    choose("pending_elsewhere", "no", ".modal"),
    button("action_recorded", ".modal"),
    state("notice"),
    take("part_answered"),
    button("action_answer_and_send", ".modal"),
    state("evaluation"),
];

/** Who leads the file: from the ticket to its evaluation. */
export const lead = () => [
    ...deadlock(),
    take("advance"),
    ...link("provider_id", "Example Board", ".modal"),
    ...takePart(),
];

/** Who evaluates, and writes the one sheet of the small track. */
export const evaluate = () => [
    take("evaluator_independent"),
    write("facts", "The drum was faulty.", ".modal"),
    choose("severity", "0", ".modal"),
    choose("stance", "contest", ".modal"),
    fill("reasons", "The machine was used in a laundry.", ".modal"),
    button("action_submit", ".modal"),
    state("position"),
];

/** Who leads the file approves what the other one wrote, and sends it. */
export const answer = () => [
    take("position_approved"),
    button("action_approve_and_send", ".modal"),
    state("resolution"),
];

add("two_people_lead", lead);
add("two_people_evaluate", evaluate);
add("two_people_answer", () => [
    ...answer(),
    atMost(16, 12, () => [...lead(), ...evaluate(), ...answer()]),
    ...onRecord(),
]);

// ------------------------------------------------------------
// From the deadlocked complaint by invitation and consent to the position
// ------------------------------------------------------------

add("invited", () => [
    ...deadlock(),
    see(
        "It is told",
        "body:not(:has(.modal)) .o_iso10003_next_step[data-step=advance]"
    ),
    // what is offered, and what the complainant answers
    page("part"),
    button("action_invite"),
    see("The board is offered", ".modal [name=line_ids] td:contains('Example Board')"),
    button("action_write_letter", ".modal"),
    see("The letter says it", ".modal [name=body]:contains('Example Board')"),
    button("action_send", ".modal"),
    button("action_note_answer", "body:not(:has(.modal))"),
    choose("answer", "yes", ".modal"),
    button("action_confirm", ".modal"),
    see("The way is settled", "body:not(:has(.modal)) [name=part_line_id] span"),
    // the consent, by word, on what the letter told
    page("parties"),
    button("action_record_consent"),
    press("It is there", ".modal .o_form_button_save"),
    // 7.3: it leads the file there, where the body tells us
    state("notice"),
    page("parties"),
    see(
        "It is on the file",
        ".o_iso10003_rows[data-model='iso10003.consent'] .o_data_row"
    ),
    take("notice_received"),
    see(
        "Its provider is the one",
        ".modal .o_field_widget[name=provider_id] input:value('Example Board')"
    ),
    ...takePart(),
    ...onRecord(),
]);
add("evaluated", () => [...evaluate(), ...onRecord()]);
add("answered", () => [...answer(), ...onRecord()]);

// ------------------------------------------------------------
// What else comes up on the way, file by file
// ------------------------------------------------------------

const unmet = (gate) =>
    see(
        `${gate} is wanted`,
        `body:not(:has(.modal)) .o_iso10003_gates [data-gate=${gate}][data-met=false]`
    );

const row = (model, nth = "first") =>
    press(
        `Open a record of ${model}`,
        `.o_iso10003_rows[data-model='iso10003.${model}'] .o_data_row:${nth} td[name]:first`
    );

const back = press("Back to the file", ".o_breadcrumb .o_back_button");

/** We bring it there: what the body registered stands for the notice. */
const apply = [
    take("advance"),
    ...choice("begun_by", 1, ".modal"),
    ...link("provider_id", "Example Board", ".modal"),
    fill("reference", "WE-1", ".modal"),
    choose("pending_elsewhere", "no", ".modal"),
    button("action_recorded", ".modal"),
    state("notice"),
    unmet("consent_given"), // they are asked all the same
];

/** They decline: other recourse is told, and then the end is offered. */
const refusal = [
    page("part"),
    button("action_note_answer"),
    choose("answer", "no", ".modal"),
    button("action_confirm", ".modal"),
    take("declined"),
    see("The letter tells of it", ".modal [name=body]:contains('They decline')"),
    button("action_send", ".modal"),
    take("declined"),
    see("It may be ended", ".modal .o_field_widget[name=early_end]"),
    press("Not today", ".modal .btn-close"),
];

/** They withdraw: the consent stays on record, and is wanted anew. */
const withdrawal = [
    page("parties"),
    row("consent"),
    button("action_ask_withdrawal"),
    fill("effect", "The mediation stops.", ".modal"),
    fill("reason", "They go to court.", ".modal"),
    button("action_confirm", ".modal"),
    back,
    unmet("consent_given"),
];

/** A board that may not be used any more is not offered. */
const expired = [
    page("part"),
    button("action_invite"),
    see(
        "What stands against it is said",
        ".modal [name=line_ids] .o_data_row:contains('Former Board') td[name=lacks]:not(:empty)"
    ),
    button("action_write_letter", ".modal"),
    press(
        "It is refused",
        ".modal .o_error_dialog button, .modal.o_error_dialog button.btn-primary"
    ),
    press(
        "Leave it a draft",
        ".modal button.o_form_button_cancel, .modal button[special=cancel]"
    ),
];

add("ways", () => [
    ...file("We apply", apply),
    ...file("They decline", refusal),
    ...file("They withdraw", withdrawal),
    ...file("The board is former", expired),
]);

/** What was found against an evaluator is waived by somebody else. */
add("waived", () => [
    unmet("people_declared"),
    page("parties"),
    row("declaration.confirmation"),
    button("action_ask_waiver"),
    fill("reason", "The sale was ten years ago.", ".modal"),
    button("action_confirm", ".modal"),
    back,
    see(
        "Nothing stands against them any more",
        "body:not(:has(.modal)) .o_iso10003_gates [data-gate=people_declared][data-met=true], .o_arrow_button_current[data-value=position]"
    ),
    ...onRecord(),
]);
