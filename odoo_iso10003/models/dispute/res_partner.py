# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    dispute_count = fields.Integer(
        compute="_compute_dispute_count", groups="odoo_iso10003.group_reader"
    )

    def _compute_dispute_count(self):
        """Disputes of the contact and of everybody who belongs to it."""
        # whom a contact belongs to is needed to count, not shown; what is counted
        # are the disputes that the user sees
        partners = self.sudo().with_context(active_test=False)
        family = partners.search_fetch([("id", "child_of", self.ids)], ["parent_id"])
        counted = self.env["iso10003.dispute"]._read_group(
            [("partner_id", "in", family.ids)], ["partner_id"], ["__count"]
        )
        counts = dict.fromkeys(self.ids, 0)
        for partner, count in counted:
            partner = partner.sudo()  # only to climb to its parents
            while partner:
                if partner.id in counts:
                    counts[partner.id] += count
                partner = partner.parent_id
        for partner in self:
            partner.dispute_count = counts.get(partner.id, 0)

    def action_view_disputes(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.dispute_action"
        )
        return {
            **action,
            "domain": [("partner_id", "child_of", self.id)],
            "context": {"default_partner_id": self.id},
        }
