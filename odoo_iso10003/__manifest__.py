# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "ISO 10003 Dispute Resolution",
    "summary": "Resolve customer disputes the way ISO 10003 describes, "
    "from the helpdesk you already have",
    "version": "19.0.1.0.0",
    "category": "After-Sales",
    "license": "AGPL-3",
    "author": "odoo_iso10003 contributors",
    "depends": [
        "helpdesk_mgmt",
        "mgmtsystem_quality",
        "document_page_approval",
    ],
    "external_dependencies": {"python": ["weasyprint", "jdatetime"]},
    "data": [
        "security/groups.xml",
        "security/ir.model.access.csv",
        "security/rules.xml",
        "data/gates.xml",
        "data/categories.xml",
        "data/remedies.xml",
        "data/policy.xml",
        "views/register/register_views.xml",
        "views/policy/policy_views.xml",
        "views/policy/gate_views.xml",
        "views/dispute/category_views.xml",
        "views/dispute/remedy_views.xml",
        "views/dispute/dispute_step_views.xml",
        "views/dispute/dispute_views.xml",
        "views/dispute/dispute_portal_templates.xml",
        "views/bridge/helpdesk_ticket_views.xml",
        "views/bridge/res_partner_views.xml",
        "views/menus.xml",
        "report/document_layout.xml",
        "report/dispute_file.xml",
    ],
    "demo": [
        "demo/people.xml",
        "demo/disputes.xml",
    ],
    "assets": {
        "web.assets_tests": [
            "odoo_iso10003/static/tests/tours/**/*",
        ],
        "web.assets_backend": [
            "odoo_iso10003/static/src/**/*",
        ],
        "web.report_assets_common": [
            "odoo_iso10003/static/report/document.scss",
        ],
    },
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
