# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class RoleHolder(models.Model):
    """Who fills a role from when to when: an employee, or a contact from outside."""

    _name = "iso10003.role.holder"
    _description = "Holder of a role"
    _inherit = [
        "iso10003.withheld",
        "iso10003.registered.part",
        "iso10003.told",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "role_id, date_from desc, id"
    _check_company_auto = True
    _part_event = "holder"
    _part_path = "role_id"

    role_id = fields.Many2one(
        "iso10003.role", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="role_id.company_id", store=True, index=True)
    employee_id = fields.Many2one(
        "hr.employee",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        sealed=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Contact from outside",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        party=True,
        help="Counsel or another person who is no employee; their certifications are "
        "kept on the contact.",
        sealed=True,
    )
    date_from = fields.Date(
        "From",
        required=True,
        default=fields.Date.context_today,
        tracking=True,
        sealed=True,
    )
    date_to = fields.Date(
        "Until", tracking=True, help="The last day in the role.", sealed=True
    )
    appointment = fields.Char(
        "Letter of appointment",
        help="The letter or minute by which it was given.",
        sealed="digest",
    )

    _one_person = models.Constraint(
        "CHECK ((employee_id IS NULL) <> (partner_id IS NULL))",
        "A role is filled by an employee or by a contact from outside: choose one.",
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "The last day in a role cannot be before the first.",
    )
    _employee_once = models.Constraint(
        """EXCLUDE USING gist (
            int4range(role_id, role_id, '[]') WITH &&,
            int4range(employee_id, employee_id, '[]') WITH &&,
            daterange(date_from, date_to, '[]') WITH &&
        ) WHERE (employee_id IS NOT NULL)""",
        "This employee fills the role already in these days.",
    )
    _partner_once = models.Constraint(
        """EXCLUDE USING gist (
            int4range(role_id, role_id, '[]') WITH &&,
            int4range(partner_id, partner_id, '[]') WITH &&,
            daterange(date_from, date_to, '[]') WITH &&
        ) WHERE (partner_id IS NOT NULL)""",
        "This contact fills the role already in these days.",
    )

    @api.depends("employee_id", "partner_id", "role_id.code")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for holder in self:
            person = holder.employee_id or holder.partner_id
            holder.display_name = self.env._(
                "%(person)s, %(role)s",
                person=person.display_name or "",
                role=holder.role_id.display_name or "",
            )

    def _get_own_users(self):
        """Return the users that the holder works with, if any."""
        # whom to tell is looked up for the system, not for a reader
        holder = self.sudo()
        users = holder.employee_id.user_id | holder.partner_id.user_ids
        return users.filtered(lambda user: user.active and not user.share)

    def _get_manager_users(self):
        """Return who answers for the holder: the own manager, or those of disputes."""
        # whom to tell is looked up for the system, not for a reader
        holder = self.sudo()
        if manager := holder.employee_id.parent_id.user_id:
            return manager
        managers = holder.search(
            [
                ("role_id.code", "=", "manager"),
                ("company_id", "=", self.company_id.id),
            ]
        )
        return managers._get_own_users()

    def _responsible_users(self):
        """Return who is told of what the holder lacks: the holder and their manager."""
        self.ensure_one()
        return self._get_own_users() | self._get_manager_users()
