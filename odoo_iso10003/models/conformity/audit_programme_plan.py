# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, time, timedelta

import pytz
from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .audit_programme import CYCLE_MONTHS

YEARS = CYCLE_MONTHS // 12


class AuditProgrammePlan(models.Model):
    """How a programme becomes audits."""

    _inherit = "iso10003.audit.programme"

    def action_fill_clauses(self):
        """Add the clauses of the set that are not there yet.

        Each year those that carry hard questions and those of the operation (7); the
        others once in the cycle.
        """
        for programme in self:
            programme._check_state("draft")
            questions = programme.set_id._get_questions(programme.company_id)
            every_year = questions.filtered(
                lambda question: (
                    question.hard or question.clause_id.number.partition(".")[0] == "7"
                )
            ).clause_id
            missing = questions.clause_id - programme.line_ids.clause_id
            programme.line_ids = [
                Command.create(
                    {
                        "clause_id": clause.id,
                        "interval": "12" if clause in every_year else "36",
                    }
                )
                for clause in missing.sorted("sequence")
            ]
        return True

    def action_fill_for_registrar(self):
        """Have all clauses audited once a year: before a registrar comes."""
        self.action_fill_clauses()
        self.line_ids.filtered(lambda line: line.interval != "12").interval = "12"
        return True

    def action_approve(self):
        """Approve the programme, as top management; who audits in it does not.

        :raises ValidationError: for one's own programme
        """
        self.check_access("read")
        if not self.env.user.has_group("odoo_iso10003.group_sponsor"):
            raise AccessError(self.env._("Top management approves audit programmes."))
        for programme in self:
            programme._check_state("draft")
            programme._check_has_clauses()
            auditors = programme.lead_id | programme.auditor_ids
            self.env["iso10003.segregated"]._refuse_own("approver_author", auditors)
            # top management writes nothing in a programme but its approval
            programme.sudo()._guarded_write(
                {"approved_by_id": self.env.uid, "approved_at": fields.Datetime.now()}
            )
            # as above: the row of their approval
            programme.sudo()._register_event(
                "programme_approved", {"clauses": len(programme.line_ids)}
            )
        return True

    def _check_has_clauses(self):
        if not self.line_ids:
            raise UserError(
                self.env._(
                    "“%(programme)s” has no clauses, so nothing would be audited. "
                    "Add them, or press “Add all clauses”.",
                    programme=self.name,
                )
            )

    def _check_approved(self):
        if not self.approved_at:
            raise UserError(
                self.env._(
                    "“%(programme)s” is not approved: somebody of the top management "
                    "who does not audit in it presses “Approve” first.",
                    programme=self.name,
                )
            )

    def action_start(self):
        """Start the programme: its audits are planned."""
        for programme in self:
            programme.check_access("write")
            programme._check_state("draft")
            programme._check_has_clauses()
            programme._check_approved()
            programme._guarded_write({"state": "running"})
            programme._plan_audits()
            programme._register_event(
                "programme_started",
                {
                    "clauses": len(programme.line_ids),
                    "intervals": {
                        f"{line.clause_id.standard} {line.clause_id.number}": (
                            line.interval
                        )
                        for line in programme.line_ids
                    },
                    "audits": len(programme.audit_ids),
                },
            )
        return True

    def action_end(self):
        for programme in self:
            programme._check_state("running")
            programme._guarded_write({"state": "ended"})
            programme._register_event("programme_ended")
        return True

    def action_view_audits(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.audit_action"
        )
        return {
            **action,
            "domain": [("programme_id", "=", self.id)],
            "context": {"default_programme_id": self.id},
        }

    def action_view_coverage(self):
        """Show the matrix of clauses and months: what is audited when."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.audit_action_coverage"
        )
        return {**action, "domain": [("programme_id", "=", self.id)]}

    def _check_state(self, state):
        self.ensure_one()
        if self.state != state:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "“%(programme)s” is %(state)s, not %(wanted)s.",
                    programme=self.name,
                    state=labels[self.state].lower(),
                    wanted=labels[state].lower(),
                )
            )

    def _plan_audits(self):
        """Make the audits of the cycle, the clauses dealt out to them."""
        self.ensure_one()
        # who plans gives audits to others, too, whose audits they then are
        return (
            self.env["mgmtsystem.audit"]
            .sudo()
            .create(
                [
                    self._prepare_audit_vals(number, day, clauses)
                    for number, (day, clauses) in enumerate(self._deal_out(), 1)
                ]
            )
        )

    def _deal_out(self):
        """Return ``[(day, clauses)]``: yearly clauses each year, others once."""
        count = YEARS * self.audits_per_year
        plan = [
            (self._get_audit_day(number), self.env["iso10003.clause"].browse())
            for number in range(count)
        ]
        yearly = self.line_ids.filtered(lambda line: line.interval == "12").clause_id
        once = self.line_ids.clause_id - yearly
        for place, clause in enumerate(yearly.sorted("sequence")):
            for year in range(YEARS):
                turn = year * self.audits_per_year + place % self.audits_per_year
                plan[turn] = (plan[turn][0], plan[turn][1] | clause)
        for place, clause in enumerate(once.sorted("sequence")):
            turn = place % count
            plan[turn] = (plan[turn][0], plan[turn][1] | clause)
        return [(day, clauses) for day, clauses in plan if clauses]

    def _get_audit_day(self, number):
        """Return the day of an audit: in the middle of its part of its year.

        What is audited each year comes on the same day again, never a day late.
        """
        year, place = divmod(number, self.audits_per_year)
        middle = 365 * (2 * place + 1) // (2 * self.audits_per_year)
        return self.date_from + timedelta(days=middle) + relativedelta(years=year)

    def _prepare_audit_vals(self, number, day, clauses):
        return {
            "name": self.env._(
                "%(programme)s, audit %(number)s",
                programme=self.name,
                number=number,
            ),
            "date": self._get_beginning(day),
            "programme_id": self.id,
            "dispute_audit": True,
            "company_id": self.company_id.id,
            "system_id": self._get_system().id,
            "method": self.method,
            "objective": self.objectives,
            "user_id": self.lead_id.id,
            "auditor_user_ids": [Command.set((self.lead_id | self.auditor_ids).ids)],
            "clause_ids": [Command.set(clauses.ids)],
        }

    def _get_beginning(self, day):
        """Return nine o'clock where the programme is made."""
        moment = self.env.tz.localize(datetime.combine(day, time(9)))
        return moment.astimezone(pytz.utc).replace(tzinfo=None)

    def _get_system(self):
        return (
            self.env.ref("mgmtsystem_quality.system_quality", raise_if_not_found=False)
            or self.env["mgmtsystem.system"]
        )
