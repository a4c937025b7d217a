# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class DeadlineManual(models.Model):
    """What a person says of a deadline that no date of the file tells."""

    _inherit = "iso10003.deadline"

    def action_ask(self, question="meet"):
        """Return the dialog that asks for what a step needs.

        :param question: a question of ``iso10003.deadline.step``
        """
        self.ensure_one()
        self._check_may_lead()  # no question to who may not answer it
        return self.env["iso10003.deadline.step"]._ask(question, deadline=self)

    def action_meet(self, day=None):
        """Note that what was wanted was done, where no event of the file says so.

        :param day: when it was done; today when not given
        """
        self._check_may_lead()
        self._lock_running()
        for deadline in self:
            deadline._check_given("met_date", day)
            event = deadline.rule_id.sudo().end_event  # the policy says what meets it
            if event and event != "given":
                labels = dict(self.env["iso10003.deadline.rule"]._get_events())
                raise deadline._refusal(
                    self.env._(
                        "“%(event)s” meets it: fill in its date on the file.",
                        event=labels[event],
                    )
                )
            # who leads the file was let in above
            deadline.sudo()._meet(day or fields.Date.context_today(deadline))
        return True

    def action_send_letter(self):
        """Open the rule's letter; when it is sent, the limit is met."""
        self.ensure_one()
        self._check_may_lead()
        template = self.template_id.sudo()  # the rule names it to all who lead files
        if not template:
            raise self._refusal(self.env._("its rule names no letter."))
        file = self._get_file()
        file._check_letter(template)
        return {
            "type": "ir.actions.act_window",
            "name": template.name,
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": file._name,
                "default_res_ids": file.ids,
                "default_template_id": template.id,
                "default_composition_mode": "comment",
                "satisfies_deadline": self.id,
            },
        }

    def _letter_sent(self, file):
        """Note on the file what the sent letter did, which meets the limit."""
        if self._get_file() != file or self.state not in (*self.RUNNING, "lapsed"):
            return
        event = self.rule_id.sudo().end_event  # the policy says what meets it
        path = file._get_deadline_events().get(event, "")
        if path and "." not in path and not event.startswith("entered_"):
            file.write({path: fields.Date.context_today(self)})
        elif not event:
            self.action_meet()

    def action_cancel(self, reason):
        """Cancel a deadline that does not hold for this file, as a dispute manager."""
        self.ensure_one()
        if not self.env.user.has_group("odoo_iso10003.group_manager"):
            raise AccessError(
                self.env._(
                    "“%(deadline)s”: only a dispute manager cancels a deadline.",
                    deadline=self.display_name,
                )
            )
        self._check_may_lead()
        self._lock_running()
        self._need_reason(reason)
        cancelled = self.sudo()  # who leads the file was let in above
        cancelled._guarded_write({"state": "cancelled", "cancel_reason": "by_hand"})
        cancelled._drop_alarms()
        cancelled._note_in_register("deadline_cancelled", note=reason)
        return True

    @api.model
    def _start_given(self, file, rule, start):
        """Start a rule of the file's policy whose date somebody outside has set.

        :param start: the date or instant that it counts from
        :raises UserError: when the rule runs on this file already
        """
        file.check_access("write")
        file._check_not_frozen()
        if rule.policy_id != file._get_deadline_policy() or (
            rule.start_event != "given"
        ):
            raise UserError(
                self.env._(
                    "%(file)s: “%(rule)s” is no rule of its policy that counts from a "
                    "date given by hand.",
                    file=file.display_name,
                    rule=rule.name,
                )
            )
        self._check_given("start", start)
        system = self.sudo()  # who leads the file was let in above
        present = system._find_present(file)
        if rule in present.get(file, self.browse()).rule_id:
            raise UserError(
                self.env._(
                    "%(file)s: “%(rule)s” runs on this file already.",
                    file=file.display_name,
                    rule=rule.name,
                )
            )
        return system._open([(file, rule)], present, given=start)
