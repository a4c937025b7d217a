# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..file.file import CasesBeside

# what the rows of a reminder to several people have in common
COPIED = (
    "kind",
    "model",
    "res_id",
    "ladder",
    "day",
    "company_id",
    "at",
    "state",
    "fired_date",
)


class AlarmLevels(models.Model):
    """What the kinds of alarms do, each for many at once.

    A new kind of escalation is a choice of ``iso10003.escalation.kind`` and a method
    ``_fire_<kind>(alarms)`` of that model.
    """

    _inherit = "iso10003.alarm"

    def _fire(self):
        """Do what is due, and note that it was done, in the order of the instants."""
        now = fields.Datetime.now()
        self.write({"state": "fired", "fired_date": now})
        for kind, alarms in self.grouped("kind").items():
            getattr(alarms, f"_fire_{kind}")()

    # ------------------------------------------------------------
    # The limit, and the end of a stop
    # ------------------------------------------------------------

    def _fire_limit(self):
        """Nothing came in time: the deadlines lapse, and silence takes its meaning."""
        lapsed = self.deadline_id.filtered(lambda deadline: deadline.state == "running")
        for due, deadlines in lapsed.grouped("due").items():
            deadlines._guarded_write({"state": "lapsed", "lapsed_date": due})
        for meaning, deadlines in lapsed.grouped("on_lapse").items():
            deadlines._note_in_register("deadline_lapsed", {"meaning": meaning or None})
        lapsed._mind_silence()

    def _fire_resume(self):
        standing = self.deadline_id.filtered(
            lambda deadline: deadline.state == "suspended"
        )
        standing._guarded_write({"state": "running"})
        standing._note_in_register("deadline_resumed")

    # ------------------------------------------------------------
    # Reminders of other days
    # ------------------------------------------------------------

    def _fire_reminder(self):
        for (model, ladder), alarms in self.grouped(
            lambda alarm: (alarm.model, alarm.ladder.partition(":")[0])
        ).items():
            records = self.env[model].browse(dict.fromkeys(alarms.mapped("res_id")))
            records = records.exists()
            due = alarms._find_due_reminders(records)
            alarms.filtered(
                lambda alarm, due=due: alarm not in due.values()
            ).state = "dropped"
            if due:
                days = {place: alarm.day for place, alarm in due.items()}
                reminded = records.union(*(record for record, _reminder in due))
                self._note_people(due, reminded._remind(ladder, days))
            records._plan_reminders()

    def _find_due_reminders(self, records):
        """Return ``{(record, reminder): alarm}`` of what is still so.

        A day may have ended or moved past the record that it follows from.
        """
        days = records._find_reminder_days()
        by_id = {record.id: record for record in records}
        return {
            (by_id[alarm.res_id], alarm.ladder): alarm
            for alarm in self
            if alarm.res_id in by_id
            and days[by_id[alarm.res_id]].get(alarm.ladder) == alarm.day
        }

    @api.model
    def _note_people(self, due, people):
        """Note whom each reminder reached: a row for each of them.

        :param due: ``{(record, reminder): alarm}``
        :param people: ``{(record, reminder): who was reminded}``
        """
        others = []
        for place, alarm in due.items():
            users = people[place]
            alarm.user_id = users[:1]
            others += [{**alarm._copy_vals(), "user_id": user.id} for user in users[1:]]
        self.create(others)

    def _copy_vals(self):
        vals = self.read(COPIED, load=None)[0]
        del vals["id"]
        return vals

    # ------------------------------------------------------------
    # Escalation
    # ------------------------------------------------------------

    def _fire_level(self):
        escalations = self.env["iso10003.escalation"]
        running = self.filtered(
            lambda alarm: alarm.deadline_id.state in ("running", "lapsed")
        )
        for kind, alarms in running.grouped(
            lambda alarm: alarm.escalation_id.kind
        ).items():
            alarms._choose_people()
            getattr(escalations, f"_fire_{kind}")(alarms)
        running._note_escalated()

    def _note_escalated(self):
        """Note each in its file, all levels in one go and in their order."""
        self.env["iso10003.register"]._append(
            [
                (
                    alarm._get_file(),
                    "escalated",
                    {
                        **alarm.deadline_id._prepare_sealed(),
                        **alarm.escalation_id._prepare_sealed(),
                        **alarm._prepare_sealed_people(),
                    },
                    None,
                )
                for alarm in self
            ]
        )

    # ------------------------------------------------------------
    # What they are about, and what they hand to tasks and nonconformities
    # ------------------------------------------------------------

    def _get_file(self):
        return self.deadline_id._get_file()

    def _get_record(self):
        """Return what it is about: the file of a limit, or what is reminded of."""
        if self.kind != "reminder":
            return self._get_file()
        record = self.env[self.model].browse(self.res_id)
        return record.with_prefetch(CasesBeside(self))

    def _get_records(self):
        """Return what these are about, one recordset for each model."""
        ids = {}
        for alarm in self:
            record = alarm._get_record()
            ids.setdefault(record._name, []).append(record.id)
        return [
            self.env[model].browse(dict.fromkeys(some)) for model, some in ids.items()
        ]

    def _describe(self):
        """Return what the digest says of it, in the language of who reads it."""
        if self.kind != "reminder":
            return self.deadline_id.display_name
        return self._get_record()._describe_reminder(self.ladder, self.day)

    def _get_day(self):
        return self.day if self.kind == "reminder" else self.deadline_id.due_date

    def _prepare_activity(self):
        deadline, level = self.deadline_id, self.escalation_id
        # kept at hand, unlike env.ref(), which looks each time whether it is there
        to_do = self.env["ir.model.data"]._xmlid_to_res_id(
            "mail.mail_activity_data_todo"
        )
        reader = deadline.with_context(lang=self.user_id.lang)
        file = deadline._get_file()
        return {
            "res_model_id": self.env["ir.model"]._get_id(file._name),
            "res_id": file.id,
            "activity_type_id": level.activity_type_id.id or to_do,
            "user_id": self.user_id.id,
            "summary": reader.display_name,
            "note": self.with_context(lang=self.user_id.lang)._tell_vacancy(),
            "date_deadline": deadline.due_date,
        }

    def _prepare_nonconformity(self):
        deadline = self.deadline_id.with_context(lang=self.user_id.lang)
        file = deadline._get_file()
        return {
            "name": self.env._(
                "%(file)s: %(deadline)s", file=file.name, deadline=deadline.display_name
            ),
            "description": "\n".join(
                [deadline.display_name, deadline.explanation or ""]
            ),
            "partner_id": file.company_id.partner_id.id,
            "responsible_user_id": self.user_id.id,
            "manager_user_id": (file.company_id.dispute_manager_id or self.user_id).id,
            "company_id": file.company_id.id,
            "reference": file.name,
            "res_model": file._name,
            "res_id": file.id,
        }


class EscalationKinds(models.Model):
    """The kinds of escalation."""

    _inherit = "iso10003.escalation"

    def _prepare_sealed(self):
        return {
            "kind": self.kind,
            "role": self.role or None,
            "offset_hours": self.offset_hours,
        }

    @api.model
    def _fire_activity(self, alarms):
        """Give each person a task on the file; the digest tells them of all."""
        quietly = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        quietly.create([alarm._prepare_activity() for alarm in alarms])

    @api.model
    def _fire_notify(self, alarms):
        """Nothing but the digest, in which each person reads of it."""

    @api.model
    def _fire_mail(self, alarms):
        """Post the letter of each level on its file, which is no matter of the digest.

        It goes to the people of that file alone, and a copy stays there.
        """
        alarms.told = True
        for alarm in alarms:
            alarm._get_file()._post_letter(alarm.escalation_id.template_id)

    @api.model
    def _fire_reassign(self, alarms):
        """Hand the files over to the people of the levels."""
        for user, group in alarms.grouped("user_id").items():
            for files in group._get_records():
                files._hand_over(user)

    @api.model
    def _fire_nonconformity(self, alarms):
        """Open a nonconformity for each missed or threatened limit (9001, 10.2)."""
        self.env["mgmtsystem.nonconformity"].create(
            [alarm._prepare_nonconformity() for alarm in alarms]
        )
