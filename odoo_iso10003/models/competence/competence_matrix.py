# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL

from .competence import STATES
from .role import ROLES


class CompetenceMatrix(models.Model):
    """People against roles: what is valid, expiring and missing, at one look.

    One row a person, one column a role; a cell shows the worst of what the role
    needs, and is empty where the person does not fill the role.
    """

    _name = "iso10003.competence.matrix"
    _description = "Competence matrix"
    _auto = False
    _order = "worst desc, person_name, id"
    _rec_name = "person_name"
    _depends = {"iso10003.competence": ["state"]}

    company_id = fields.Many2one("res.company", readonly=True)
    employee_id = fields.Many2one("hr.employee", readonly=True)
    partner_id = fields.Many2one("res.partner", "Contact from outside", readonly=True)
    person_name = fields.Char("Person", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    worst = fields.Integer(readonly=True, aggregator=None)
    next_end = fields.Date(
        "Next end",
        readonly=True,
        help="The first last day of a certification that is still valid.",
    )
    handler = fields.Selection(STATES, readonly=True)
    evaluator = fields.Selection(STATES, readonly=True)
    approver = fields.Selection(STATES, readonly=True)
    representative = fields.Selection(STATES, readonly=True)
    counsel = fields.Selection(STATES, readonly=True)
    owner = fields.Selection(STATES, "Implementation owner", readonly=True)
    manager = fields.Selection(STATES, readonly=True)
    sponsor = fields.Selection(STATES, readonly=True)
    auditor = fields.Selection(STATES, readonly=True)

    @property
    def _table_query(self):
        columns = [
            SQL(
                """(ARRAY['free', 'valid', 'expiring', 'ended', 'missing'])[
                       MAX(state_order) FILTER (WHERE role_code = %s)] AS %s""",
                code,
                SQL.identifier(code),
            )
            for code, _label in ROLES
        ]
        return SQL(
            """
            SELECT MIN(holder_id) AS id, company_id, employee_id, partner_id,
                   MIN(person_name) AS person_name,
                   MIN(department_id) AS department_id,
                   MAX(state_order) AS worst,
                   MIN(expires_on) FILTER (WHERE days_left >= 0) AS next_end,
                   %s
              FROM (%s) AS competence
             GROUP BY company_id, employee_id, partner_id
            """,
            SQL(", ").join(columns),
            self.env["iso10003.competence"]._get_sql(),
        )

    def action_open_rows(self):
        """Show what the person needs, certification by certification."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.competence_action"
        )
        return {
            **action,
            "domain": [
                ("employee_id", "=", self.employee_id.id),
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
            ],
            "context": {},
        }
