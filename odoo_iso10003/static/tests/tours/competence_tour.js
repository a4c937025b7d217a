import {registry} from "@web/core/registry";

const press = (label, content = `Press ${label}`) => ({
    content,
    trigger: `.o_statusbar_buttons button:contains('${label}')`,
    run: "click",
});

const link = (field, name, scope = "") => [
    {
        content: `Look for ${name}`,
        trigger: `${scope} .o_field_widget[name=${field}] input`,
        run: `edit ${name}`,
    },
    {
        content: `Choose ${name}`,
        trigger: `.o-autocomplete--dropdown-item:contains('${name}') a`,
        run: "click",
    },
];

const row = ".o_field_widget[name=attendance_ids] .o_data_row";

/** A manager plans a session, lets people register and attend, and certifies them. */
registry.category("web_tour.tours").add("odoo_iso10003_training_tour", {
    steps: () => [
        {
            content: "Plan a session",
            trigger: ".o_list_button_add",
            run: "click",
        },
        ...link("course_id", "Resolving fairly"),
        {
            content: "It was the day before yesterday",
            trigger: ".o_field_widget[name=date_start] input",
            run: "edit -2d && press Enter",
        },
        {
            content: "Its end follows from the hours of the course",
            trigger: ".o_field_widget[name=date_end] button.o_input",
        },
        {
            content: "Put somebody into it",
            trigger:
                ".o_field_widget[name=attendance_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        ...link("employee_id", "iso_handler", ".o_selected_row"),
        {
            content: "Leave the line",
            trigger: ".o_form_sheet .oe_title",
            run: "click",
        },
        {content: "The line is there", trigger: `${row}:contains('iso_handler')`},
        {content: "Save", trigger: ".o_form_button_save", run: "click"},
        {
            content: "It has a number",
            trigger: ".o_form_saved .o_field_widget[name=name]:contains('TRN/')",
        },
        press("Invite"),
        {content: "They are invited", trigger: `${row} td:contains('Invited')`},
        press("All were there"),
        {
            content: "They were there",
            trigger: `${row} td[name=state]:contains('Attended')`,
        },
        {
            content: "Enter the score",
            trigger: `${row} td[name=score]`,
            run: "click",
        },
        {
            content: "Write it",
            trigger: `${row} .o_field_widget[name=score] input`,
            run: "edit 85",
        },
        {content: "Save", trigger: ".o_form_button_save", run: "click"},
        {content: "It is saved", trigger: ".o_form_saved"},
        press("Record results"),
        {
            content: "Confirm that the list was looked at",
            trigger:
                ".modal:contains('Look at the list first') .modal-footer .btn-primary",
            run: "click",
        },
        {content: "They passed", trigger: `${row} td:contains('Passed')`},
        {
            content: "There is a certificate to print",
            trigger: `${row} button .fa-print`,
        },
        {
            content: "The session is held",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains('Held')",
        },
    ],
});

/** An assignment without the certification is refused; with it, it goes through. */
registry.category("web_tour.tours").add("odoo_iso10003_competence_refused_tour", {
    steps: () => [
        press("Open dispute"),
        {
            content: "It says what is missing and where it can be got",
            trigger:
                ".modal:contains('Fair resolution (Good) is not held'):contains('TRN/')",
        },
        {
            content: "Close it",
            trigger: ".modal-footer button:contains('Close')",
            run: "click",
        },
        {
            content: "Nothing was opened",
            trigger:
                "body:not(:has(.modal)) .o_statusbar_buttons button:contains('Open dispute')",
        },
    ],
});

registry.category("web_tour.tours").add("odoo_iso10003_competence_allowed_tour", {
    steps: () => [
        press("Open dispute"),
        {
            content: "The dispute is open",
            trigger: ".o_iso10003_gates",
        },
    ],
});

/** An employee without a part in disputes finds the own certificate. */
registry.category("web_tour.tours").add("odoo_iso10003_my_training_tour", {
    steps: () => [
        {
            content: "Open the own training",
            trigger: ".o_menu_sections button:contains('Dispute training')",
            run: "click",
        },
        {
            content: "My training",
            trigger: ".o-dropdown--menu a:contains('My training')",
            run: "click",
        },
        {
            content: "The own result is there, with a certificate",
            trigger: ".o_list_view .o_data_row:contains('Passed') button .fa-print",
        },
    ],
});
