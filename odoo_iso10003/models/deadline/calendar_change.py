# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import split_every

# limits that are counted anew together
BATCH = 1000
# what waits for the end of the transaction
WAITING = "iso10003.calendars_changed"


class CalendarChanged(models.Model):
    """A holiday that is announced, or other working days, move the limits that run.

    What was met or is over stays as it was. All that changes in one transaction is
    counted once, at its end: a calendar is written line by line.
    """

    _inherit = "iso10003.deadline"

    moved_date = fields.Datetime(
        "Moved on",
        readonly=True,
        guarded=True,
        index="btree_not_null",
        help="When a holiday or a change of the working calendar last moved it.",
    )
    former_due_date = fields.Date(
        "Last day before",
        readonly=True,
        guarded=True,
        help="Its last day before the working calendar changed.",
    )

    @api.model
    def _calendars_changed(self, calendars, reason):
        """Count anew at the end of the transaction what is counted by these calendars.

        :param reason: what changed, in words that the register keeps
        """
        precommit = self.env.cr.precommit
        if WAITING not in precommit.data:
            precommit.data[WAITING] = {}
            precommit.add(self._recount_changed)
        for calendar_id in calendars.ids:
            precommit.data[WAITING].setdefault(calendar_id, {})[reason] = None

    @api.model
    def _recount_changed(self):
        reasons = self.env.cr.precommit.data.pop(WAITING, {})
        # limits are the system's, whoever changes when people work
        running = self.sudo().search([("state", "in", self.RUNNING)], order="id")
        for ids in split_every(BATCH, running.ids):
            for names, deadlines in (
                running.browse(ids)
                .grouped(lambda one: one._find_reasons(reasons))
                .items()
            ):
                if names:
                    deadlines._move_with_calendar("; ".join(names))
        self.env.flush_all()

    def _find_reasons(self, reasons):
        """Return what changed in the calendars by which this limit is counted."""
        return tuple(
            {
                name: None
                for calendar in self._get_calendars()
                for name in reasons.get(calendar.id, ())
            }
        )

    def _get_calendars(self):
        actors = self._get_file()._get_actor_calendar(self.rule_id.actor)
        limits = self.rule_id.part_ids or self.rule_id
        return self.env["resource.calendar"].union(
            *(limit._get_calendar(self.company_id, actors) for limit in limits)
        )

    def _move_with_calendar(self, reason):
        """Count anew, and note of what moved both dates and the reason."""
        countable = self.filtered("starts")
        counted = self.env["iso10003.deadline.rule"]._count(
            [deadline._prepare_count() for deadline in countable]
        )
        now, moved = fields.Datetime.now(), {}
        for deadline, vals in zip(countable, counted, strict=True):
            if vals["due"] == deadline.due:
                continue
            former = {"due": deadline.due}
            moved[deadline] = {
                "before": self._seal_dates(former),
                "from": deadline.due_date and deadline.due_date.isoformat(),
            }
            deadline._guarded_write(
                {
                    **vals,
                    "moved_date": now,
                    "former_due_date": deadline.due_date,
                }
            )
        self.browse().union(*moved)._follow_due()
        for deadline, data in moved.items():
            deadline._note_in_register("calendar_changed", data, reason)


class ResourceCalendarLeaves(models.Model):
    """Days on which everybody is off count for limits, also announced later."""

    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._tell_limits()
        return leaves

    def write(self, vals):
        decides = {"date_from", "date_to", "calendar_id", "company_id", "resource_id"}
        if not decides & vals.keys():
            return super().write(vals)
        self._tell_limits()  # as it was
        result = super().write(vals)
        self._tell_limits()  # as it is
        return result

    def unlink(self):
        self._tell_limits()
        return super().unlink()

    def _tell_limits(self):
        """Let limits be counted anew; who is off alone moves none."""
        # when everybody is off is no secret to the limits
        for leave in self.sudo().filtered(lambda leave: not leave.resource_id):
            calendars = leave.calendar_id or leave.calendar_id.search(
                [("company_id", "in", [False, leave.company_id.id])]
                if leave.company_id
                else []
            )
            self.env["iso10003.deadline"]._calendars_changed(
                calendars, leave.name or self.env._("Holiday")
            )


class ResourceCalendarAttendance(models.Model):
    _inherit = "resource.calendar.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        attendances = super().create(vals_list)
        attendances.calendar_id._tell_limits()
        return attendances

    def write(self, vals):
        self.calendar_id._tell_limits()
        result = super().write(vals)
        self.calendar_id._tell_limits()
        return result

    def unlink(self):
        self.calendar_id._tell_limits()
        return super().unlink()


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    def write(self, vals):
        result = super().write(vals)
        if "tz" in vals:
            self.env.registry.clear_cache()  # in which zone companies work is kept
        if {"tz", "two_weeks_calendar"} & vals.keys():
            self._tell_limits()
        return result

    def _tell_limits(self):
        for calendar in self.sudo():  # its name is no secret to the limits
            self.env["iso10003.deadline"]._calendars_changed(
                calendar,
                self.env._("Working calendar “%(name)s”", name=calendar.name),
            )


class ResCompany(models.Model):
    _inherit = "res.company"

    def write(self, vals):
        result = super().write(vals)
        if "resource_calendar_id" in vals:
            self.env.registry.clear_cache()  # in which zone it works is kept
            self.sudo().resource_calendar_id._tell_limits()  # when it works
        return result
