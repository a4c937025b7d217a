# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..mixin.checks import Answer
from ..mixin.people_date import format_people_number

# so many files are named as proof
PROOF = 5


class MgmtsystemAuditIndependence(models.Model):
    """No one audits own files, own department or own work (ISO 9001:2015, 9.2.2)."""

    _inherit = "mgmtsystem.audit"

    @api.constrains(
        "auditor_user_ids", "user_id", "auditee_user_ids", "dispute_audit", "company_id"
    )
    def _check_independence(self):
        for audit in self.filtered("dispute_audit"):
            for auditor in audit.user_id | audit.auditor_user_ids:
                self.env["iso10003.role"]._check_competent(
                    "auditor", auditor, record=audit
                )
                if proof := audit._find_partiality(auditor):
                    raise ValidationError(
                        self.env._(
                            "%(auditor)s cannot audit “%(audit)s”: %(proof)s Choose "
                            "somebody who has no part in what is audited.",
                            auditor=auditor.name,
                            audit=audit.name or audit.reference,
                            proof=proof,
                        )
                    )

    def _list_open_ends(self):
        """Ask again: who got a hand in what is audited since does not close it."""
        return super()._list_open_ends() + [
            f"{auditor.name}: {proof}"
            for auditor in self.user_id | self.auditor_user_ids
            if (proof := self._find_partiality(auditor))
        ]

    def _find_partiality(self, person):
        """Return, in words, what ties a person to what is audited; or nothing."""
        if person in self.auditee_user_ids:
            return self.env._("the person is audited in it.")
        company = self.company_id or self.env.company
        # whose files they are counts, whoever chooses the auditors
        disputes = self.env["iso10003.dispute"].sudo()
        files = disputes.search(self._get_own_files_domain(person, company))
        files |= self._get_files_worked_on(person, company)
        if files:
            return self._describe_files(files)
        teams = self._get_own_teams(person, company)
        if teams:
            return self.env._(
                "the person belongs to “%(teams)s”, whose files are audited.",
                teams=", ".join(teams.mapped("name")),
            )
        if department := self._get_own_department(person, company):
            return self.env._(
                "files of the person's own department, “%(department)s”, are audited.",
                department=department.name,
            )
        if policy := self._get_own_policy(person, company):
            return self.env._(
                "the person wrote or approved “%(policy)s”.",
                policy=policy.display_name,
            )
        return ""

    def _describe_files(self, files):
        names = ", ".join(files[:PROOF].mapped("name"))
        if len(files) > PROOF:
            names = self.env._(
                "%(files)s and %(count)s more",
                files=names,
                count=format_people_number(self.env, len(files) - PROOF),
            )
        return self.env._("the person worked on %(files)s.", files=names)

    @api.model
    def _get_own_files_domain(self, person, company):
        """Return the files a person had a hand in."""
        hands = ("user_id", "evaluator_id", "complaint_handler_id", "ticket_id.user_id")
        return Domain("company_id", "=", company.id) & Domain.OR(
            Domain(hand, "=", person.id) for hand in hands
        )

    def _get_files_worked_on(self, person, company):
        """Return files in whose register the person left a trace."""
        # which files they are counts, whoever may read them; only numbers are told
        register = self.env["iso10003.register"].sudo()
        worked = register._read_group(
            [
                ("actor", "=", person.id),
                ("company_id", "=", company.id),
                ("dispute_id", "!=", False),
            ],
            ["dispute_id"],
            limit=PROOF + 1,
        )
        files = [file.id for (file,) in worked]
        # the numbers of these files are what the refusal tells
        return self.env["iso10003.dispute"].sudo().browse(files)

    def _get_own_teams(self, person, company):
        """Return the person's teams that handle disputes: their department."""
        # whose teams they are counts, whoever chooses the auditors
        teams = self.env["helpdesk.ticket.team"].sudo()
        mine = teams.search(
            [("user_ids", "=", person.id), ("company_id", "in", [company.id, False])]
        )
        # whether a team handles any file is asked, and no file is shown
        disputes = self.env["iso10003.dispute"].sudo()
        handled = disputes._read_group(
            [("team_id", "in", mine.ids), ("company_id", "=", company.id)], ["team_id"]
        )
        return teams.union(*(team for (team,) in handled)) if handled else teams

    def _get_own_department(self, person, company):
        """Return the person's department if somebody in it leads or judges files."""
        # who works where is looked up for the decision; a department's name is told
        employees = self.env["hr.employee"].sudo()
        department = employees.search(
            [("user_id", "=", person.id), ("company_id", "=", company.id)], limit=1
        ).department_id
        colleagues = employees.search(
            [("department_id", "=", department.id), ("user_id", "!=", False)]
        ).user_id
        # whether they handle any file is asked, and no file is shown
        disputes = self.env["iso10003.dispute"].sudo()
        handled = disputes.search_count(
            Domain("company_id", "=", company.id)
            & (
                Domain("user_id", "in", colleagues.ids)
                | Domain("evaluator_id", "in", colleagues.ids)
            ),
            limit=1,
        )
        return department if department and handled else department.browse()

    def _get_own_policy(self, person, company):
        # who wrote the policy counts, whoever chooses the auditors
        policies = self.env["iso10003.policy"].sudo()
        return policies.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "in_force"),
                "|",
                ("author_id", "=", person.id),
                ("approver_id", "=", person.id),
            ],
            limit=1,
        )

    # ------------------------------------------------------------
    # What an assessment asks
    # ------------------------------------------------------------

    def _audit_auditors_independent(self, company):
        """104: has any auditor of the last three years own files or an own team?"""
        self.env.flush_all()
        # the column names of OCA's table are swapped: user_id is the audit
        rows = self.env.execute_query(
            SQL(
                """
                WITH audits AS (
                    SELECT id, user_id FROM mgmtsystem_audit
                     WHERE dispute_audit AND company_id = %(company)s
                       AND COALESCE(date, create_date) > now() - interval '3 years'
                ), auditors AS (
                    SELECT id, user_id FROM audits WHERE user_id IS NOT NULL
                     UNION
                    SELECT rel.user_id, rel.mgmtsystem_audit_id
                      FROM mgmtsystem_auditor_user_rel rel
                      JOIN audits ON audits.id = rel.user_id
                )
                SELECT audits.id, EXISTS (
                    SELECT 1 FROM auditors a WHERE a.id = audits.id AND (
                        EXISTS (
                            SELECT 1 FROM iso10003_dispute d
                             WHERE d.company_id = %(company)s
                               AND a.user_id IN
                                   (d.user_id, d.evaluator_id, d.complaint_handler_id)
                        ) OR EXISTS (
                            SELECT 1 FROM helpdesk_ticket_team_res_users_rel t
                              JOIN iso10003_dispute d
                                ON d.team_id = t.helpdesk_ticket_team_id
                             WHERE t.res_users_id = a.user_id
                               AND d.company_id = %(company)s
                        )
                    )
                ) FROM audits ORDER BY audits.id
                """,
                company=company.id,
            )
        )
        return Answer(len(rows), self.browse(audit for audit, tied in rows if tied))
