# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class ContactCertification(models.Model):
    """A certification of somebody from outside, kept on the contact.

    Everything but the owner is what ``hr_skills`` does for employees: levels,
    validity, and a history in which nothing is overwritten.
    """

    _name = "iso10003.contact.certification"
    _description = "Certification of a contact"
    _inherit = ["hr.individual.skill.mixin", "iso10003.certifying"]
    _order = "partner_id, skill_id, valid_from desc, id"

    partner_id = fields.Many2one(
        "res.partner", "Contact", required=True, index=True, ondelete="restrict"
    )
    # a certification is evidence: it does not go with what it is a certification of
    skill_type_id = fields.Many2one(
        domain=[("is_certification", "=", True)], ondelete="restrict"
    )
    skill_id = fields.Many2one(ondelete="restrict")
    skill_level_id = fields.Many2one(ondelete="restrict")
    # the mixin takes the day on which the server was started
    valid_from = fields.Date(default=fields.Date.context_today, required=True)

    def _linked_field_name(self):
        return "partner_id"

    @api.model
    def _default_skill_type_id(self):
        return self.env["hr.skill.type"].search(
            [("is_certification", "=", True)], limit=1
        )

    @api.model_create_multi
    def create(self, vals_list):
        certifications = super().create(vals_list)
        certifications._check_certifies_others()
        return certifications

    def write(self, vals):
        self.check_access("write")  # whoever may not at all is told that
        self._check_certifies_others()
        result = super().write(vals)
        self._check_certifies_others()
        return result

    def _check_certifies_others(self):
        """Nobody certifies oneself, whatever rights on people one has."""
        if not self.env.su:  # passed training grants it, see attendance_result.py
            self.env["iso10003.segregated"]._refuse_own(
                "certifier_self", self.partner_id
            )

    def _get_holders_domain(self):
        partners = self.partner_id.ids
        return [
            "|",
            ("partner_id", "in", partners),
            "|",
            ("employee_id.user_id.partner_id", "in", partners),
            ("employee_id.work_contact_id", "in", partners),
        ]
