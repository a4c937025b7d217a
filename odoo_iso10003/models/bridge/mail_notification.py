# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class MailNotification(models.Model):
    """Who was notified of what, and its subject, is read with the message alone.

    In Odoo everybody who works here reads all notifications.
    """

    _inherit = "mail.notification"

    @api.model
    def _search(
        self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs
    ):
        query = super()._search(
            domain, offset, limit, order, bypass_access=bypass_access, **kwargs
        )
        if self.env.su or bypass_access:
            return query
        found = self.browse(query)
        if not (untold := found._filter_untold()):
            return query
        return (found - untold)._as_query(order)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        allowed = self - result[0] if result else self
        return self.env["iso10003.told"]._add_forbidden(
            result, allowed._filter_untold()
        )

    def _filter_untold(self):
        """Return those of messages that the user may not read."""
        # of which message each is, is asked in order to withhold it
        messages = self.sudo().mail_message_id
        untold = messages.sudo(False)._filter_untold()
        return self.filtered(lambda one: one.sudo().mail_message_id in untold)

    def _make_told_error(self):
        return self.env["mail.message"]._make_access_error("read")
