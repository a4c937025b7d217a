# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class BasePartnerMerge(models.TransientModel):
    """Nobody becomes the contact whom they certified."""

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        people = src_partners | dst_partner
        # who certified whom is asked for, whoever merges
        held = self.env["iso10003.contact.certification"].sudo()
        held = held.search([("partner_id", "in", people.ids)])
        skills = self.env["hr.employee.skill"].sudo()
        skills = skills.search([("employee_id.work_contact_id", "in", people.ids)])
        skills = skills._filter_controlled()
        self.env["iso10003.segregated"]._refuse_own(
            "certifier_self",
            people,
            held.create_uid | held.write_uid | skills.create_uid | skills.write_uid,
        )
        return super()._update_foreign_keys(src_partners, dst_partner)
