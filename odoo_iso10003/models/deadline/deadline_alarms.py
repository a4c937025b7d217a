# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class DeadlineAlarms(models.Model):
    """What is to come of a deadline follows it, and silence has a meaning.

    What alarms do when they come is in ``alarm_levels.py``.
    """

    _inherit = "iso10003.deadline"

    def _plan_alarms(self):
        """Plan what is to come, move what was planned, drop what will not come.

        A level that was fired stays so, whatever becomes of the deadline; the limit
        comes again when it was moved.
        """
        alarms = self.env["iso10003.alarm"].sudo()  # plans are made by the system
        present = {
            (alarm.deadline_id.id, alarm.kind, alarm.escalation_id.id): alarm
            for alarm in alarms.search([("deadline_id", "in", self.ids)])
        }
        missing = []
        for deadline in self.sudo():  # the plan is the system's
            for kind, escalation, at in deadline._get_plan():
                alarm = present.pop((deadline.id, kind, escalation.id), None)
                if alarm is None:
                    missing.append(deadline._prepare_alarm(kind, escalation, at))
                elif alarm.state in ("pending", "dropped") or kind != "level":
                    alarm.write({"at": at, "state": "pending"})
        left = alarms.union(*present.values())
        left.filtered(lambda alarm: alarm.state == "pending").state = "dropped"
        alarms.create(missing)
        alarms._wake_sweep()

    def _get_plan(self):
        """Return ``(kind, escalation, instant)`` for what this deadline has to come."""
        escalations = self.env["iso10003.escalation"]
        if not self.due or self.state not in self.RUNNING:
            return []
        plan = [
            ("limit", escalations, self.due),
            *(
                ("level", level, self.due + level._get_offset())
                for level in self.rule_id.escalation_ids
            ),
        ]
        if stop := self._get_present_stop(fields.Datetime.now()):
            plan.append(("resume", escalations, stop._get_end()))
        return plan

    def _prepare_alarm(self, kind, escalation, at):
        return {
            "deadline_id": self.id,
            "company_id": self.company_id.id,
            "kind": kind,
            "escalation_id": escalation.id,
            "at": at,
        }

    def _drop_alarms(self):
        pending = (
            self.env["iso10003.alarm"]
            .sudo()  # plans are made by the system
            .search([("deadline_id", "in", self.ids), ("state", "=", "pending")])
        )
        pending.state = "dropped"

    # ------------------------------------------------------------
    # What silence means
    # ------------------------------------------------------------

    def _mind_silence(self):
        """Where silence has a meaning, ask the owner to draw the consequence.

        Nobody but a person ends a file: the register has what silence means, and
        the owner a task to act on it.
        """
        meaningful = self.filtered(lambda deadline: deadline.on_lapse != "nothing")
        quietly = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        quietly.create(
            [deadline._prepare_silence_activity() for deadline in meaningful]
        )

    def _prepare_silence_activity(self):
        file = self._get_file()
        owner = file._get_leader()
        reader = self.with_context(lang=owner.lang)
        meanings = reader.rule_id._fields["on_lapse"]._description_selection(reader.env)
        meaning = dict(meanings).get(self.on_lapse) or reader.env._(
            "Somebody outside had set it"
        )
        # kept at hand, unlike env.ref(), which looks each time whether it is there
        to_do = self.env["ir.model.data"]._xmlid_to_res_id(
            "mail.mail_activity_data_todo"
        )
        return {
            "res_model_id": self.env["ir.model"]._get_id(file._name),
            "res_id": file.id,
            "activity_type_id": to_do,
            "user_id": owner.id,
            "summary": reader.env._(
                "%(deadline)s: missed. %(meaning)s.",
                deadline=reader.display_name,
                meaning=meaning,
            ),
            "date_deadline": fields.Date.today(),
        }

    # ------------------------------------------------------------
    # The scheduled action
    # ------------------------------------------------------------

    @api.model
    def _cron_escalate(self):
        """Do what is due, once each: limits, ends of stops, escalations, reminders."""
        self.env["iso10003.alarm"]._sweep()
