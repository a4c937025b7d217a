# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

# what a user reads rests on these
RIGHTS = {"active", "group_ids", "company_ids", "company_id", "role"}


class ResUsers(models.Model):
    """Whose rights end follows no more what they may no longer read."""

    _inherit = "res.users"

    def write(self, vals):
        result = super().write(vals)
        if RIGHTS & vals.keys():
            # following is the system's: it ends whoever changes the rights
            self.sudo()._stop_following_unreadable()
        return result

    def _stop_following_unreadable(self):
        told = self.env["iso10003.told"]
        followers = self.env["mail.followers"].search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("res_model", "in", told._get_told_models()),
            ]
        )
        for model, group in followers.grouped("res_model").items():
            records = told._get_told_records(model, group.mapped("res_id"))
            records._filter_told().exists()._stop_followers(self.partner_id)


class ResGroups(models.Model):
    _inherit = "res.groups"

    def write(self, vals):
        if not vals.keys() & {"user_ids", "implied_ids"}:
            return super().write(vals)
        # who had a right before and after, for whoever changes groups
        former = self.sudo().all_user_ids
        result = super().write(vals)
        (former - self.sudo().all_user_ids)._stop_following_unreadable()
        return result
