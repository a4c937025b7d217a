import {Component, onWillStart, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

/** What waits today: for who looks at it, and for managers, for each of their people. */
export class Today extends Component {
    static template = "odoo_iso10003.Today";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = {controlPanel: {}};
        this.state = useState({owners: [], sections: []});
        onWillStart(() => this.load());
    }

    async load(owner) {
        const args = owner === undefined ? [] : [owner];
        Object.assign(
            this.state,
            await this.orm.call("iso10003.today", "get_today", args)
        );
    }

    choose(event) {
        return this.load(Number(event.target.value) || false);
    }

    get waiting() {
        return this.state.sections.filter((section) => section.count);
    }

    open(row) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: row.model,
            res_id: row.id,
            views: [[false, "form"]],
        });
    }

    /** All of a section, with what a list can do: search, group, pages. */
    openAll(section) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: section.word,
            res_model: section.model,
            domain: section.domain,
            views: [
                [false, "list"],
                [false, "form"],
            ],
        });
    }
}

registry.category("actions").add("iso10003_today", Today);
