# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class HearingOfReferral(models.Model):
    """A hearing before an authority: privileged with the referral that it is of."""

    _inherit = "iso10003.hearing"

    referral_id = fields.Many2one(
        "iso10003.referral", index="btree_not_null", ondelete="restrict", fixed=True
    )

    @api.model
    def _get_subject_fields(self):
        return [*super()._get_subject_fields(), "referral_id"]

    @api.model
    def _get_led_domain(self, users):
        led = fields.Domain("referral_id.counsel_id", "in", users.ids)
        return super()._get_led_domain(users) | led
