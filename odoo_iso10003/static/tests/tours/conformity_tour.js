import {registry} from "@web/core/registry";

const press = (selector, content) => ({content, trigger: selector, run: "click"});

// No word of a language is looked for: the same steps are taken in each of them.

/** A manager: gap analysis, failing question, corrective action, better next time. */
registry.category("web_tour.tours").add("odoo_iso10003_readiness_tour", {
    steps: () => [
        {
            content: "The board shows the clauses",
            trigger: ".o_kanban_view.o_iso10003_board .o_kanban_record .progress",
        },
        press("button[name='odoo_iso10003.assessment_action_now']", "Check now"),
        {
            content: "The assessment opens",
            trigger: ".o_form_view button[name=action_freeze]",
        },
        {
            content: "A question is not met",
            trigger: ".o_field_widget[name=line_ids] .o_data_row.text-danger",
        },
        press("button[name=action_view_failing].oe_stat_button", "See what is not met"),
        press(
            ".o_list_view .o_data_row button[name=action_raise_nonconformity]",
            "Raise a corrective action"
        ),
        {
            content: "The nonconformity is filled in",
            trigger: ".o_form_view .o_field_widget[name=requirement_id]",
        },
        press("button[name=action_view_origin]", "Go back to where it was found"),
        press("button[name=action_freeze]", "Freeze"),
        press(".modal-footer .btn-primary", "Yes"),
        {
            content: "It is frozen",
            trigger: ".o_form_view:not(:has(button[name=action_freeze]))",
        },
    ],
});

registry.category("web_tour.tours").add("odoo_iso10003_readiness_again_tour", {
    steps: () => [
        press("button[name='odoo_iso10003.assessment_action_now']", "Check again"),
        {
            content: "A new assessment, which knows the one before",
            trigger: ".o_form_view .o_field_widget[name=previous_id]",
        },
        press("button[name=action_freeze]", "Freeze"),
        press(".modal-footer .btn-primary", "Yes"),
        {
            content: "It is frozen",
            trigger: ".o_form_view:not(:has(button[name=action_freeze]))",
        },
        press("button[name=action_view_board]", "Open the board"),
        {
            content: "The clause is good now",
            trigger:
                ".o_kanban_record:contains('7.6') .progress-bar.bg-success, .o_kanban_record:contains('۷.۶') .progress-bar.bg-success",
        },
    ],
});

/** An auditor: a programme with all clauses. */
registry.category("web_tour.tours").add("odoo_iso10003_programme_tour", {
    steps: () => [
        press(".o_list_view .o_data_row .o_data_cell[name=name]", "Open the programme"),
        press("button[name=action_fill_clauses]", "Add all clauses"),
        {
            content: "They are there",
            trigger: ".o_field_widget[name=line_ids] .o_data_row",
        },
    ],
});

/** The auditor again, once top management has approved it: started. */
registry.category("web_tour.tours").add("odoo_iso10003_programme_start_tour", {
    steps: () => [
        press(".o_list_view .o_data_row .o_data_cell[name=name]", "Open the programme"),
        press("button[name=action_start]", "Start"),
        {
            content: "Its audits are planned",
            trigger: ".o_form_view button[name=action_view_audits]",
        },
        press("button[name=action_view_audits]", "See them"),
        {content: "There they are", trigger: ".o_list_view .o_data_row"},
    ],
});

const back = press(".o_back_button a, a.o_back_button", "Go back");
const questions = [
    press(".o_notebook_headers a[name=iso10003_checklist]", "The questions"),
    {
        content: "There they are",
        trigger:
            ".o_notebook:has(a.active[name=iso10003_checklist]) .o_field_widget[name=line_ids] .o_data_row",
    },
];
const checklist = ".o_field_widget[name=line_ids]";
const grade = (row, value) => [
    ...questions,
    press(
        `${checklist} .o_data_row:nth-child(${row}) .o_list_record_open_form_view button`,
        "Open a question"
    ),
    press(`.o_field_widget[name=grade] input[data-value=${value}]`, "Grade it"),
    press(".o_form_button_save", "Save it"),
    {content: "Saved", trigger: ".o_form_saved"},
    back,
];
/** It conforms, whatever no record says: said in the list, with the reason. */
const gradeInPlace = (row) => [
    ...questions,
    press(
        `${checklist} .o_data_row:nth-child(${row}) .o_data_cell[name=grade]`,
        "Grade"
    ),
    press(`${checklist} .o_data_row .o_field_widget[name=grade] input`, "The grades"),
    press(".o_select_menu_item:first", "Choose"),
    {
        content: "Say why",
        trigger: `${checklist} .o_selected_row .o_field_widget[name=reason] :is(input, textarea)`,
        run: "edit The letters of May ask for it",
    },
    press(".o_form_button_save", "Save"),
    {content: "Saved", trigger: ".o_form_saved"},
];

const page = (name) => press(`.o_notebook_headers a[name=${name}]`, "Turn to the page");
const save = [
    press(".o_form_button_save", "Save"),
    {content: "Saved", trigger: ".o_form_saved"},
];
const write = (field, words) => ({
    content: "Write what there is to say",
    trigger: `.o_field_widget[name=${field}] :is(input, textarea)`,
    run: `edit ${words}`,
});
/** Choose by place: the words of choices differ between languages. */
const choose = (field, place) => [
    press(`.o_field_widget[name=${field}] input`, "See the choices"),
    press(`.o_select_menu_item:eq(${place})`, "Choose"),
];

/** A manager: what does not apply is left out with a reason, and frozen so. */
registry.category("web_tour.tours").add("odoo_iso10003_statement_tour", {
    steps: () => [
        press(
            ".o_list_view .o_data_row .o_data_cell[name=name]",
            "Open the assessment"
        ),
        press(
            ".o_field_widget[name=line_ids] .o_data_row:first .o_data_cell[name=verdict]",
            "Answer a question"
        ),
        press(
            ".o_field_widget[name=line_ids] .o_selected_row .o_field_widget[name=verdict] input",
            "See the answers"
        ),
        press(".o_select_menu_item:eq(3)", "It does not apply"),
        {
            content: "Say why",
            trigger:
                ".o_field_widget[name=line_ids] .o_selected_row .o_field_widget[name=reason] textarea",
            run: "edit We sell in one country alone",
        },
        ...save,
        press("button[name=action_freeze]", "Freeze"),
        press(".modal-footer .btn-primary", "Yes"),
        {
            content: "It is frozen",
            trigger: ".o_form_view:not(:has(button[name=action_freeze]))",
        },
    ],
});

/** An auditor: from the planned audit, held by video, to the closed one. */
registry.category("web_tour.tours").add("odoo_iso10003_audit_tour", {
    steps: () => [
        press(".o_list_view .o_data_row .o_data_cell[name=name]", "Open the audit"),
        page("iso10003_plan"),
        ...choose("method", 1),
        write("virtual_place", "meet.example"),
        ...save,
        press("button[name=action_draw_sample]", "Draw the sample"),
        {
            content: "It is drawn",
            trigger: ".o_form_view:not(:has(button[name=action_draw_sample]))",
        },
        press("button[name=action_prepare_checklist]", "Prepare the checklist"),
        press(".o_notebook_headers a[name=iso10003_sample]", "Look at the sample"),
        press(
            ".o_field_widget[name=sample_ids] .o_data_row button[name=action_open_file]",
            "Open a sampled file"
        ),
        {
            content: "The page of its clause is in front",
            trigger: ".o_notebook_headers a.active[name=result]",
        },
        back,
        press(
            ".o_notebook_headers a[name=iso10003_sample]",
            "Look at the sample again"
        ),
        press(".o_field_widget[name=sample_ids] .o_data_cell[name=result]", "Note"),
        press(
            ".o_field_widget[name=sample_ids] .o_data_row .o_field_widget[name=result] input",
            "It conforms"
        ),
        press(".o_select_menu_item:first", "Choose"),
        press(".o_form_button_save", "Save"),
        {content: "Saved", trigger: ".o_form_saved"},
        ...grade(1, "conform"),
        ...grade(2, "not"),
        ...gradeInPlace(3),
        ...questions,
        press(
            ".o_field_widget[name=line_ids] button[name=action_raise_nonconformity]",
            "Raise the nonconformity"
        ),
        {
            content: "It is filled in",
            trigger: ".o_form_view .o_field_widget[name=requirement_id]",
        },
        press("button[name=action_view_origin]", "Back to the audit"),
        {content: "There it is", trigger: ".o_form_view button[name=button_close]"},
    ],
});

/** The auditor again, after the owner has planned what is to be done. */
registry.category("web_tour.tours").add("odoo_iso10003_audit_close_tour", {
    steps: () => [
        press(".o_list_view .o_data_row .o_data_cell[name=name]", "Open the audit"),
        page("iso10003_held"),
        write("conclusion", "It works, but for proof of payment."),
        ...save,
        press("button[name=button_close]", "Close the audit"),
        {
            content: "It is closed",
            trigger: ".o_form_view:not(:has(button[name=button_close]))",
        },
    ],
});

/** The auditor, once it was put right: the action had its effect. */
registry.category("web_tour.tours").add("odoo_iso10003_verify_tour", {
    steps: () => [
        press("button[name=action_verify]", "Verify the effect"),
        page("iso10003_life"),
        {
            content: "Who verified it is there",
            trigger: ".o_field_widget[name=verified_by_id]",
        },
    ],
});

/** Throw where something of a page is out of reach, or cut off. */
const look = (content, trigger, check) => ({
    content,
    trigger,
    run() {
        const wrong = check(this.anchor);
        if (wrong) {
            throw new Error(`${content}: ${wrong}`);
        }
    },
});
const reachable = (menu) => {
    const {bottom} = menu.getBoundingClientRect();
    if (bottom > window.innerHeight + 1) {
        return `it ends at ${bottom}, below ${window.innerHeight}`;
    }
    const hidden = menu.scrollHeight > menu.clientHeight + 1;
    const scrolls = ["auto", "scroll"].includes(
        window.getComputedStyle(menu).overflowY
    );
    return hidden && !scrolls ? "its end cannot be scrolled to" : "";
};
const whole = (title) =>
    title.scrollWidth > title.clientWidth + 1 ? `“${title.textContent}” is cut` : "";

/** On a small screen: the whole menu can be reached, and titles are whole. */
registry.category("web_tour.tours").add("odoo_iso10003_small_screen_tour", {
    steps: () => [
        press(
            ".o_menu_sections [data-menu-xmlid='odoo_iso10003.menu_dispute']",
            "Open the menu"
        ),
        look("The menu can be reached", ".o-dropdown--menu.dropdown-menu", reachable),
        press(
            ".o-dropdown--menu [data-menu-xmlid='odoo_iso10003.menu_report_readiness']",
            "See the statements"
        ),
        press(
            ".o_list_view .o_data_row .o_data_cell[name=name]",
            "Open the assessment"
        ),
        look(
            "The title is whole",
            ".o_form_view .o_last_breadcrumb_item.active span",
            whole
        ),
    ],
});
