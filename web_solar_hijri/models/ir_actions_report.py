# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_template(self, template, values=None):
        """Write dates in the calendar of the document's language.

        Who prints a document is not who reads it.
        """
        report = self.with_context(calendar_reader=False)
        return super(IrActionsReport, report)._render_template(template, values)
