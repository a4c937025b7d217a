# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class LetterPaper(models.AbstractModel):
    """A letter on paper, in its own language and direction."""

    _name = "report.odoo_iso10003.letter_paper"
    _description = "Letter, printed"
    _inherit = ["iso10003.printed"]

    @api.model
    def _get_report_values(self, docids, data=None):
        letters = self.env["iso10003.letter"].browse(docids)
        letters.check_access("read")  # no copy for who may not read it
        language = letters[:1]._get_written_lang()
        values = self.with_context(lang=language)._document_values()
        letters = letters.with_context(lang=language)
        return {
            **values,
            "docs": letters,
            "days": {
                one.id: one.sent_date or one._get_company_day() for one in letters
            },
        }
