# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...core.ladder import Ladder
from ..dispute.dispute_checks import ASSESSED_MONTHS
from ..mixin.checks import Rule
from ..mixin.people_date import format_people_date
from .obligation import OURS

# before the last day, and once it is late each week until it is done
LADDERS = {"due": Ladder((10, 5, 2, 0)), "late": Ladder((-1,), 7)}


class ObligationReminding(models.Model):
    """Who is reminded of an obligation, and what it leads to that one is late.

    What we owe is a task of who leads the file from the day on which it is known
    when it is due; what is owed to us becomes one when it is late. Late by us is a
    nonconformity (7.6; ISO 9001:2015, 10.2).
    """

    _inherit = "iso10003.obligation"

    # ------------------------------------------------------------
    # Reminders
    # ------------------------------------------------------------

    @api.model
    def _get_ladders(self):
        return LADDERS

    def _get_reminder_days(self):
        waits = self.state == "due" and not self.part_ids and self._is_alive()
        return {
            "due": waits and self._is_ours() and self.due_date,
            "late": waits and self._find_last_day(),
        }

    def _get_tasks_on(self):
        return self._get_case()

    def _is_alive(self):
        """Return whether its file is open, or closed while this one is watched."""
        alive = self.sudo()._get_case()._takes_performances()
        return alive or self._outlives_file()

    @api.model
    def _moves_reminders(self, vals):
        return False  # what follows from it does: ``_follow_course``

    def _filter_told_of(self, user):
        """Who reads the file is told of what is owed in it."""
        return self.filtered(
            lambda one: one.with_user(user).sudo(False).has_access("read")
        )

    def _remind(self, ladder, due):
        """Give the tasks anew, and let follow that something is late."""
        obligations = self.browse(one.id for one, _reminder in due)
        if ladder == "late":
            for one in obligations:
                one._open_file_again()
            obligations._note_late()
            obligations._fall_due()
        obligations._follow_tasks()
        return {(one, reminder): one._get_leader() for one, reminder in due}

    def _describe_reminder(self, reminder, day):
        return self._tell_task()

    def _tell_task(self):
        """Return what is to be done about it, in the language of the environment."""
        if self._is_ours():
            return self.env._("Carry out: %(what)s", what=self.name)
        return self.env._("Late, ask for it: %(what)s", what=self.name)

    # ------------------------------------------------------------
    # The task on the file
    # ------------------------------------------------------------

    def _follow_tasks(self):
        """Let each that is to be seen to be one task of who leads its file.

        A task that is there already stays, and follows who leads and by when.
        """
        # who notes what is owed may not write the tasks of who leads the file
        quietly = {"mail_activity_quick_update": True}
        activities = self.env["mail.activity"].with_context(**quietly).sudo()
        there = activities.browse(filter(None, self.sudo().mapped("task"))).exists()
        tasks = {task.id: task for task in there}
        missing = self.sudo().browse()
        for one in self.sudo():
            task = tasks.get(one.task)
            if not one._wants_task():
                one._take_task_back(task)
            elif task:
                one._move_task(task)
            else:
                missing |= one
        given = activities.create([one._prepare_task() for one in missing])
        for one, task in zip(missing, given, strict=True):
            one._guarded_write({"task": task.id})

    def _take_task_back(self, task):
        if task:
            task.unlink()
        if self.task:
            self._guarded_write({"task": 0})

    def _wants_task(self):
        if self.state != "due" or self.part_ids or not self._is_alive():
            return False
        return self._is_ours() or self._is_late()

    def _move_task(self, task):
        wanted = self._prepare_task()
        if any(
            task._fields[name].convert_to_write(task[name], task) != value
            for name, value in wanted.items()
        ):
            task.write(wanted)

    def _prepare_task(self):
        case = self._get_case()
        owner = self._get_leader()
        return {
            "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
            "res_model_id": self.env["ir.model"]._get_id(case._name),
            "res_id": case.id,
            "automated": True,
            "date_deadline": self.due_date,
            "summary": self.with_context(lang=owner.lang)._tell_task(),
            "user_id": owner.id,
        }

    # ------------------------------------------------------------
    # Late
    # ------------------------------------------------------------

    def _note_late(self):
        """Being late ourselves is a nonconformity of the file, once."""
        # it becomes one, whoever notes what was done, or nobody
        late = self.sudo().filtered(
            lambda one: (
                one._is_ours()
                and not one.nonconformity_id
                and not (one.from_before and one.done_date)
                and one._is_late()
            )
        )
        raised = late.env["mgmtsystem.nonconformity"].create(
            [one._prepare_late() for one in late]
        )
        for one, found in zip(late, raised, strict=True):
            one._guarded_write({"nonconformity_id": found.id})

    def _prepare_late(self):
        case, leader = self._get_case(), self._get_leader()
        company = case.company_id
        told = self.with_context(lang=leader.lang)
        return {
            "name": told.env._(
                "%(file)s: late, %(what)s", file=case.name, what=self.name
            ),
            "description": told.env._(
                "It was due on %(day)s (ISO 10003, 7.6): %(what)s",
                day=format_people_date(told.env, self.due_date),
                what=self.name,
            ),
            "partner_id": company.partner_id.id,
            "responsible_user_id": leader.id,
            "manager_user_id": (company.dispute_manager_id or leader).id,
            "company_id": company.id,
            "reference": case.name,
            "res_model": case._name,
            "res_id": case.id,
        }

    def _open_file_again(self):
        """A watched one that was missed opens its file again (7.7)."""
        case = self.sudo()._get_case().sudo()  # by itself, and by nobody
        if self.watched and not case._takes_performances():
            case._reopen_for(self)

    # ------------------------------------------------------------
    # What an assessment asks
    # ------------------------------------------------------------

    @api.model
    def _find_late_ids(self):
        since = fields.Date.today() - relativedelta(months=ASSESSED_MONTHS)
        owed = self.search(
            [
                ("owed_by", "=", OURS),
                ("part_ids", "=", False),
                ("due_date", ">=", since),
            ]
        )
        return owed.filtered("late").ids

    def _audit_lateness_noted(self, company):
        """80: did each obligation that we met late become a nonconformity?"""
        late = Domain("id", "in", self._find_late_ids())
        return Rule(
            late & Domain("from_before", "=", False),
            Domain("nonconformity_id", "=", False),
            left_out=late & Domain("from_before", "=", True),
        )
