# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..mixin.checks import Answer
from ..mixin.people_date import format_people_number

# so many files are named as proof
PROOF = 5
# audits of so many months are judged
JUDGED_MONTHS = 36


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

    def _find_partiality(self, person, at=None):
        """Return, in words, what ties a person to what is audited; or nothing.

        :param at: the instant that is judged by; now when not given
        """
        if person in self.auditee_user_ids:
            return self.env._("the person is audited in it.")
        company = self.company_id or self.env.company
        return self._find_ties(person, company, at)

    @api.model
    def _find_ties(self, person, company, at=None):
        # whose files they are counts, whoever chooses the auditors
        disputes = self.env["iso10003.dispute"].sudo()
        files = disputes.search(
            self._get_own_files_domain(person, company) & self._opened_by(at)
        )
        files = self._drop_given_later(files, person, at)
        files |= self._get_files_worked_on(person, company, at)
        if files:
            return self._describe_files(files)
        teams = self._get_own_teams(person, company, at)
        if teams:
            return self.env._(
                "the person belongs to “%(teams)s”, whose files are audited.",
                teams=", ".join(teams.mapped("name")),
            )
        if department := self._get_own_department(person, company, at):
            return self.env._(
                "files of the person's own department, “%(department)s”, are audited.",
                department=department.name,
            )
        if policy := self._get_own_policy(person, company, at):
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

    @api.model
    def _opened_by(self, at):
        return Domain("opened_date", "<=", at) if at else Domain.TRUE

    @api.model
    def _drop_given_later(self, files, person, at):
        """Leave out files that were given to a person after an instant only."""
        if not at or not files:
            return files
        hands = files._read_hands()
        return files.filtered(
            lambda file: any(
                person.id in found
                and (found[person.id] is None or found[person.id] <= at)
                for found in (
                    file._find_changed(hands[file], "user_id"),
                    file._find_changed(hands[file], "evaluator_id"),
                    file._find_complaint(hands[file]),
                )
            )
        )

    def _get_files_worked_on(self, person, company, at=None):
        """Return files in whose register the person left a trace."""
        # which files they are counts, whoever may read them; only numbers are told
        register = self.env["iso10003.register"].sudo()
        worked = register._read_group(
            [
                ("actor", "=", person.id),
                ("company_id", "=", company.id),
                ("dispute_id", "!=", False),
                *([("at", "<=", at)] if at else []),
            ],
            ["dispute_id"],
            limit=PROOF + 1,
        )
        files = [file.id for (file,) in worked]
        # the numbers of these files are what the refusal tells
        return self.env["iso10003.dispute"].sudo().browse(files)

    def _get_own_teams(self, person, company, at=None):
        """Return the person's teams that handle disputes: their department."""
        # whose teams they are counts, whoever chooses the auditors
        teams = self.env["helpdesk.ticket.team"].sudo()
        mine = teams.search(
            [("user_ids", "=", person.id), ("company_id", "in", [company.id, False])]
        )
        # whether a team handles any file is asked, and no file is shown
        disputes = self.env["iso10003.dispute"].sudo()
        handled = disputes._read_group(
            Domain("team_id", "in", mine.ids)
            & Domain("company_id", "=", company.id)
            & self._opened_by(at),
            ["team_id"],
        )
        return teams.union(*(team for (team,) in handled)) if handled else teams

    def _get_own_department(self, person, company, at=None):
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
            & self._opened_by(at)
            & (
                Domain("user_id", "in", colleagues.ids)
                | Domain("evaluator_id", "in", colleagues.ids)
            ),
            limit=1,
        )
        return department if department and handled else department.browse()

    def _get_own_policy(self, person, company, at=None):
        # who wrote the policy counts, whoever chooses the auditors
        policies = self.env["iso10003.policy"].sudo()
        return policies.search(
            Domain("company_id", "=", company.id)
            & (
                Domain("state", "in", ["in_force", "superseded"])
                & Domain("valid_from", "<=", at.date())
                & (Domain("valid_to", "=", False) | Domain("valid_to", ">=", at.date()))
                if at
                else Domain("state", "=", "in_force")
            )
            & (
                Domain("author_id", "=", person.id)
                | Domain("approver_id", "=", person.id)
            ),
            limit=1,
        )

    # ------------------------------------------------------------
    # What an assessment asks
    # ------------------------------------------------------------

    def _audit_auditors_independent(self, company):
        """104: had no auditor of the last three years a tie to what was audited?

        By the door's own rule, at the end of each audit: who got a file afterwards
        was independent then. One that is not closed is judged by today.
        """
        since = fields.Date.context_today(self) - relativedelta(months=JUDGED_MONTHS)
        audits = self.search(
            [("dispute_audit", "=", True), ("company_id", "=", company.id)],
            order="id",
        ).filtered(lambda audit: audit._get_judged_day() > since)
        ties = {}
        for audit in audits:
            at = audit._get_judged_at()
            for person in audit.user_id | audit.auditor_user_ids:
                if (person, at) not in ties:
                    ties[person, at] = self._find_ties(person, company, at)
        tied = audits.filtered(
            lambda audit: any(
                person in audit.auditee_user_ids or ties[person, audit._get_judged_at()]
                for person in audit.user_id | audit.auditor_user_ids
            )
        )
        return Answer(len(audits), tied, holding=audits - tied)

    def _get_judged_day(self):
        held = self._get_held_day() if self.state == "done" else False
        return held or (self.date or self.create_date).date()

    def _get_judged_at(self):
        """Return the instant up to which hands count: the closing, or now."""
        return self.closing_date if self.state == "done" else None
