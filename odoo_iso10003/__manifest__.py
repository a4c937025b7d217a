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
    "data": [],
    "demo": [],
    "application": False,
}
