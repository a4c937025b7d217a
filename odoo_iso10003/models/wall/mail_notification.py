# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class MailNotification(models.Model):
    """Who was notified of what, and its subject, is read with the message alone.

    In Odoo everybody who works here reads all notifications.
    """

    _name = "mail.notification"
    _inherit = ["iso10003.told.content", "mail.notification"]

    def _filter_untold(self):
        """Return those of messages that the user may not read."""
        # of which message each is, is asked in order to withhold it
        messages = self.sudo().mail_message_id
        untold = messages.sudo(False)._filter_untold()
        return self.filtered(lambda one: one.sudo().mail_message_id in untold)

    def _make_told_error(self):
        return self.env["mail.message"]._make_access_error("read")
