# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

# from so many days before its end on, a certification is expiring
EXPIRING_DAYS = 60

STATES = [
    ("valid", "Valid"),
    ("expiring", "Expiring"),
    ("ended", "Ended"),
    ("missing", "Missing"),
    ("free", "Nothing needed"),
]


class Competence(models.Model):
    """What each holder of a role holds of what the role needs, today.

    One row for each person, role and certification; one without a certification
    for a role that needs none. Today is the day where the person is. What counts
    as held is the same as at the door, see ``role_door.py``.
    """

    _name = "iso10003.competence"
    _description = "Competence of people in roles"
    _auto = False
    _order = "state_order desc, expires_on, person_name, id"
    _rec_name = "person_name"
    _depends = {
        "iso10003.role": ["code", "company_id", "enforced", "sequence"],
        "iso10003.role.requirement": ["role_id", "skill_id", "level_id"],
        "iso10003.role.holder": [
            "role_id",
            "employee_id",
            "partner_id",
            "date_from",
            "date_to",
        ],
        "iso10003.contact.certification": [
            "partner_id",
            "skill_id",
            "skill_level_id",
            "valid_from",
            "valid_to",
        ],
        "hr.employee.skill": [
            "employee_id",
            "skill_id",
            "skill_level_id",
            "valid_from",
            "valid_to",
        ],
        "hr.skill.level": ["level_progress"],
        "hr.employee": [
            "name",
            "active",
            "user_id",
            "parent_id",
            "resource_id",
            "work_contact_id",
            "current_version_id",
        ],
        "hr.version": ["department_id"],
        "resource.resource": ["tz"],
        "res.partner": ["name", "tz", "active"],
        "res.users": ["partner_id"],
    }

    holder_id = fields.Many2one("iso10003.role.holder", "Holds the role", readonly=True)
    role_id = fields.Many2one("iso10003.role", readonly=True)
    enforced = fields.Boolean("Required", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    employee_id = fields.Many2one("hr.employee", readonly=True)
    partner_id = fields.Many2one("res.partner", "Contact from outside", readonly=True)
    person_name = fields.Char("Person", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    skill_id = fields.Many2one("hr.skill", "Certification", readonly=True)
    level_id = fields.Many2one("hr.skill.level", "At least", readonly=True)
    state = fields.Selection(STATES, readonly=True)
    state_order = fields.Integer(readonly=True, aggregator=None)
    expires_on = fields.Date(
        "Ends on",
        readonly=True,
        help="The last day of the certification, also of one that has ended.",
    )
    days_left = fields.Integer(
        "Days left",
        readonly=True,
        aggregator=None,
        help="Until the certification ends; negative when it has ended.",
    )

    @property
    def _table_query(self):
        return self._get_sql()

    @api.model
    def _get_sql(self):
        return SQL(
            """
            SELECT h.id::bigint * 1048576 + COALESCE(q.id, 0) AS id,
                   h.id AS holder_id, h.role_id, r.code AS role_code, r.enforced,
                   r.company_id, h.employee_id, h.partner_id,
                   COALESCE(e.name, p.name) AS person_name, v.department_id,
                   q.skill_id, q.level_id,
                   judged.state_order,
                   (ARRAY['free', 'valid', 'expiring', 'ended', 'missing'])[
                       judged.state_order
                   ] AS state,
                   held.expires_on,
                   held.expires_on - local.today AS days_left
              FROM iso10003_role_holder h
              JOIN iso10003_role r ON r.id = h.role_id
              LEFT JOIN iso10003_role_requirement q ON q.role_id = r.id
              LEFT JOIN hr_skill_level needed ON needed.id = q.level_id
              LEFT JOIN hr_employee e ON e.id = h.employee_id
              LEFT JOIN hr_version v ON v.id = e.current_version_id
              LEFT JOIN resource_resource t ON t.id = e.resource_id
              LEFT JOIN res_users u ON u.id = e.user_id
              LEFT JOIN res_partner p
                ON p.id = COALESCE(h.partner_id, u.partner_id, e.work_contact_id)
             CROSS JOIN LATERAL (
                   SELECT (%(now)s::timestamp AT TIME ZONE 'UTC'
                           AT TIME ZONE COALESCE(t.tz, p.tz, 'UTC'))::date AS today
                   ) local
              LEFT JOIN LATERAL (
                   SELECT bool_or(c.valid_to IS NULL OR c.valid_to >= local.today)
                              AS holds,
                          CASE WHEN bool_or(c.valid_to IS NULL) THEN NULL
                               ELSE MAX(c.valid_to) END AS expires_on
                     FROM (SELECT s.skill_level_id, s.valid_from, s.valid_to
                             FROM hr_employee_skill s
                            WHERE s.employee_id = e.id AND s.skill_id = q.skill_id
                            UNION ALL
                           SELECT o.skill_level_id, o.valid_from, o.valid_to
                             FROM iso10003_contact_certification o
                            WHERE o.partner_id = p.id AND o.skill_id = q.skill_id
                          ) c
                     JOIN hr_skill_level l ON l.id = c.skill_level_id
                    WHERE l.level_progress >= needed.level_progress
                      AND c.valid_from <= local.today
                   ) held ON TRUE
             CROSS JOIN LATERAL (
                   SELECT CASE
                          WHEN q.id IS NULL THEN 1
                          WHEN held.holds IS NULL THEN 5
                          WHEN NOT held.holds THEN 4
                          WHEN held.expires_on - local.today <= %(expiring)s THEN 3
                          ELSE 2 END AS state_order
                   ) judged
             WHERE h.date_from <= local.today
               AND (h.date_to IS NULL OR h.date_to >= local.today)
               AND CASE WHEN e.id IS NULL THEN p.active ELSE e.active END
            """,
            now=fields.Datetime.to_string(fields.Datetime.now()),
            expiring=EXPIRING_DAYS,
        )

    def action_open_person(self):
        """Open the person: the employee for HR, the public page for others."""
        self.ensure_one()
        if self.partner_id:
            return self.partner_id.get_formview_action()
        return self.employee_id.get_formview_action()
