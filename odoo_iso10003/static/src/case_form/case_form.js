import {browser} from "@web/core/browser/browser";
import {Notebook} from "@web/core/notebook/notebook";
import {registry} from "@web/core/registry";
import {useBus} from "@web/core/utils/hooks";
import {FormCompiler} from "@web/views/form/form_compiler";
import {FormRenderer} from "@web/views/form/form_renderer";
import {formView} from "@web/views/form/form_view";

const SHOW_FIELD = "iso10003-show-field";

/** Turn to the page of a form that has a field, and be ready to fill it in. */
export function showField(bus, form, name) {
    bus.trigger(SHOW_FIELD, name);
    // the page of the field is there after the next rendering, which is a frame
    const later = (doIt) => browser.requestAnimationFrame(doIt);
    later(() => later(() => focusField(form, name)));
}

function focusField(form, name) {
    const field = form.querySelector(`.o_field_widget[name="${name}"]`);
    field?.scrollIntoView({block: "center"});
    const inside = "input,textarea,button,[tabindex],[contenteditable]";
    // what nobody types is done by a button beside it
    const door =
        field?.querySelector(inside) ??
        field?.closest(".o_row")?.querySelector("button");
    door?.focus();
}

/** Pages say with `data-states` which states of the case they are about. */
export class CaseFormCompiler extends FormCompiler {
    compileNotebook(el, params) {
        const notebook = super.compileNotebook(el, params);
        const pageOfState = {};
        for (const page of el.children) {
            const states = page.getAttribute("data-states");
            const name = `\`${page.getAttribute("name")}\``;
            const slot = [...notebook.children].find(
                (child) => states && child.getAttribute("name") === name
            );
            for (const state of slot ? states.split(",") : []) {
                pageOfState[state] = slot.getAttribute("t-set-slot");
            }
        }
        const chosen = notebook.getAttribute("defaultPage");
        notebook.setAttribute(
            "defaultPage",
            `(${chosen}) || (${JSON.stringify(pageOfState)})[__comp__.props.record.data.state]`
        );
        return notebook;
    }
}

/** It turns to the page that has a field when a line of the checklist leads there. */
export class CaseNotebook extends Notebook {
    setup() {
        super.setup();
        useBus(this.env.bus, SHOW_FIELD, ({detail}) => this.showField(detail));
    }

    showField(name) {
        const page = this.pages.find(
            ([, props]) => props.isVisible && props.fieldNames?.includes(name)
        );
        if (page) {
            this.activatePage(page[0]);
        }
    }
}

export class CaseFormRenderer extends FormRenderer {
    static components = {...FormRenderer.components, Notebook: CaseNotebook};
}

registry.category("views").add("iso10003_case_form", {
    ...formView,
    Compiler: CaseFormCompiler,
    Renderer: CaseFormRenderer,
});
