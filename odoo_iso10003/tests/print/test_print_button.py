# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.tests import HttpCase, tagged

PRINT = """
odoo.__WOWL_DEBUG__.root.env.services.action
    .doAction({
        type: "ir.actions.report",
        report_type: "qweb-pdf",
        report_name: "%(report)s",
        context: {active_ids: [%(partner)s]},
    })
    .then(() => console.log("test successful"));
"""


@tagged("-at_install", "post_install")
class TestPrintButton(HttpCase):
    """What happens in the browser when somebody prints, without wkhtmltopdf."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls.env["res.partner"].create({"name": "Ada Lovelace"})

    def _print(self, module):
        """Return what was asked of the server: the engine's state, documents."""
        name = f"{module}.test_print_button"
        view = self.env["ir.ui.view"].create(
            {"type": "qweb", "key": name, "arch": f'<t t-name="{name}"><p>x</p></t>'}
        )
        self.env["ir.model.data"].create(
            {
                "module": module,
                "name": "test_print_button",
                "model": "ir.ui.view",
                "res_id": view.id,
            }
        )
        self.env["ir.actions.report"].create(
            {"name": "Test", "model": "res.partner", "report_name": name}
        )
        reports = self.env.registry["ir.actions.report"]
        asked = []

        def state(report):
            asked.append("state")
            return "install"

        def render(report, report_ref, res_ids=None, data=None):
            asked.append((report_ref, res_ids))
            return b"%PDF-1.7", "pdf"

        with (
            patch.object(reports, "get_wkhtmltopdf_state", state),
            patch.object(reports, "_render_qweb_pdf", render),
        ):
            self.browser_js(
                "/odoo",
                PRINT % {"report": name, "partner": self.partner.id},
                ready="odoo.isReady === true",
                login="admin",
            )
        return asked

    def test_our_reports_are_downloaded_at_once(self):
        self.assertEqual(
            self._print("odoo_iso10003"),
            [("odoo_iso10003.test_print_button", self.partner.ids)],
        )

    def test_other_reports_still_ask_for_wkhtmltopdf(self):
        self.assertEqual(self._print("another_module"), ["state"])
