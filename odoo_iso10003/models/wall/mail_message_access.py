# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from .withheld import ADDON


class MailMessage(models.Model):
    _inherit = "mail.message"

    @api.model
    def _get_with_access(self, message_id, mode="read", **kwargs):
        """Whoever does something with a message of a file must be able to read it.

        Odoo lets who may post on a record react to any message of it, also to those
        among colleagues.
        """
        message = super()._get_with_access(message_id, mode=mode, **kwargs)
        # which record it is about is asked for, not told
        model = message.sudo().model
        if model in self.env and self.env[model]._original_module == ADDON:
            return message.sudo(False)._filtered_access("read")
        return message
