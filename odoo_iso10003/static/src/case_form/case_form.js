import {Notebook} from "@web/core/notebook/notebook";
import {registry} from "@web/core/registry";
import {useBus} from "@web/core/utils/hooks";
import {FormCompiler} from "@web/views/form/form_compiler";
import {FormRenderer} from "@web/views/form/form_renderer";
import {formView} from "@web/views/form/form_view";

export const SHOW_FIELD = "iso10003-show-field";

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
