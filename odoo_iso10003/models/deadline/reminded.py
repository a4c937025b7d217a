# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...core.working_time import day_of, day_start


class Reminded(models.AbstractModel):
    """A record with days of which people are reminded, by the engine of limits.

    A model says which ladder each of its days has (:meth:`_get_ladders`), which days
    these are now (:meth:`_get_reminder_days`), whom they concern and in which words.
    The next reminder of each is planned as a row of ``iso10003.alarm``, moves with
    the day and goes when the day is none any more; what was told of a day is not told
    again. To be inherited after ``iso10003.guarded``, whose private writes pass here
    too. What a day follows from beside the record itself calls
    :meth:`_plan_reminders`.
    """

    _name = "iso10003.reminded"
    _description = "Record that people are reminded of"

    # ------------------------------------------------------------
    # What a model answers
    # ------------------------------------------------------------

    @api.model
    def _get_ladders(self):
        """Return ``{reminder: core.ladder.Ladder}``.

        Of several days with one ladder the names say after a colon which it is.
        """
        return {}

    def _get_reminder_days(self):
        """Return ``{reminder: day}``; no day where nobody needs to be reminded."""
        self.ensure_one()
        return {}

    def _find_reminder_days(self):
        """Return ``{record: {reminder: day}}``, for many at once where that is less."""
        return {record: record._get_reminder_days() for record in self}

    def _find_reminded(self, ladder):
        """Return ``{record: the users whom it concerns}``."""
        return {record: record._get_leader() for record in self}

    def _filter_told_of(self, user):
        """Return those that somebody may be told of: who may read them."""
        return self.with_user(user)._filtered_access("read").with_env(self.env)

    def _describe_reminder(self, reminder, day):
        """Return what is asked about a day, in the language of the environment."""
        raise NotImplementedError

    @api.model
    def _get_reminder_activity(self, ladder):
        """Return the external id of the type of the task."""
        return "odoo_iso10003.activity_reminder"

    def _note_reminded(self, due, people):
        """Note that people were reminded, where a record keeps that.

        :param due: ``{(record, reminder): of which day}``
        :param people: ``{(record, reminder): who was}``
        """

    def _get_tasks_on(self):
        """Return the record that has its tasks: itself, or what it is part of."""
        return self

    def _get_leader(self):
        """Return who sees to this record, also when nobody else does."""
        return self._get_stand_in() or self.company_id._get_any_manager()

    # ------------------------------------------------------------
    # The plan
    # ------------------------------------------------------------

    @api.model
    def _moves_reminders(self, vals):
        """Return whether what is written may move a day, so that it is looked at."""
        return True

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if any(map(self._moves_reminders, vals_list)):
            records._plan_reminders()
        return records

    def write(self, vals):
        if not self._moves_reminders(vals):
            return super().write(vals)
        records = self.sudo()  # what is planned, whoever writes
        before = records._find_reminder_days()
        result = super().write(vals)
        days = records._find_reminder_days()
        records.filtered(
            lambda record: days[record] != before[record]
        )._plan_reminders()
        return result

    def unlink(self):
        alarms = self._find_reminders()
        result = super().unlink()
        alarms.unlink()
        return result

    def _find_reminders(self):
        """Return all reminders of these records, to come and told."""
        alarms = self.env["iso10003.alarm"].sudo()  # plans are made by the system
        return alarms.search(
            [
                ("kind", "=", "reminder"),
                ("model", "=", self._name),
                ("res_id", "in", self.ids),
            ]
        )

    def _plan_reminders(self):
        """Plan what comes next, move what was planned, drop what will not come."""
        if not self:
            return
        known = self._find_reminders().grouped(lambda alarm: alarm._get_place()[1:])
        # the plan is the system's, whoever moved the day
        missing, nothing = [], self.env["iso10003.alarm"].sudo()
        records = self.sudo()
        for record, days in records._find_reminder_days().items():
            for reminder, day in days.items():
                alarms = known.pop((record.id, reminder), nothing)
                pending = alarms.filtered(lambda alarm: alarm.state == "pending")
                at = day and record._find_next_reminder(reminder, day, alarms)
                if not at:
                    pending.state = "dropped"
                elif not pending:
                    missing.append(record._prepare_reminder(reminder, day, at))
                elif (pending.day, pending.at) != (day, at):
                    pending.write({"day": day, "at": at})
        gone = nothing.union(*known.values())
        gone.filtered(lambda alarm: alarm.state == "pending").state = "dropped"
        nothing.flush_model(["state"])  # what was planned before has come by now
        nothing.create(missing)
        nothing._wake_sweep()

    def _find_next_reminder(self, reminder, day, alarms):
        """Return the instant of the next reminder of a day, if there is one.

        :param alarms: all reminders that there are of it, also of former days
        """
        zone = self._get_reminder_zone()
        out = alarms.filtered(
            lambda alarm: alarm.fired_date and alarm.day == day
        ).mapped("fired_date")
        after = day_of(max(out), zone) if out else None
        ladder = self._get_ladders()[reminder.partition(":")[0]]
        following = ladder.find_next(day, after)
        return following and day_start(following, zone)

    def _get_reminder_zone(self):
        """Return where its days begin."""
        return self.env["iso10003.deadline.rule"]._get_company_zone(self.company_id)

    def _get_today(self):
        """Return the day of now where the record belongs."""
        return day_of(fields.Datetime.now(), self._get_reminder_zone())

    def _prepare_reminder(self, reminder, day, at):
        return {
            "kind": "reminder",
            "model": self._name,
            "res_id": self.id,
            "company_id": self.company_id.id,
            "ladder": reminder,
            "day": day,
            "at": at,
        }

    # ------------------------------------------------------------
    # Reminding
    # ------------------------------------------------------------

    def _remind(self, ladder, due):
        """Ask whom it concerns.

        :param ladder: which of its ladders
        :param due: ``{(record, reminder): day}``, of reminders that have this ladder
        :return: ``{(record, reminder): who was reminded}``
        """
        people = self._find_reminded(ladder)
        self._give_tasks(
            self._get_reminder_activity(ladder),
            [
                (
                    record,
                    user,
                    day,
                    record.with_context(lang=user.lang)._describe_reminder(
                        reminder, day
                    ),
                )
                for (record, reminder), day in due.items()
                for user in people[record]
            ],
        )
        reminded = {(record, reminder): people[record] for record, reminder in due}
        self._note_reminded(due, reminded)
        return reminded

    def _take_back(self, activity):
        """Take back what was asked before."""
        self.activity_unlink([activity])

    def _ask(self, kind, users, days, describe):
        """Ask people in their language, in the place of what they were asked before.

        :param kind: the external id of the type of activity
        :param users: ``{record: whom to ask}``
        :param days: ``{record: until when}``
        :param describe: is given a record and returns what is asked
        """
        self._give_tasks(
            kind,
            [
                (
                    record,
                    user,
                    days[record],
                    describe(record.with_context(lang=user.lang)),
                )
                for record in self
                for user in users[record]
            ],
        )

    def _give_tasks(self, kind, tasks):
        """Give tasks, in the place of those that there were of their kind.

        :param tasks: ``[(record, user, until when, what)]``
        """
        self._take_back(kind)
        activity_type = self.env.ref(kind)
        models = self.env["ir.model"]
        # no e-mail for each: who has many would get as many
        activities = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        activities.create(
            [
                {
                    "activity_type_id": activity_type.id,
                    "automated": True,
                    "res_model_id": models._get_id(record._get_tasks_on()._name),
                    "res_id": record._get_tasks_on().id,
                    "user_id": user.id,
                    "date_deadline": day,
                    "summary": summary,
                    "note": activity_type.default_note,
                }
                for record, user, day, summary in tasks
            ]
        )
