# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


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
            deadlines._note_in_register("deadline_lapsed", {"meaning": meaning})
        lapsed._mind_silence()

    def _fire_resume(self):
        standing = self.deadline_id.filtered(
            lambda deadline: deadline.state == "suspended"
        )
        standing._guarded_write({"state": "running"})
        standing._note_in_register("deadline_resumed")

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
                    },
                    None,
                )
                for alarm in self
            ]
        )

    def _choose_people(self):
        """Note who hears of each: the one whom the level names, or who stands in."""
        for alarm in self.filtered(lambda alarm: alarm.escalation_id.role):
            alarm.user_id = alarm.escalation_id._get_person(
                alarm.deadline_id._get_file()
            )


class EscalationKinds(models.Model):
    """The kinds of escalation."""

    _inherit = "iso10003.escalation"

    def _prepare_sealed(self):
        return {
            "kind": self.kind,
            "role": self.role or None,
            "offset_hours": self.offset_hours,
        }

    def _get_person(self, file):
        """Return who plays this level's role on ``file``; never nobody.

        A role that nobody plays falls to the owner, and then to the dispute manager,
        also when who plays it may not read the file: an escalation must not end in
        nowhere.
        """
        self.ensure_one()
        find = getattr(self, f"_get_{self.role}", None)
        company = file.company_id
        people = (find(file) if find else self.user_id) or file.user_id
        # a task on a file, and word of it, are for who may read it
        readers = people.filtered(file._may_read)
        return readers or file._get_stand_in() or company._get_any_manager()

    def _get_owner(self, file):
        return file.user_id

    def _get_evaluator(self, file):
        return file.evaluator_id

    def _get_team_leader(self, file):
        return file.team_id.user_id

    def _get_manager(self, file):
        return file.company_id.dispute_manager_id

    def _get_sponsor(self, file):
        return file.company_id.dispute_sponsor_id

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
        """Queue the letter of each level; it is no matter of the digest."""
        alarms.told = True
        for template, group in alarms.grouped(
            lambda alarm: alarm.escalation_id.template_id
        ).items():
            template.send_mail_batch([alarm._get_file().id for alarm in group])

    @api.model
    def _fire_reassign(self, alarms):
        """Hand the files over to the people of the levels."""
        for user, group in alarms.grouped("user_id").items():
            for files in group._get_files():
                files.write({"user_id": user.id})

    @api.model
    def _fire_nonconformity(self, alarms):
        """Open a nonconformity for each missed or threatened limit (9001, 10.2)."""
        self.env["mgmtsystem.nonconformity"].create(
            [alarm._prepare_nonconformity() for alarm in alarms]
        )


class AlarmEffects(models.Model):
    """What alarms hand to tasks and nonconformities."""

    _inherit = "iso10003.alarm"

    def _get_file(self):
        return self.deadline_id._get_file()

    def _get_files(self):
        """Return the files, one recordset for each model."""
        by_model = {}
        for alarm in self:
            file = alarm._get_file()
            by_model[file._name] = by_model.get(file._name, file.browse()) | file
        return list(by_model.values())

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
