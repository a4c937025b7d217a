import {registry} from "@web/core/registry";
import {
    attach,
    back,
    button,
    choose,
    fill,
    link,
    onRecord,
    page,
    row,
    see,
} from "./steps";

/** The complainant died: the heir who shows a document takes their place. */
registry.category("web_tour.tours").add("odoo_iso10003_heirs_tour", {
    steps: () => [
        page("parties"),
        row("party"),
        button("action_ask_change"),
        choose("kind", "death", ".modal"),
        ...link("successor_id", "Daughter Example", ".modal"),
        ...attach("document", ".modal"),
        fill("reason", "The family sent the certificate of death.", ".modal"),
        button("action_confirm", ".modal"),
        back,
        see(
            "The heir stands in their place",
            ".o_iso10003_rows[data-model='iso10003.party'] .o_data_row:contains('Daughter Example')"
        ),
        // whom we write to from now on
        page("letters"),
        button("action_write_letter", ".o_notebook_content .tab-pane.active"),
        see(
            "It is for the heir",
            ".modal [name=partner_ids] .o_tag:contains('Daughter Example')"
        ),
        see(
            "… and not for who died",
            ".modal [name=partner_ids]:not(:has(.o_tag:contains('Roya Example')))"
        ),
        {
            content: "Not today",
            trigger: ".modal :is(button[special=cancel], .o_form_button_cancel)",
            run: "click",
        },
        ...onRecord(),
    ],
});
