# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import SUPERUSER_ID, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..mixin.checks import Answer, Rule

# who handled only files closed longer ago is not asked for
ASSESSED_MONTHS = 12


class TrainingChecks(models.Model):
    """What assessments ask of trainings (4.10; ISO 9001:2015, 7.2)."""

    _inherit = "iso10003.training.attendance"

    def _audit_effect_evaluated(self, company):
        """25: was each training that is due for it looked at for its effect?"""
        return Rule(
            Domain("evaluation_due", "<=", fields.Date.context_today(self)),
            Domain("effectiveness", "=", False),
        )

    def _audit_handlers_trained(self, company):
        """100: did all who led or moved a file within the year attend a training?

        What was learned elsewhere is on record as a certification.
        """
        handlers = self._find_handlers(company)
        return Answer(len(handlers), handlers - self._find_trained(handlers, company))

    def _find_handlers(self, company):
        """Return who owns a file, open or closed within the year, or moved one then.

        The register knows those who moved files and handed them over since.
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT u.id
                     FROM res_users u
                    WHERE EXISTS (
                          SELECT FROM iso10003_dispute d
                           WHERE d.user_id = u.id AND d.company_id = %(company)s
                             AND (d.closed_date IS NULL OR d.closed_date >= %(since)s))
                    UNION
                   SELECT u.id
                     FROM res_users u
                    WHERE u.id <> %(system)s AND NOT u.share
                      AND (SELECT MAX(r.at)  -- one look into the index a user
                             FROM iso10003_register r
                            WHERE r.actor = u.id AND r.company_id = %(company)s
                              AND r.event = 'transition' AND r.dispute_id IS NOT NULL
                          ) >= %(since)s
                 ORDER BY id""",
                company=company.id,
                since=fields.Datetime.now() - relativedelta(months=ASSESSED_MONTHS),
                system=SUPERUSER_ID,
            )
        )
        return self.env["res.users"].browse(user for (user,) in rows)

    def _find_trained(self, users, company):
        """Return those of ``users`` of whom a record of training can be shown."""
        contacts = users.partner_id
        people = Domain("employee_id.user_id", "in", users.ids)
        records = self.env["hr.employee.skill"].with_context(active_test=False)
        certified = records.search(
            people & Domain("skill_type_id.is_certification", "=", True)
        ).employee_id.user_id
        outside = self.env["iso10003.contact.certification"].search(
            [("partner_id", "in", contacts.ids)]
        )
        seats = self.with_context(active_test=False).search(
            Domain("company_id", "=", company.id)
            & Domain("training_id.state", "=", "held")
            & Domain("state", "=", "attended")
            & (people | Domain("partner_id", "in", contacts.ids))
        )
        known = outside.partner_id | seats.partner_id
        trained = certified | seats.employee_id.user_id
        return trained | users.filtered(lambda user: user.partner_id in known)
