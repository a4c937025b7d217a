import {registry} from "@web/core/registry";
import {
    button,
    choose,
    fill,
    link,
    onRecord,
    page,
    press,
    see,
    state,
    write,
} from "./steps";

const add = (name, steps) =>
    registry.category("web_tour.tours").add(`odoo_iso10003_${name}_tour`, {steps});

/** Who leads a file names its cause, and sees which files are like it. */
add("cause", () => [
    page("result"),
    see(
        "All of the page is there",
        ".o_iso10003_rows[data-model='iso10003.result'] .o_list_renderer"
    ),
    ...link("cause_id", "W-17"),
    press("Save", ".o_form_button_save"),
    see(
        "It is saved",
        ".o_form_saved, .o_form_view:not(:has(.o_form_button_save:visible))"
    ),
    page("similar"),
    see("Another file has the same cause", ".o_iso10003_similar li[data-file]"),
    ...onRecord(),
]);

/** A manager decides on what is proposed, and says later whether it worked. */
add("issue", () => [
    state("proposed"),
    page("candidates"),
    see(
        "The files are there",
        ".o_iso10003_rows[data-model='iso10003.dispute'] .o_data_row"
    ),
    button("action_accept", ".o_statusbar_buttons"),
    state("open"),
    button("action_open_nonconformity", ".o_statusbar_buttons"),
    see("The nonconformity is open", ".o_form_view button[name=action_view_origin]"),
    press("Back to the issue", ".o_breadcrumb .o_back_button"),
    button("action_ask", ".o_statusbar_buttons"),
    fill("reason", "The supplier has changed the drum", ".modal"),
    button("action_confirm", ".modal"),
    state("acted"),
    page("recurrence"),
    see("The picture is drawn", ".o_iso10003_rows .o_graph_renderer canvas"),
    button("action_ask_effect", ".o_statusbar_buttons"),
    choose("effect", "effective", ".modal"),
    fill("reason", "Nobody has complained since", ".modal"),
    button("action_confirm", ".modal"),
    state("ended"),
    ...onRecord(),
]);

/** Who leads the files writes to all of them, and notes what was agreed with all. */
add("enter_for_all", () => [
    see(
        "All three files are there",
        ".o_iso10003_rows[data-model='iso10003.dispute'] .o_data_row:nth-child(3)"
    ),
    button("action_enter_for_all"),
    choose("what", "letter", ".modal"),
    fill("subject", "On {number}", ".modal"),
    write("body", "Dear {addressee}, all drums are replaced.", ".modal"),
    button("action_confirm", ".modal"),
    see("All have it", "body:not(:has(.modal))"),
    button("action_enter_for_all"),
    choose("what", "result", ".modal"),
    choose("outcome", "settled_early", ".modal"),
    choose("gives", "amount", ".modal"),
    fill("amount", "40", ".modal"),
    fill("reason", "One paper for all of them", ".modal"),
    button("action_confirm", ".modal"),
    see("All files have it", "body:not(:has(.modal))"),
]);
