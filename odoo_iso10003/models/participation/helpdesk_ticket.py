# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, models

from ...core.ladder import Ladder
from .invitation import TASK

# somebody is asked once, on the day
LADDER = Ladder((0,))


class HelpdeskTicket(models.Model):
    """A complaint that is deadlocked, or whose time ran out, is offered a way outside.

    Who leads its dispute gets a task to invite, or who handles the complaint where
    there is no dispute yet, once (7.2; ISO 10002, 7.9).
    """

    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket", "iso10003.reminded"]

    @api.model
    def _get_ladders(self):
        return {**super()._get_ladders(), "invite": LADDER}

    @api.model
    def _moves_reminders(self, vals):
        return not vals.keys().isdisjoint(
            {"name", "complaint_date", "stage_id", "active", "company_id", "team_id"}
        )

    def _get_reminder_days(self):
        return self._find_reminder_days()[self]

    def _find_reminder_days(self):
        # who is asked to invite, the complaint and its disputes decide
        tickets, days = self.sudo(), {}
        disputed = tickets._find_disputes().grouped("ticket_id")
        answer_days = tickets._read_answer_days()
        for ticket in tickets:
            disputes = disputed.get(ticket, tickets.all_dispute_ids.browse())
            waits = ticket.active and not ticket.closed and ticket.complaint_date
            if not waits or any(not one._awaits_invitation() for one in disputes):
                days[ticket] = {"invite": False}
                continue
            allowed = answer_days.get(ticket.company_id)
            ends = [one._find_day_of_deadlock() for one in disputes]
            if allowed is not None:
                ends.append(ticket.complaint_date + timedelta(days=allowed))
            days[ticket] = {"invite": min(filter(None, ends), default=False)}
        # the same tickets as above, which were read with all rights
        return {ticket: days[ticket.sudo()] for ticket in self}

    def _read_answer_days(self):
        """Return ``{company: how long we have to answer a complaint}``."""
        # how long we have is told to every complainant
        policies, found = self.env["iso10003.policy"].sudo(), {}
        for company in self.company_id:
            domain = policies._get_in_force_domain(company, company._get_company_day())
            if policy := policies.search(domain, limit=1):
                found[company] = policy.answer_days
        return found

    def _get_leader(self):
        """Return who handles the complaint, or who manages disputes."""
        handler = self.user_id.filtered("active")
        return handler or self.company_id._get_any_manager()

    def _remind(self, ladder, due):
        """Give the task to who leads the dispute, or who handles the complaint."""
        people = {}
        for (ticket, reminder), day in due.items():
            dispute = ticket._find_open_disputes()[:1]
            case = dispute or ticket
            people[ticket, reminder] = leader = case._get_leader()
            case.activity_unlink([TASK])
            if leader:
                case.with_context(mail_activity_quick_update=True).activity_schedule(
                    TASK,
                    date_deadline=ticket._get_company_day(),
                    user_id=leader.id,
                    summary=ticket.with_context(lang=leader.lang)._describe_reminder(
                        reminder, day
                    ),
                )
        return people

    def _describe_reminder(self, reminder, day):
        if self._find_open_disputes():
            return self.env._(
                "Our own handling did not settle it: invite the complainant to resolve "
                "it outside (7.2)"
            )
        return self.env._(
            "Complaint %(number)s is not settled in time: offer the complainant a way "
            "outside, with “Open dispute” (7.2)",
            number=self.number,
        )
