import {registry} from "@web/core/registry";
import {page, press, see} from "./steps";

const section = (name) => `.o_iso10003_today_section[data-section=${name}]`;

/** From what waits today to a file, and what happened and comes next in it. */
registry.category("web_tour.tours").add("odoo_iso10003_today_tour", {
    steps: () => [
        see("What is due is there", `${section("limits")} button:contains('W-17')`),
        press(
            "Open the file in which we must act",
            `${section("turn")} li button:contains('W-17')`
        ),
        see("It is open", ".o_form_view .o_iso10003_next_step"),
        page("story"),
        see("It was opened", ".o_iso10003_fact[data-kind='iso10003.register']"),
        see(
            "After today comes the limit",
            ".o_iso10003_story_today ~ ul .o_iso10003_fact[data-kind='iso10003.deadline']"
        ),
        press(
            "It leads to the limit",
            ".o_iso10003_story_today ~ ul .o_iso10003_fact button:contains('W-17')"
        ),
        see("Which is open", ".o_form_view [name=due_date]"),
    ],
});
