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
        """25: was each training that is due for it looked at for its effect?

        An effect that was chosen, and never evaluated, was not.
        """
        return Rule(
            Domain("evaluation_due", "<=", fields.Date.context_today(self)),
            Domain("effectiveness", "=", False) | Domain("evaluation_date", "=", False),
        )

    def _audit_handlers_trained(self, company):
        """100: can training be shown for all who handled files within the year?

        Owners, evaluators, who moved files, and counsel of their referrals: each
        passed a course that still counts, or holds today what the own role asks for.
        """
        parts = self._find_parts(company)
        people = self.env["res.users"].browse(sorted({user for user, _ in parts}))
        passed = self._find_passed(people, company)
        lacking = {
            user
            for code, users in self._group_parts(parts).items()
            for user in (
                users - passed - self._find_certified(users, code, company)
            ).ids
        }
        untrained = people.filtered(lambda user: user.id in lacking)
        return Answer(len(people), untrained, holding=people - untrained)

    def _group_parts(self, parts):
        """Return ``{role: users}`` of ``{(user, role)}``."""
        users = self.env["res.users"]
        codes = sorted({code for _user, code in parts})
        return {
            code: users.browse(sorted(user for user, part in parts if part == code))
            for code in codes
        }

    def _find_parts(self, company):
        """Return ``{(user, role)}`` of who took which part in files of the year.

        Files that are open, or were closed within the year. The register knows those
        who moved files and handed them over since.
        """
        rows = self.env.execute_query(
            SQL(
                """WITH pairs AS MATERIALIZED (  -- few, of however many files
                       SELECT user_id, evaluator_id FROM iso10003_dispute
                        WHERE company_id = %(company)s
                          AND (closed_date IS NULL OR closed_date >= %(since)s)
                     GROUP BY user_id, evaluator_id
                   )
                   SELECT user_id, 'handler' FROM pairs WHERE user_id IS NOT NULL
                    UNION
                   SELECT evaluator_id, 'evaluator' FROM pairs
                    WHERE evaluator_id IS NOT NULL
                    UNION
                   SELECT DISTINCT counsel_id, 'counsel' FROM iso10003_referral
                    WHERE counsel_id IS NOT NULL AND company_id = %(company)s
                      AND (state <> 'closed' OR state_date >= %(since)s)
                    UNION
                   SELECT u.id, 'handler'
                     FROM res_users u
                    WHERE u.id <> %(system)s AND NOT u.share
                      AND EXISTS (  -- one look into the index a user
                          SELECT FROM (
                              SELECT r.actor, r.company_id, r.at
                                FROM iso10003_register r
                               WHERE (r.actor, r.company_id, r.at)
                                     <= (u.id, %(company)s, 'infinity')
                                 AND r.event = 'transition'
                                 AND r.dispute_id IS NOT NULL
                            ORDER BY r.actor DESC, r.company_id DESC, r.at DESC
                               LIMIT 1
                          ) last
                           WHERE last.actor = u.id AND last.company_id = %(company)s
                             AND last.at >= %(since)s)""",
                company=company.id,
                since=fields.Datetime.now() - relativedelta(months=ASSESSED_MONTHS),
                system=SUPERUSER_ID,
            )
        )
        return set(rows)

    def _find_certified(self, users, code, company):
        """Return those of ``users`` who hold today what a role asks for."""
        role = self.env["iso10003.role"].search(
            [("company_id", "=", company.id), ("code", "=", code)]
        )
        if not role.requirement_ids:
            return users.browse()  # nothing is asked, so nothing can be shown
        return users - users.browse(user.id for user in role._find_gaps(users))

    def _find_passed(self, users, company):
        """Return those of ``users`` who passed a course that still counts."""
        contacts = users.partner_id
        seats = self.with_context(active_test=False).search(
            Domain("company_id", "=", company.id)
            & Domain("training_id.state", "=", "held")
            & Domain("state", "=", "attended")
            & Domain("result", "=", "passed")
            & (
                Domain("valid_to", "=", False)
                | Domain("valid_to", ">=", fields.Date.context_today(self))
            )
            & (
                Domain("employee_id.user_id", "in", users.ids)
                | Domain("partner_id", "in", contacts.ids)
            )
        )
        known = seats.partner_id
        return seats.employee_id.user_id & users | users.filtered(
            lambda user: user.partner_id in known
        )
