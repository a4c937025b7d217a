# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import AccessError


class MailScheduledMessage(models.Model):
    """A message that waits is read by who may read its record.

    Odoo asks who may post there where columns are read, and only there: not for whom
    it is addressed to, nor for the files that go with it.
    """

    _inherit = "mail.scheduled.message"

    def _check_access(self, operation):
        result = super()._check_access(operation)
        # of which record it speaks is asked in order to withhold it
        references = {one: (one.model, one.res_id) for one in self.sudo()}
        told = self.env["iso10003.told"]
        unreadable = told._find_unreadable(set(references.values()))
        forbidden = self.filtered(lambda one: references[one] in unreadable)
        if result:
            forbidden -= result[0]
        return told._add_forbidden(result, forbidden)

    def _make_told_error(self):
        return AccessError(
            self.env._("This message belongs to a record that you may not read.")
        )
