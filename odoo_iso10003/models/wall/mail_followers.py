# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class MailFollowers(models.Model):
    """Who follows a record is told to who may read it.

    In Odoo everybody who works here reads all followers.
    """

    _name = "mail.followers"
    _inherit = ["iso10003.told.content", "mail.followers"]

    def _filter_untold(self):
        """Return those of records that the user may not read."""
        # of which record each is, is asked in order to withhold it
        return self._find_untold(
            {one: (one.res_model, one.res_id) for one in self.sudo()}
        )
