# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL


class FindingReport(models.Model):
    """Findings on dispute resolution, counted by clause, age and owner."""

    _name = "iso10003.finding.report"
    _description = "Findings, counted"
    _auto = False
    _rec_name = "nonconformity_id"
    _order = "date desc, id desc"

    nonconformity_id = fields.Many2one("mgmtsystem.nonconformity", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    clause_id = fields.Many2one("iso10003.clause", readonly=True)
    requirement_id = fields.Many2one(
        "iso10003.requirement", "Audit question", readonly=True
    )
    date = fields.Datetime("Found on", readonly=True)
    user_id = fields.Many2one("res.users", "Responsible", readonly=True)
    source = fields.Selection(
        [
            ("audit", "Audit"),
            ("assessment", "Assessment"),
            ("limit", "Limit of a file"),
        ],
        "Found by",
        readonly=True,
    )
    state = fields.Selection([("open", "Open"), ("closed", "Closed")], readonly=True)
    age = fields.Integer("Age (days)", readonly=True, aggregator="avg")
    age_band = fields.Selection(
        [
            ("30", "Up to 30 days"),
            ("90", "31 to 90 days"),
            ("180", "91 to 180 days"),
            ("more", "More than 180 days"),
        ],
        "Age",
        readonly=True,
    )
    action_count = fields.Integer("Actions", readonly=True)
    overdue_count = fields.Integer("Overdue actions", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT n.id,
                   n.id AS nonconformity_id,
                   n.company_id,
                   n.clause_id,
                   n.requirement_id,
                   n.create_date AS date,
                   n.responsible_user_id AS user_id,
                   CASE WHEN n.res_model IN %(kinds)s THEN 'limit' WHEN EXISTS (
                       SELECT 1 FROM mgmtsystem_verification_line v
                        WHERE v.nonconformity_id = n.id
                   ) THEN 'audit' ELSE 'assessment' END AS source,
                   CASE WHEN n.state IN ('done', 'cancel')
                        THEN 'closed' ELSE 'open' END AS state,
                   t.age,
                   CASE WHEN t.age <= 30 THEN '30' WHEN t.age <= 90 THEN '90'
                        WHEN t.age <= 180 THEN '180' ELSE 'more' END AS age_band,
                   a.action_count,
                   a.overdue_count
              FROM mgmtsystem_nonconformity n
        CROSS JOIN LATERAL (
                SELECT EXTRACT(DAY FROM
                           COALESCE(n.closing_date, now() AT TIME ZONE 'utc')
                           - n.create_date
                       )::integer AS age
              ) t
        CROSS JOIN LATERAL (
                SELECT COUNT(*)::integer AS action_count,
                       (COUNT(*) FILTER (
                           WHERE m.date_deadline < %(today)s
                             AND NOT COALESCE(s.is_ending, false)
                       ))::integer AS overdue_count
                  FROM mgmtsystem_nonconformity_action_rel r
                  JOIN mgmtsystem_action m ON m.id = r.action_id
             LEFT JOIN mgmtsystem_action_stage s ON s.id = m.stage_id
                 WHERE r.nonconformity_id = n.id
              ) a
             WHERE n.requirement_id IS NOT NULL OR n.res_model IN %(kinds)s
            """,
            today=fields.Date.context_today(self),
            kinds=tuple(self.env["iso10003.file"]._get_kinds()),
        )
