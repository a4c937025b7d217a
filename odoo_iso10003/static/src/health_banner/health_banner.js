import {Component, onMounted, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {KanbanController} from "@web/views/kanban/kanban_controller";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {ListController} from "@web/views/list/list_controller";
import {listView} from "@web/views/list/list_view";

/** For so many milliseconds, what was asked holds for all pages. */
const KEPT = 5 * 60 * 1000;
const last = {at: 0, warnings: []};

/** What runs by itself and does not: told to managers above their files. */
export class HealthBanner extends Component {
    static template = "odoo_iso10003.HealthBanner";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({warnings: last.warnings});
        // after the page is there, which waits for nothing
        onMounted(() => this.load());
    }

    async load() {
        if (Date.now() - last.at < KEPT) {
            return;
        }
        if (!(await user.hasGroup("odoo_iso10003.group_manager"))) {
            return;
        }
        last.at = Date.now();
        last.warnings = await this.orm.silent.call(
            "iso10003.health",
            "get_warnings",
            []
        );
        this.state.warnings = last.warnings;
    }

    show() {
        this.action.doAction("odoo_iso10003.health_action");
    }
}

class DisputeListController extends ListController {
    static components = {...ListController.components, HealthBanner};
    static template = "odoo_iso10003.DisputeListView";
}

class DisputeKanbanController extends KanbanController {
    static components = {...KanbanController.components, HealthBanner};
    static template = "odoo_iso10003.DisputeKanbanView";
}

registry.category("views").add("iso10003_dispute_list", {
    ...listView,
    Controller: DisputeListController,
});
registry.category("views").add("iso10003_dispute_kanban", {
    ...kanbanView,
    Controller: DisputeKanbanController,
});
