import {registry} from "@web/core/registry";
import {close} from "./settling_tour";
import {choose, onRecord} from "./steps";

const tab = (label) => ({
    content: `Open the tab ${label}`,
    trigger: `.o_notebook_headers a:contains('${label}')`,
    run: "click",
});

const beside = (field, button) =>
    `.o_row:has(.o_field_widget[name=${field}]) button:contains('${button}')`;

/** Record the date of what no letter of the file shows. */
const elsewhere = (field, gate) => [
    {
        content: `Say that ${field} happened elsewhere`,
        trigger: beside(field, "It happened elsewhere"),
        run: "click",
    },
    {
        content: "Say how",
        trigger: ".modal .o_field_widget[name=reason] textarea",
        run: "edit By phone.",
    },
    {
        content: "Confirm",
        trigger: ".modal-footer button:contains('Confirm')",
        run: "click",
    },
    {
        content: `${field} is recorded, and the checklist says that no letter shows it`,
        trigger: `body:not(:has(.modal)) .o_iso10003_gates [data-gate=${gate}]:contains('without a letter')`,
    },
];

/** Send the letter that tells it, which writes the date. */
const letter = (field, gate) => [
    {
        content: `Write the letter of ${field}`,
        trigger: beside(field, "Write the letter"),
        run: "click",
    },
    {
        content: "It is there, with its text",
        trigger: ".modal .o_field_widget[name=body]:contains('Thank you')",
    },
    {
        content: "Send it",
        trigger: ".modal-footer button:contains('Send')",
        run: "click",
    },
    {
        content: `${field} is met by it`,
        trigger: `body:not(:has(.modal)) .o_iso10003_gates [data-gate=${gate}][data-met=true]`,
    },
];

const link = (field, name) => [
    {
        content: `Look for ${name}`,
        trigger: `.o_field_widget[name=${field}] input`,
        run: `edit ${name}`,
    },
    {
        content: `Choose ${name}`,
        trigger: `.o-autocomplete--dropdown-item:contains('${name}') a`,
        run: "click",
    },
];

const write = (field, text, element = "input") => ({
    content: `Fill in ${field}`,
    trigger: `.o_field_widget[name=${field}] ${element}`,
    run: `edit ${text}`,
});

const advance = (button, state) => [
    {
        content: `Press ${button}`,
        trigger: `.o_statusbar_buttons button:contains('${button}')`,
        run: "click",
    },
    {
        content: `The file is in ${state}`,
        trigger: `.o_statusbar_status .o_arrow_button_current:contains('${state}')`,
    },
];

const takeStep = (step, button) => [
    {
        content: `The card names ${step}: press ${button}`,
        trigger: `.o_iso10003_next_step[data-step=${step}] button:contains('${button}')`,
        run: "click",
    },
];

const met = (gate) => ({
    content: `The checklist ticks ${gate}`,
    trigger: `.o_iso10003_gates [data-gate=${gate}][data-met=true]`,
});

const save = [
    {
        content: "Save",
        trigger: ".o_form_button_save",
        run: "click",
    },
    {content: "It is saved", trigger: ".o_form_saved"},
];

/** A handler leads a complaint from its ticket to a closed dispute. */
registry.category("web_tour.tours").add("odoo_iso10003_dispute_tour", {
    steps: () => [
        {
            content: "Open the dispute from the ticket",
            trigger: ".o_statusbar_buttons button:contains('Open dispute')",
            run: "click",
        },
        {
            content: "The checklist says what is wanted",
            trigger: ".o_iso10003_gates [data-gate=recourse_told][data-met=false]",
        },
        tab("About"),
        {
            content: "A line of the checklist leads to what it wants",
            trigger: ".o_iso10003_gates [data-gate=recourse_told] a",
            run: "click",
        },
        {
            content: "Its page is open",
            trigger: ".o_notebook_headers .nav-link.active:contains('7.2 Referral')",
        },
        {
            content: "What is to be done stands there, and is ready to be pressed",
            trigger: ".o_row:has(.o_field_widget[name=recourse_date]) button:focus",
        },
        // 7.2, refused once
        {
            content: "Try to go on too early",
            trigger: ".o_statusbar_buttons button:contains('Notice has come')",
            run: "click",
        },
        {
            content: "The refusal names clause and wish",
            trigger:
                ".modal:contains('7.2: The complainant told of dispute resolution')",
        },
        {
            content: "Close the refusal",
            trigger: ".modal-footer button:contains('Close')",
            run: "click",
        },
        tab("7.2 Referral"),
        choose("scope_decision", "in_scope"),
        write("scope_reason", "A consumer's complaint"),
        choose("deadlock", "rejected"),
        ...elsewhere("final_answer_date", "complaint_exhausted"),
        ...elsewhere("recourse_date", "recourse_told"),
        met("recourse_told"),
        // with nothing else wanted, the card has what the next clause begins with
        ...takeStep("advance", "Notice has come"),
        // 7.3: the card asks for the notice, which is the consent of who applied
        {
            content: "No other body has it",
            trigger:
                ".modal .o_field_widget[name=pending_elsewhere] input[data-value=no]",
            run: "click",
        },
        {
            content: "It came today, as the dialog begins with",
            trigger: ".modal-footer button:contains('Record the notice')",
            run: "click",
        },
        {
            content: "The card names what comes next",
            trigger:
                "body:not(:has(.modal)) .o_iso10003_next_step[data-step=part_answered]",
        },
        tab("7.3 Notice"),
        ...letter("acknowledged_date", "acknowledged"),
        // whether we take part is a deed of its own, and a letter
        ...takeStep("part_answered", "Answer whether we take part"),
        {
            content: "We take part, as the dialog begins with, and write it",
            trigger:
                ".modal:has(.o_field_widget[name=basis]) .modal-footer button:contains('Write the letter')",
            run: "click",
        },
        {
            content: "The letter says it",
            trigger: ".modal .o_field_widget[name=body]:contains('We take part.')",
        },
        {
            content: "Send it",
            trigger: ".modal-footer button:contains('Send')",
            run: "click",
        },
        {
            content: "It is met by that",
            trigger:
                "body:not(:has(.modal)) .o_iso10003_gates [data-gate=part_answered][data-met=true]",
        },
        write("remedy_sought", "A new machine", "textarea"),
        ...link("category_id", "Warranty and repair"),
        ...save,
        ...advance("Start evaluation", "7.4.1 Evaluation"),
        // 7.4: the sheet is the evaluator's
        tab("7.4 Evaluation"),
        ...link("evaluator_id", "iso_evaluator"),
        ...save,
    ],
});

/** The evaluator writes the one sheet of the small track. */
registry.category("web_tour.tours").add("odoo_iso10003_sheet_tour", {
    steps: () => [
        ...takeStep("evaluation_submitted", "Write the sheet"),
        {
            content: "Write the facts",
            trigger: ".modal .o_field_widget[name=facts] .odoo-editor-editable",
            run: "editor The drum was faulty.",
        },
        choose("severity", "0", ".modal"),
        {
            content: "Say what we should answer",
            trigger:
                ".modal .o_field_widget[name=stance] .o_radio_item:contains('We contest') input",
            run: "click",
        },
        {
            content: "Say why",
            trigger: ".modal .o_field_widget[name=reasons] textarea",
            run: "edit The machine was used in a laundry.",
        },
        {
            content: "Submit it",
            trigger: ".modal-footer button:contains('Submit the sheet')",
            run: "click",
        },
        {
            content: "The file goes on by it, and waits for somebody else",
            trigger:
                "body:not(:has(.modal)) .o_iso10003_next_step[data-step=position_approved]",
        },
        {
            content: "The file is in 7.4.2 Position",
            trigger:
                ".o_statusbar_status .o_arrow_button_current:contains('7.4.2 Position')",
        },
    ],
});

/** Somebody else approves our position and sends it, and leads the file to its end. */
registry.category("web_tour.tours").add("odoo_iso10003_position_tour", {
    steps: () => [
        ...takeStep("position_approved", "Open our position"),
        {
            content: "What we answer is there",
            trigger:
                ".modal .o_field_widget[name=reasons] textarea:value('The machine was used in a laundry.')",
        },
        {
            content: "Approve and send",
            trigger: ".modal-footer button:contains('Approve and send')",
            run: "click",
        },
        {
            content: "The file is in 7.5 Resolution",
            trigger:
                "body:not(:has(.modal)) .o_statusbar_status .o_arrow_button_current:contains('7.5 Resolution')",
        },
        // 7.5
        {
            content: "Note the result",
            trigger: ".o_statusbar_buttons button:contains('Note the result')",
            run: "click",
        },
        {
            content: "Choose the result",
            trigger:
                ".modal .o_radio_item:contains('Settled with a facilitator') input",
            run: "click",
        },
        {
            content: "Say what we give",
            trigger:
                ".modal .o_field_widget[name=gives] .o_radio_item:contains('We pay') input",
            run: "click",
        },
        {
            content: "Say how much",
            trigger: ".modal .o_field_widget[name=amount] input",
            run: "edit 40",
        },
        {
            content: "Say why",
            trigger: ".modal .o_field_widget[name=reason] textarea",
            run: "edit The parties agreed on a new machine.",
        },
        {
            content: "Confirm",
            trigger: ".modal-footer button:contains('Confirm')",
            run: "click",
        },
        {
            content: "The dialog is gone",
            trigger:
                "body:not(:has(.modal)) .o_iso10003_gates [data-gate=result_noted][data-met=true]",
        },
        ...advance("Start implementation", "7.6 Implementation"),
        // 7.6 and 7.7
        ...close(),
        ...onRecord(),
    ],
});
