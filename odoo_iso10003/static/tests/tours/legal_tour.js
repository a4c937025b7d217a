import {registry} from "@web/core/registry";

const DIALOG = ".modal";

const press = (button) => ({
    content: `Press ${button}`,
    trigger: `.o_statusbar_buttons button:contains('${button}')`,
    run: "click",
});

const confirm = {
    content: "Confirm",
    trigger: `${DIALOG} .modal-footer button:contains('Confirm')`,
    run: "click",
};

const standsAt = (state) => ({
    content: `The referral is ${state}`,
    trigger: `body:not(:has(${DIALOG})) .o_statusbar_status .o_arrow_button_current:contains('${state}')`,
});

const tab = (label) => ({
    content: `Open the tab ${label}`,
    trigger: `.o_notebook_headers a:contains('${label}')`,
    run: "click",
});

const write = (where, field, text, element = "input") => ({
    content: `Fill in ${field}`,
    trigger: `${where} .o_field_widget[name=${field}] ${element}`,
    run: `edit ${text}`,
});

const select = (where, field, choice) => [
    {
        content: `Open the choices of ${field}`,
        trigger: `${where} .o_field_widget[name=${field}] input`,
        run: "click",
    },
    {
        content: `Choose ${choice}`,
        trigger: `.o_select_menu_item:contains('${choice}')`,
        run: "click",
    },
];

const link = (where, field, name) => [
    {
        content: `Look for ${name}`,
        trigger: `${where} .o_field_widget[name=${field}] input`,
        run: `edit ${name}`,
    },
    {
        content: `Choose ${name}`,
        trigger: `.o-autocomplete--dropdown-item:contains('${name}') a`,
        run: "click",
    },
];

const radio = (where, field, choice) => ({
    content: `Choose ${choice}`,
    trigger: `${where} .o_field_widget[name=${field}] .o_radio_item:contains('${choice}') input`,
    run: "click",
});

const today = (where, field) => [
    {
        content: `Open the calendar of ${field}`,
        trigger: `${where} .o_field_widget[name=${field}] input`,
        run: "click",
    },
    {
        content: "Choose today",
        trigger: ".o_datetime_picker .o_date_item_cell.o_today",
        run: "click",
    },
    {
        content: `${field} is filled in`,
        trigger: `${where} .o_field_widget[name=${field}] button.o_input`,
    },
];

// a day that the locale of the tests can write
const nextYear = (where, field) => ({
    content: `Fill in ${field}`,
    trigger: `${where} .o_field_widget[name=${field}] input`,
    run: `edit 12/31/${new Date().getFullYear() + 1}`,
});

/** What is approved is filed, and the authority takes it up. */
const bring = (filingNumber, docketNumber) => [
    press("Note the filing"),
    ...today(DIALOG, "filed_date"),
    write(DIALOG, "filing_number", filingNumber),
    confirm,
    standsAt("Filed"),
    press("Taken up"),
    write(DIALOG, "docket_number", docketNumber),
    confirm,
    standsAt("Pending"),
];

const save = [
    {content: "Save", trigger: ".o_form_button_save", run: "click"},
    {content: "It is saved", trigger: ".o_form_saved"},
];

/** The handler of a dispute hands it to counsel. */
registry.category("web_tour.tours").add("odoo_iso10003_refer_tour", {
    steps: () => [
        press("Refer to authority"),
        ...link(DIALOG, "authority_id", "Civil court"),
        ...link(DIALOG, "counsel_id", "iso_counsel"),
        ...select(DIALOG, "basis", "A contract gives the claim"),
        write(DIALOG, "legal_basis", "Article 10 of the contract"),
        write(DIALOG, "reason", "They refuse to pay what was agreed.", "textarea"),
        {
            content: "Refer",
            trigger: `${DIALOG} .modal-footer button:contains('Refer')`,
            run: "click",
        },
        {content: "It is said who has it", trigger: ".o_notification:contains('LGR/')"},
        tab("Legal"),
        {
            content: "The file shows how it stands",
            trigger: ".o_field_widget[name=legal_status]:contains('Draft')",
        },
        {
            content: "And gives no way to read it",
            trigger: ".o_form_sheet:not(:has(button[name=action_view_referrals]))",
        },
    ],
});

/** Counsel completes the draft and asks for approval. */
registry.category("web_tour.tours").add("odoo_iso10003_draft_tour", {
    steps: () => [
        {
            content: "The checklist says what is wanted",
            trigger: ".o_iso10003_gates [data-gate=limitation][data-met=false]",
        },
        ...link(".o_form_view", "reviewer_id", "iso_chief"),
        nextYear(".o_form_view", "limitation_date"),
        write(".o_form_view", "limitation_rule", "Two years from delivery"),
        ...save,
        {
            content: "All is there",
            trigger: ".o_iso10003_gates [data-gate=limitation][data-met=true]",
        },
    ],
});

/** A manager, who did not draft it, approves. */
registry.category("web_tour.tours").add("odoo_iso10003_approve_tour", {
    steps: () => [press("Approve"), standsAt("Approved")],
});

/** File, hear, decide, appeal. */
registry.category("web_tour.tours").add("odoo_iso10003_litigate_tour", {
    steps: () => [
        ...bring("F-1402-77", "D-9/88"),
        // a hearing
        tab("Hearings"),
        {
            content: "Plan a hearing",
            trigger: ".o_field_widget[name=hearing_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            content: "When it begins",
            trigger: `${DIALOG} .o_field_widget[name=start] input`,
            run: `edit 12/30/${new Date().getFullYear() + 1} 09:00:00`,
        },
        write(DIALOG, "location", "Room 4"),
        {
            content: "Save the hearing",
            trigger: `${DIALOG} .o_form_button_save`,
            run: "click",
        },
        {
            content: "It is in the list",
            trigger: `body:not(:has(${DIALOG})) .o_field_widget[name=hearing_ids] .o_data_row:contains('Oral hearing')`,
        },
        ...save,
        // the decision
        press("Note the decision"),
        ...today(DIALOG, "decision_date"),
        ...select(DIALOG, "result", "For the other party"),
        ...select(DIALOG, "duty_party", "The organization"),
        write(DIALOG, "duty_summary", "Pay the price back"),
        nextYear(DIALOG, "duty_date"),
        ...select(DIALOG, "appealable", "Yes"),
        ...today(DIALOG, "decision_served_date"),
        nextYear(DIALOG, "appeal_until"),
        write(DIALOG, "appeal_rule", "Civil procedure, article 336"),
        confirm,
        standsAt("Decided"),
        // the right of appeal is not passed over
        press("Close"),
        {
            content: "The refusal names the right of appeal",
            trigger: `${DIALOG}:contains('The right of appeal used, waived')`,
        },
        {
            content: "Close the refusal",
            trigger: ".modal-footer button:contains('Close')",
            run: "click",
        },
        press("Right of appeal"),
        radio(DIALOG, "appeal_decision", "Appeal"),
        radio(DIALOG, "next_kind", "Appeal"),
        write(DIALOG, "reason", "The court misread the contract.", "textarea"),
        confirm,
        {
            content: "The appeal is a draft of its own",
            trigger: `body:not(:has(${DIALOG})) .o_field_widget[name=kind]:contains('Appeal')`,
        },
        standsAt("Draft"),
    ],
});

/** The court of appeal decides, and its decision is final. */
registry.category("web_tour.tours").add("odoo_iso10003_appeal_tour", {
    steps: () => [
        {
            content: "The last day to appeal came along",
            trigger:
                ".o_field_widget[name=limitation_rule]:contains('Civil procedure, article 336')",
        },
        ...bring("F-1403-12", "A-3/07"),
        press("Note the decision"),
        ...today(DIALOG, "decision_date"),
        ...select(DIALOG, "result", "For us"),
        ...select(DIALOG, "duty_party", "The other party"),
        write(DIALOG, "duty_summary", "Bear the costs of both instances"),
        nextYear(DIALOG, "duty_date"),
        ...select(DIALOG, "appealable", "No, it is final"),
        ...today(DIALOG, "decision_served_date"),
        confirm,
        standsAt("Decided"),
        {
            content: "There is no right of appeal to decide about",
            trigger:
                ".o_statusbar_buttons:not(:has(button:contains('Right of appeal')))",
        },
        press("Close"),
        standsAt("Closed"),
    ],
});

/** The appeal has ended, and what is final is enforced. */
registry.category("web_tour.tours").add("odoo_iso10003_enforce_tour", {
    steps: () => [
        press("Note the enforcement"),
        ...today(DIALOG, "enforced_date"),
        confirm,
        standsAt("Enforced"),
        tab("Timeline"),
        {
            content: "The timeline tells it all",
            trigger: "[name=timeline]:contains('Enforced on')",
        },
    ],
});

const review = (reasons, decision) => [
    press("Review"),
    radio(DIALOG, "decision", decision),
    write(DIALOG, "reasons", reasons, "textarea"),
    {
        content: "Record it",
        trigger: `${DIALOG} .modal-footer button:contains('Record the review')`,
        run: "click",
    },
    tab("Reviews"),
    {
        content: "It is on record",
        trigger: `body:not(:has(${DIALOG})) .o_field_widget[name=review_ids] .o_data_row:contains('${reasons}')`,
    },
];

/** Somebody who does not handle it reviews three times. */
registry.category("web_tour.tours").add("odoo_iso10003_review_tour", {
    steps: () => [
        ...review("The expert decides it", "Continue"),
        ...review("The expert is late", "Continue"),
        ...review("The costs outgrow the claim", "Settle"),
    ],
});

/** Counsel settles, as reviewed. */
registry.category("web_tour.tours").add("odoo_iso10003_settle_tour", {
    steps: () => [
        press("Settle"),
        ...today(DIALOG, "settled_date"),
        ...select(DIALOG, "duty_party", "The organization"),
        write(DIALOG, "duty_summary", "Pay 1200"),
        nextYear(DIALOG, "duty_date"),
        write(DIALOG, "reason", "Both sides save the costs.", "textarea"),
        confirm,
        {
            content: "It has ended by a settlement",
            trigger: `body:not(:has(${DIALOG})) .o_statusbar_status .o_arrow_button_current:contains('Settled')`,
        },
    ],
});
