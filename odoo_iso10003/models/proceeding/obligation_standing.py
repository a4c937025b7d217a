# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timedelta

from odoo import api, models
from odoo.fields import Domain

from ...core.story import Fact
from ...core.working_time import day_of
from ..mixin.people_amount import format_people_amount
from .obligation import VOID


class ObligationStanding(models.Model):
    """When an obligation is due, what was done of it, and how it stands by that."""

    _inherit = "iso10003.obligation"

    @api.depends(
        "day",
        "after_id.done_date",
        "after_event",
        "after_days",
        "fell_due_date",
    )
    def _compute_due_date(self):
        for one in self:
            days = filter(None, [one._find_agreed_day(), one.fell_due_date])
            one.due_date = min(days, default=False)

    def _find_agreed_day(self):
        """Return the day on which it is due, where that is known by now."""
        after = self.after_id.done_date
        if self.after_event and self.file_id:
            # that something has happened is no secret to what hangs on it
            after = self.sudo()._get_case()._event_date(self.after_event)
            if isinstance(after, datetime):
                after = day_of(after, self._get_reminder_zone())
        return self.day or (after and after + timedelta(days=self.after_days))

    def _count_due_anew(self):
        """Count when it is due where something has happened to the file."""
        self.env.add_to_compute(self._fields["due_date"], self)
        self.modified(["due_date"])
        self._follow_course()

    @api.depends(
        "amount",
        "currency_id",
        "performance_ids.counts",
        "performance_ids.counted",
        "performance_ids.in_full",
        "part_ids.performed",
        "part_ids.done_date",
        "part_ids.ruling",
        "former_ids.performed",
        "former_ids.done_date",
        "former_ids.currency_id",
    )
    def _compute_performed(self):
        for one in self:
            counting = one.performance_ids.filtered("counts")
            own = sum(counting.mapped("counted"))
            one.performed = (
                own + sum(one.part_ids.mapped("performed")) + one._get_carried_over()
            )
            one.done_date = one._find_done_date(counting)

    def _find_done_date(self, counting):
        """Return the day on which all of it was done, or nothing."""
        parts = self.part_ids.filtered(lambda part: part.ruling not in VOID)
        if parts and all(part.done_date for part in parts):
            return max(parts.mapped("done_date"))
        money, left = self.currency_id, self.amount
        left -= sum(parts.mapped("performed"))
        if carried := self._get_carried_over():
            left -= carried
            if money.compare_amounts(left, 0) <= 0:
                return max(self._find_carried_over().mapped("date"))
        for one in counting.sorted(lambda done: (done.date, done.id)):
            left -= one.counted
            if not self.amount or one.in_full or money.compare_amounts(left, 0) <= 0:
                return one.date
        return False

    def _get_carried_over(self):
        """Return what was performed already of what it takes the place of.

        Of another currency nothing is carried over: nobody said at which rate.
        """
        return sum(self._get_formers().mapped("performed"))

    def _get_formers(self):
        return self.former_ids.filtered(lambda one: one.currency_id == self.currency_id)

    def _find_carried_over(self):
        """Return the performances that count although it was owed otherwise then."""
        formers = self._get_formers()
        return (formers | formers.part_ids).performance_ids.filtered("counts") | (
            formers._find_carried_over() if formers else formers.performance_ids
        )

    @api.depends("ruling", "done_date", "due_date", "part_ids.due_date")
    def _compute_state(self):
        for one in self:
            known = one.due_date or any(one.part_ids.mapped("due_date"))
            stands = "performed" if one.done_date else "due" if known else "waiting"
            one.state = one.ruling or stands

    def _list_facts(self):
        """Return that it is due; what was done of it, its performances tell."""
        ahead = self.state in ("due", "suspended", "contested")
        if not ahead:
            return []
        who = self.owed_by_id.name or self._selection_label("owed_by")
        return [Fact(self.due_date, self._tell_owed(), who, ahead)]

    def _tell_owed(self):
        """Return what is owed, with its sum."""
        if not self.amount:
            return self.name
        amount = format_people_amount(self.env, self.amount, self.currency_id)
        return f"{self.name}: {amount}"

    def _find_last_day(self):
        """Return the last day on which it is in time, grace included."""
        grace = self.grace_days or self.plan_id.grace_days
        return self.due_date and self.due_date + timedelta(days=grace)

    @api.depends("state", "due_date", "done_date", "grace_days", "plan_id.grace_days")
    def _compute_late(self):
        for one in self:
            one.late = one._is_late()

    def _is_late(self):
        """Return whether it was done late, or is late by now."""
        last = self._find_last_day()
        if not last or self.ruling in (*VOID, "suspended"):
            return False
        return (self.done_date or self._get_today()) > last

    def _search_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        with_day = self.search([("due_date", "!=", False)])
        found = Domain("id", "in", with_day.filtered("late").ids)
        return found if True in value else ~found

    @api.depends("performance_ids.counted", "performance_ids.counts", "amount", "state")
    @api.depends_context("lang")
    def _compute_remarks(self):
        for one in self:
            one.remarks = "\n".join(one._list_remarks())

    def _list_remarks(self):
        """Return what is odd about it, in the reader's words."""
        told = []
        above = self.performed - self.amount
        if self.amount and self.currency_id.compare_amounts(above, 0) > 0:
            told.append(
                self.env._(
                    "%(amount)s more was performed than is owed.",
                    amount=format_people_amount(self.env, above, self.currency_id),
                )
            )
        if carried := self._get_carried_over():
            told.append(
                self.env._(
                    "%(amount)s was performed already, under what it takes the place "
                    "of.",
                    amount=format_people_amount(self.env, carried, self.currency_id),
                )
            )
        if self.state == "waiting" and not (self.after_id or self.after_event):
            told.append(self.env._("Nobody knows when it is due: give the day."))
        if self.late and self.done_date:
            told.append(self.env._("It was done late."))
        if self.performance_ids.filtered(lambda done: done.counts and not done.proven):
            told.append(self.env._("Something of it is not proven."))
        return told
