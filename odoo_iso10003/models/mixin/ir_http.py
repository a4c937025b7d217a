# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from .neighbour_words import get_web_words


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @api.model
    def _get_translations_for_webclient(self, modules, lang):
        """Put our words over those of the neighbours in what the client is sent."""
        translations, parameters = super()._get_translations_for_webclient(
            modules, lang
        )
        if parameters:
            for module, words in get_web_words(parameters["code"]).items():
                if module in translations:
                    translations[module] = self._correct_web(
                        translations[module], words
                    )
        return translations, parameters

    def _correct_web(self, translated, words):
        said = {term["id"]: term["string"] for term in translated["messages"]} | words
        messages = [{"id": source, "string": word} for source, word in said.items()]
        return {**translated, "messages": messages}
