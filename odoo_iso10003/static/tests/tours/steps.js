/** Steps that name fields, values and buttons, and no words: for any language. */

/** As long as a machine at work on much else needs to answer, in milliseconds. */
const PATIENCE = 40_000;

export const press = (content, trigger) => ({
    content,
    trigger,
    run: "click",
    timeout: PATIENCE,
});

export const see = (content, trigger) => ({content, trigger, timeout: PATIENCE});

export const button = (name, within = "") =>
    press(`Press ${name}`, `${within} button[name=${name}]`);

/** Choose one of the round buttons of a field. */
export const choose = (field, value, within = "") =>
    press(
        `Choose ${value}`,
        `${within} .o_field_widget[name=${field}] input[data-value='${value}']`
    );

export const fill = (field, text, within = "") => ({
    content: `Fill in ${field}`,
    trigger: `${within} .o_field_widget[name=${field}] :is(input, textarea)`,
    run: `edit ${text}`,
});

export const write = (field, text, within = "") => ({
    content: `Write ${field}`,
    trigger: `${within} .o_field_widget[name=${field}] .odoo-editor-editable`,
    run: `editor ${text}`,
});

/** Open a record of a list in the form of a file. */
export const row = (model, nth = "first") =>
    press(
        `Open a record of ${model}`,
        `.o_iso10003_rows[data-model='iso10003.${model}'] .o_data_row:${nth} td[name]:first`
    );

export const back = press("Back to the file", ".o_breadcrumb .o_back_button");

/** See a gate that is asked of the file, and not met. */
export const unmet = (gate) =>
    see(
        `${gate} is wanted`,
        `body:not(:has(.modal)) .o_iso10003_gates [data-gate=${gate}][data-met=false]`
    );

/** Write what the text of a letter leaves open. */
export const gap = (text) => ({
    content: "Write what is still open",
    trigger: ".modal .odoo-editor-editable p:contains('⟦'):first",
    run: `editor ${text}`,
});

/** Type the name of a record, and take the one that is offered. */
export const link = (field, name, within = "") => [
    fill(field, name, within),
    // Enter takes what stands out, and before the names are there that is nothing
    see(
        `${name} is offered`,
        `.o-autocomplete--dropdown-item:first-child:contains('${name}') a.ui-state-active`
    ),
    {
        content: `Take ${name}`,
        trigger: `${within} .o_field_widget[name=${field}] input`,
        run: "press Enter",
    },
    see("It is taken", "body:not(:has(.o-autocomplete--dropdown-item))"),
];

/** Choose the nth of the choices of a field, counted from 0. */
export const choice = (field, index, within = "") => [
    press(
        `Open the choices of ${field}`,
        `${within} .o_field_widget[name=${field}] input`
    ),
    press("Choose it", `.o_select_menu_item[data-choice-index='${index}']`),
];

export const page = (name) =>
    press(`Open the page ${name}`, `.o_notebook_headers a[name=${name}]`);

/** See the register of the file, where it ends with such a row. */
export const onRecord = () => [
    page("register"),
    see(
        "The register tells it",
        ".o_iso10003_rows[data-model='iso10003.register'] .o_data_row"
    ),
];

/** Open a file of the list, and go back there when its steps are done. */
export const file = (subject, steps) => [
    press(`Open “${subject}”`, `.o_list_view td[name=subject]:contains('${subject}')`),
    see("It is open", `.o_form_view [name=subject] :is(input, textarea)`),
    ...steps,
    ...onRecord(),
    press("Back to the files", ".o_breadcrumb .o_back_button"),
    see("They are there", ".o_list_view td[name=subject]"),
];

/** Press the button of the card, which names this step. */
export const take = (step) =>
    press(
        `The card names ${step}: take it`,
        `body:not(:has(.modal)) .o_iso10003_next_step[data-step=${step}] button`
    );

export const state = (value) =>
    see(
        `The file is in ${value}`,
        `body:not(:has(.modal)) .o_statusbar_status .o_arrow_button_current[data-value=${value}]`
    );

// what a function does by hand, told once to those who count it
const PRESSES = new WeakSet();

/** Press a field for a document, and choose one of the reader's own. */
export function attach(field, within = "") {
    const run = ({anchor}) => {
        const files = new window.DataTransfer();
        files.items.add(new window.File(["%PDF-1.7 Paid."], "receipt.pdf"));
        anchor.files = files.files;
        anchor.dispatchEvent(new window.Event("change", {bubbles: true}));
    };
    PRESSES.add(run);
    return [
        {
            content: `Attach ${field}`,
            trigger: `${within} .o_field_widget[name=${field}] input[type=file]:not(:visible)`,
            run,
        },
        see(
            "It is there",
            `${within} .o_field_widget[name=${field}] .o_clear_file_button`
        ),
    ];
}

/** Count what is done by hand: presses, and fields that are typed. */
export function count(steps) {
    const runs = steps.map(({run}) => (PRESSES.has(run) ? "click" : run || ""));
    if (runs.some((run) => typeof run !== "string")) {
        throw new Error("What a function does is not counted");
    }
    return {
        clicks: runs.filter((run) => run === "click").length,
        fields: runs.filter((run) => run.startsWith("edit")).length,
    };
}

/** Fail above so many presses and typed fields. */
export const atMost = (clicks, fields, steps) => ({
    content: `No more than ${clicks} presses and ${fields} typed fields`,
    trigger: "body",
    run() {
        const done = count(steps());
        if (done.clicks > clicks || done.fields > fields) {
            throw new Error(`${done.clicks} presses and ${done.fields} typed fields`);
        }
    },
});
