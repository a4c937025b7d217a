# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError


class CertificateRegisterReport(models.AbstractModel):
    """The certificates an organization holds, as a register."""

    _name = "report.odoo_iso10003.certificate_register"
    _description = "Certificate register, printed"
    _inherit = ["iso10003.printed"]

    @api.model
    def _get_report_values(self, docids, data=None):
        values = self._document_values()
        certificates = self.env["iso10003.certificate"].browse(docids)
        if not certificates:
            raise UserError(
                self.env._("No certificate is entered yet, so there is no register.")
            )
        certificates.check_access("read")
        certificates = certificates.with_context(lang=values["lang"])
        return {
            **values,
            "docs": certificates,
            "registers": list(certificates.grouped("company_id").values()),
        }
