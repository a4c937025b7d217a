// Copyright 2026 The odoo_iso10003 contributors
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import {download} from "@web/core/network/download";
import {getReportUrl} from "@web/webclient/actions/reports/utils";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";

/**
 * Download the PDF reports of this product without asking for wkhtmltopdf, which
 * does not print them, or show how far the print is where many are printed in the
 * background. Every other report is left to Odoo, as it was.
 *
 * @param {Object} action the report action
 * @param {Object} options
 * @param {Object} env
 * @returns {Promise<Boolean>} whether the report was dealt with
 */
export async function printIso10003Report(action, options, env) {
    if (
        action.report_type !== "qweb-pdf" ||
        !action.report_name.startsWith("odoo_iso10003.") ||
        !(await env.services.orm.call("ir.actions.report", "uses_iso10003_engine", [
            action.report_name,
        ]))
    ) {
        return false;
    }
    const ids = action.context?.active_ids || [];
    const later =
        ids.length > 1 &&
        (await env.services.orm.call("ir.actions.report", "ask_iso10003_print", [
            action.report_name,
            ids,
        ]));
    if (later) {
        await env.services.action.doAction(later);
        return true;
    }
    env.services.ui.block();
    try {
        await download({
            url: "/report/download",
            data: {
                data: JSON.stringify([getReportUrl(action, "pdf"), action.report_type]),
                context: JSON.stringify({...user.context, ...action.context}),
            },
        });
    } finally {
        env.services.ui.unblock();
    }
    return true;
}

registry
    .category("ir.actions.report handlers")
    .add("odoo_iso10003", printIso10003Report);
