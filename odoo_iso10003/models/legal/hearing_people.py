# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class ReferralHearings(models.Model):
    """The appointments of hearings go with the matter to who leads it."""

    _inherit = "iso10003.referral"

    def write(self, vals):
        result = super().write(vals)
        if "counsel_id" in vals:
            # whoever hands it over leaves and fills calendars
            self.sudo().hearing_ids._sync_event()
        return result


class ResUsers(models.Model):
    """Whose rights end has no appointments of hearings left."""

    _inherit = "res.users"

    def _stop_following_unreadable(self):  # pylint: disable=missing-return
        super()._stop_following_unreadable()
        hearings = self.env["iso10003.hearing"].with_context(active_test=False)
        led = hearings.search([("referral_id.counsel_id", "in", self.ids)])
        led._sync_event()
