// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {
    formatDate,
    formatDateTime,
    parseDate,
    parseDateTime,
} from "@web/core/l10n/dates";
import {onPatched, useComponent} from "@odoo/owl";
import {datetimePickerService} from "@web/core/datetime/datetimepicker_service";
import {ensureArray} from "@web/core/utils/arrays";
import {isSolar} from "./calendar";
import {makePopover} from "@web/core/popover/popover_hook";
import {patch} from "@web/core/utils/patch";
import {useBus} from "@web/core/utils/hooks";

/**
 * Odoo replaces a date that it cannot read by the one that was there before, without a
 * word. This keeps what was typed, and says so: the input is marked, and so is the field
 * of the record, which is then not saved before it is put right.
 */
class Refusal {
    constructor(params, env) {
        this.params = params;
        this.env = env;
        this.component = params.useOwlHooks ? useComponent() : null;
        this.listened = new WeakSet();
        // the inputs with a text that was refused, and that text
        this.refused = new Map();
        if (this.component) {
            onPatched(() => this.forgetDiscarded());
            if (this.record) {
                useBus(this.record.model.bus, "NEED_LOCAL_CHANGES", () => this.check());
            }
        }
    }

    /** The parameters for Odoo's service, with what it calls watched. */
    get watched() {
        const {params} = this;
        const createPopover =
            params.createPopover ||
            ((...args) => makePopover(this.env.services.popover.add, ...args));
        return Object.assign(Object.create(params), {
            getInputs: () => {
                const inputs = this.inputs;
                inputs.forEach((input) => this.listen(input));
                return inputs;
            },
            createPopover: (component, options) =>
                createPopover(component, {
                    ...options,
                    onClose: () => (this.check() ? options.onClose() : undefined),
                }),
            onChange: (...args) => {
                this.retain();
                return params.onChange?.(...args);
            },
        });
    }

    get inputs() {
        return this.params.getInputs
            ? this.params.getInputs()
            : [this.params.target, null];
    }

    get type() {
        return this.picker.state.type;
    }

    get options() {
        return {tz: this.picker.state.tz, format: this.params.format};
    }

    /** Why a text is not a date, or nothing if it is one. */
    why(text) {
        try {
            (this.type === "date" ? parseDate : parseDateTime)(text, this.options);
            return "";
        } catch (error) {
            if (error?.name !== "ConversionError") {
                throw error;
            }
            return error.message;
        }
    }

    listen(input) {
        if (!input || input.tagName !== "INPUT" || this.listened.has(input)) {
            return;
        }
        this.listened.add(input);
        input.addEventListener("input", () => this.accept(input));
        // before Odoo's listeners, which would replace the text
        input.addEventListener("change", (ev) => this.check() || stop(ev), true);
        input.addEventListener("keydown", (ev) => this.onKeydown(ev, input), true);
    }

    onKeydown(ev, input) {
        if (ev.key === "Escape" && this.why(input.value)) {
            this.restore(input);
        } else if (ev.key === "Enter" && ev.ctrlKey && !this.check()) {
            stop(ev);
        }
    }

    /** Refuse what cannot be read; say whether all could be. */
    check() {
        let readable = true;
        for (const input of this.inputs) {
            const why =
                input?.tagName === "INPUT" &&
                input.isConnected &&
                this.why(input.value);
            if (why) {
                readable = false;
                this.refuse(input, why);
            }
        }
        return readable;
    }

    refuse(input, why) {
        if (this.refused.get(input) === input.value) {
            return;
        }
        this.refused.set(input, input.value);
        input.classList.add("o_unreadable_date", "text-danger");
        input.setAttribute("aria-invalid", "true");
        input.title = why;
        this.env.services.notification?.add(why, {type: "danger"});
        this.record?.setInvalidField(this.fieldOf(input));
    }

    accept(input) {
        if (this.refused.delete(input)) {
            input.classList.remove("o_unreadable_date", "text-danger");
            input.removeAttribute("aria-invalid");
            input.title = "";
            this.record?.resetFieldValidity(this.fieldOf(input));
        }
    }

    /** When another date of a range is chosen, Odoo writes all inputs anew. */
    retain() {
        for (const [input, text] of this.refused) {
            if (input === this.inputs[this.picker.state.focusedDateIndex]) {
                this.accept(input);
            } else {
                input.value = text;
            }
        }
    }

    restore(input) {
        const value = ensureArray(this.picker.state.value)[this.inputs.indexOf(input)];
        input.value = (this.type === "date" ? formatDate : formatDateTime)(
            value,
            this.options
        );
        this.accept(input);
    }

    /** When the record was discarded, what was typed goes too. */
    forgetDiscarded() {
        for (const input of [...this.refused.keys()]) {
            if (this.record && !this.record.isFieldInvalid(this.fieldOf(input))) {
                this.restore(input);
                this.picker.close();
                this.params.onClose?.();
            }
        }
    }

    get record() {
        return this.component?.props.record;
    }

    fieldOf(input) {
        return input.dataset.field || this.component.props.name;
    }
}

function stop(ev) {
    ev.stopImmediatePropagation();
}

patch(datetimePickerService, {
    start(env) {
        const service = super.start(...arguments);
        return {
            ...service,
            create(params = {}) {
                if (
                    !isSolar() ||
                    (!params.getInputs && typeof params.target === "string")
                ) {
                    return service.create(params);
                }
                const refusal = new Refusal(params, env);
                refusal.picker = service.create(refusal.watched);
                return refusal.picker;
            },
        };
    },
});
