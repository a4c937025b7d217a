# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.http import content_disposition, request


class RegisterExport(http.Controller):
    @http.route(
        "/iso10003/register/<model('iso10003.dispute'):dispute>",
        type="http",
        auth="user",
        readonly=True,
    )
    def export_register(self, dispute):
        """Download a file's register as JSON lines, for who may read the file."""
        dispute.check_access("read")
        register = request.env["iso10003.register"]
        register.check_access("read")
        lines = register._export_lines([dispute._register_file()])
        name = f"{dispute.name.replace('/', '-')}.jsonl"
        return request.make_response(
            "\n".join(lines) + "\n",
            headers=[
                ("Content-Type", "application/jsonl; charset=utf-8"),
                ("Content-Disposition", content_disposition(name)),
            ],
        )
