# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command, Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ..mixin.people_date import format_people_number

_logger = logging.getLogger(__name__)

BATCH = 500
# how many rows a message has at most; of the rest it says how many there are
DIGEST = 100
# how many people are told in one go
PEOPLE = 100
# how often somebody else may have been faster before a sweep leaves the rest to them
PATIENCE = 20


class AlarmSweep(models.Model):
    """The sweep: what is due is found by index, taken, done and committed in batches.

    Nothing is lost when it is killed, for what a batch did and that it was done are
    committed together. Nothing is done twice when several sweep at once, for each
    takes what nobody else has. After days of standing still it does everything once,
    the oldest first, and tells each person in one message.
    """

    _inherit = "iso10003.alarm"

    @api.model
    def _sweep(self):
        now = fields.Datetime.now()
        self.env["ir.cron"]._commit_progress(remaining=self._count_due(now))
        # Who held the files that were passed over may be done by now. Of several
        # sweeps the last one that did anything looks again: none leaves them to others.
        while self._sweep_once(now):
            continue
        self._tell()
        # what is due and was passed over waits for the regular run
        self._wake_sweep(also_past=False)

    @api.model
    def _sweep_once(self, now):
        """Do what is due and free; return whether to look again."""
        cron = self.env["ir.cron"]
        passed_over, done, losses = [], 0, 0
        while losses < PATIENCE:
            try:
                batch = self._take_due(now, passed_over)
                batch._do_isolated("_fire")
                time_left = cron._commit_progress(len(batch))
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                self._look_again()
                losses += 1
                continue
            done += len(batch)
            if not batch or not time_left:
                return bool(done and passed_over and time_left)
        return False

    @api.model
    def _get_due_domain(self, now):
        return [("state", "=", "pending"), ("at", "<=", now)]

    @api.model
    def _count_due(self, now):
        return self.search_count(self._get_due_domain(now))

    @api.model
    def _take_due(self, now, passed_over):
        """Lock and return the oldest due alarms whose records nobody works on.

        Locks are taken in the order in which users take them (record, register,
        deadline, alarm) and never waited for, so that sweep and users cannot block
        each other.

        :param passed_over: ids of alarms whose record is taken; they wait for the next
            sweep, and are added to here
        """
        ids = [
            alarm_id
            for (alarm_id,) in self.env.execute_query(
                SQL(
                    """SELECT id FROM iso10003_alarm
                        WHERE state = 'pending' AND at <= %s AND id <> ALL(%s)
                        ORDER BY at, id LIMIT %s""",
                    now,
                    passed_over,
                    BATCH,
                )
            )
        ]
        found = self.browse(ids)
        taken = found._take_records()._take_deadlines()
        taken = taken.try_lock_for_update(allow_referencing=True)
        passed_over.extend((found - taken).ids)
        if found and not taken:
            return self._take_due(now, passed_over)
        return taken

    def _take_records(self):
        """Return those of the alarms whose record and register could be taken."""
        free = set()
        for records in self._get_records():
            locked = records.try_lock_for_update(allow_referencing=True)
            if "register_ids" in records:
                locked = self.env["iso10003.register"]._try_lock_heads(locked)
            # what is gone holds nobody up: its alarms are dropped
            free.update(locked | (records - records.exists()))
        return self.filtered(lambda alarm: alarm._get_record() in free)

    def _take_deadlines(self):
        free = self.deadline_id.try_lock_for_update(allow_referencing=True)
        return self.filtered(lambda alarm: alarm.deadline_id <= free)

    # ------------------------------------------------------------
    # One that fails does not stop the others
    # ------------------------------------------------------------

    def _note_failure(self, method, error):
        """Leave the alarm aside, and tell who leads what it is about."""
        record = self._get_record()
        _logger.exception("Alarm %s of %s failed", self.id, record)
        self.write(
            {
                "state": "failed",
                "fired_date": fields.Datetime.now(),
                "error": str(error)[:500],
            }
        )
        owner = record._get_leader()
        place = record._get_tasks_on() if self.kind == "reminder" else record
        place.with_context(
            lang=owner.lang, mail_activity_quick_update=True
        ).activity_schedule(
            "mail.mail_activity_data_warning",
            user_id=owner.id,
            summary=self.with_context(lang=owner.lang)._describe_failure(),
            note=str(error)[:500],
        )
        if self.kind == "reminder":  # one that failed silences none to come
            record._plan_reminders()

    def _describe_failure(self):
        if self.kind == "reminder":
            return self.env._("Reminder failed")
        return self.env._(
            "Escalation failed: %(deadline)s", deadline=self.deadline_id.display_name
        )

    # ------------------------------------------------------------
    # One message to each person
    # ------------------------------------------------------------

    @api.model
    def _tell(self):
        """Tell each person in one message all that was fired since the last one."""
        losses = 0
        while losses < PATIENCE:
            try:
                if not self._tell_some():
                    return
                self.env["ir.cron"]._commit_progress()
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                # another sweep told one of these people: the others are left
                self._look_again()
                losses += 1

    @api.model
    def _tell_some(self):
        """Tell some people, and return whether there were any."""
        untold = Domain(
            [("state", "=", "fired"), ("told", "=", False), ("user_id", "!=", False)]
        )
        people = [
            user.id for (user,) in self._read_group(untold, ["user_id"], limit=PEOPLE)
        ]
        alarms = self.search(untold & Domain("user_id", "in", people))
        alarms = alarms.try_lock_for_update(allow_referencing=True)
        alarms.told = True
        by_user = alarms._filter_there().grouped("user_id")
        told = {user: theirs._filter_told_to(user) for user, theirs in by_user.items()}
        # mail.mail belongs to the system; the sweep runs as such
        self.env["mail.mail"].create(
            [
                theirs.with_context(lang=user.lang, tz=user.tz)._prepare_digest(user)
                for user, theirs in told.items()
                if theirs
            ]
        )
        return bool(alarms)

    def _filter_there(self):
        """Return those whose records were not deleted meanwhile."""
        there = {
            (records._name, record.id)
            for records in self._get_records()
            for record in records.exists()
        }
        return self._filter_by_place(there)

    def _filter_told_to(self, user):
        """Return those whose records ``user`` may still be told of."""
        told = {
            (records._name, record.id)
            for records in self._get_records()
            for record in records._filter_told_of(user)
        }
        return self._filter_by_place(told)

    def _filter_by_place(self, places):
        return self.filtered(
            lambda alarm: (alarm._get_record()._name, alarm._get_record().id) in places
        )

    def _prepare_digest(self, user):
        """Return the one message to ``user``, in the environment of who reads it."""
        return {
            "subject": self.env._(
                "Deadlines: %(count)s need you",
                count=format_people_number(self.env, len(self)),
            ),
            "body_html": self.env["ir.qweb"]._render(
                "odoo_iso10003.alarm_digest",
                {
                    "alarms": self[:DIGEST],
                    "more": max(0, len(self) - DIGEST),
                    "user": user,
                    "base": user.get_base_url(),
                    "direction": self.env["res.lang"]
                    ._get_data(code=user.lang)
                    .direction,
                },
            ),
            "recipient_ids": [Command.link(user.partner_id.id)],
            "auto_delete": True,
            "told_of": {records._name: records.ids for records in self._get_records()},
        }

    # ------------------------------------------------------------
    # By hand
    # ------------------------------------------------------------

    @api.model
    def action_sweep_now(self):
        """Let the scheduled action run at once, as a dispute manager."""
        if not self.env.user.has_group("odoo_iso10003.group_manager"):
            raise AccessError(
                self.env._("Only a dispute manager starts a scheduled action.")
            )
        health = self.env["iso10003.health"]
        health.search([("code", "=", "cron_escalate")]).action_run_now()
        return True
