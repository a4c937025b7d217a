# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
from datetime import timedelta

from odoo import api, fields, models
from odoo.api import SUPERUSER_ID
from odoo.exceptions import AccessError, UserError

from ...core.chain import SealedText
from .deadline_suspension import REASONS


class DeadlineManual(models.Model):
    """What a person says of a deadline that no date of the file tells.

    That it was met, that it is longer or stands still, that it holds not at all, or
    that somebody outside has set it.
    """

    _inherit = "iso10003.deadline"

    extensions_left = fields.Integer(compute="_compute_extensions_left")

    def action_ask(self, question="meet"):
        """Return the dialog that asks for what a step needs.

        :param question: a question of ``iso10003.deadline.step``
        """
        self.ensure_one()
        self._check_may_lead()  # no question to who may not answer it
        return self.env["iso10003.deadline.step"]._ask(question, deadline=self)

    # ------------------------------------------------------------
    # Met, by word or by letter
    # ------------------------------------------------------------

    def action_meet(self, day=None):
        """Note that what was wanted was done, where no event of the file says so.

        :param day: when it was done; today when not given
        """
        self._check_may_lead()
        self._lock_running()
        for deadline in self:
            deadline._check_given("met_date", day)
            event = deadline.rule_id.sudo().end_event  # the policy says what meets it
            # what somebody outside wants, a person may know to be done without it
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
        return file._open_new_letter(
            template.name,
            deadline_id=self.id,
            partner_ids=file._find_recipients(template).ids,
            **file._render_letter(template),
        )

    def _letter_sent(self, letter):
        """Note on the file what the sent letter did, which meets the limit."""
        file = self._get_file()
        if letter.file_id != self.file_id:
            return
        if self.state not in (*self.RUNNING, "lapsed"):
            return
        event = self.rule_id.sudo().end_event  # the policy says what meets it
        path = file._get_deadline_events().get(event, "")
        if path and "." not in path and not event.startswith("entered_"):
            file._happen_by(event, letter)
        elif not event:
            self.action_meet()

    # ------------------------------------------------------------
    # Longer, as far as its rule allows
    # ------------------------------------------------------------

    @api.depends("extension_ids", "rule_id", "state")
    def _compute_extensions_left(self):
        for deadline in self:
            rule = deadline.rule_id.sudo()  # what the rule allows is in the policy
            allowed = rule.extension_max if rule.extension_quantity else 0
            deadline.extensions_left = max(0, allowed - len(deadline.extension_ids))

    def action_extend(self, reason, notice_date=None):
        """Extend by what the rule allows, as a dispute manager.

        :param notice_date: when the complainant was told of it
        :raises UserError: when the rule allows no (further) extension, or wants a
            notice that was not given
        """
        self.ensure_one()
        self.extension_ids._check_given("notice_date", notice_date)
        self._check_extendable(reason, notice_date)
        rule = self.rule_id.sudo()  # what it allows is in the policy
        former = self.due_date
        # the rights of users on extensions are to read them
        self.env["iso10003.deadline.extension"].sudo().create(
            {
                "deadline_id": self.id,
                "quantity": rule.extension_quantity,
                "unit": rule.extension_unit,
                "reason": reason,
                "approver_id": self.env.uid,
                "notice_date": notice_date,
            }
        )
        extended = self.sudo()  # checked above; a manager decided it
        extended._recount()
        extended._follow_due()
        extended._note_in_register(
            "deadline_extended",
            {
                "from": former.isoformat() if former else None,
                "quantity": rule.extension_quantity,
                "unit": rule.extension_unit,
                "told": str(notice_date) if notice_date else None,
            },
            reason,
        )
        return True

    def _check_extendable(self, reason, notice_date):
        if not self.env.user.has_group("odoo_iso10003.group_manager"):
            raise AccessError(
                self.env._(
                    "“%(deadline)s”: only a dispute manager extends a deadline.",
                    deadline=self.display_name,
                )
            )
        self._check_may_lead()
        self._lock_running()
        self._need_reason(reason)
        if not self.extensions_left:
            raise self._refusal(
                self.env._("the rule allows no extension, or no further one.")
            )
        rule = self.rule_id.sudo()  # what it wants is in the policy
        if rule.extension_needs_notice and not notice_date:
            raise self._refusal(
                self.env._(
                    "the complainant must be told of the extension: give the date on "
                    "which that was done."
                )
            )

    # ------------------------------------------------------------
    # Standing still, on proof, until a day named
    # ------------------------------------------------------------

    def action_suspend(self, reason, date_to, attachment_id=None, message_id=None):
        """Stop these clocks from now on.

        :param reason: a code of :data:`REASONS`
        :param date_to: when they go on by themselves
        :param attachment_id: the letter that proves the reason, or
        :param message_id: the message that does
        :raises UserError: without proof, for a past end, or a rule without stops
        """
        self._check_given("start", date_to)
        date_to = fields.Datetime.to_datetime(date_to)
        self._check_may_lead()
        self._lock_running()
        for deadline in self:
            deadline._check_suspendable(reason, date_to)
            deadline._check_proof(attachment_id, message_id)
        # the rights of users on stops are to read them
        self.env["iso10003.deadline.suspension"].sudo().create(
            [
                {
                    "deadline_id": deadline.id,
                    "reason": reason,
                    "date_from": fields.Datetime.now(),
                    "date_to": date_to,
                    "attachment_id": attachment_id,
                    "message_id": message_id,
                }
                for deadline in self
            ]
        )
        proof = self._seal_proof(attachment_id, message_id)
        until = self.env["iso10003.register"]._sealed_instant(date_to)
        self._stop_changed(
            "deadline_suspended", {"reason": reason, "until": until, "proof": proof}
        )
        return True

    def action_resume(self):
        """Let these clocks go on before the day that was named."""
        self._check_may_lead()
        self._lock_running()
        now = fields.Datetime.now()
        for deadline in self:
            stop = deadline._get_present_stop(now)
            if not stop:
                raise deadline._refusal(self.env._("it does not stand still."))
            stop.sudo().ended_date = now  # who leads the file was let in above
        self._stop_changed("deadline_resumed", {})
        return True

    def _stop_for_vacancy(self, days, message):
        """Stop the clocks of complainants who are no more, as the policy says.

        :param days: after which they go on by themselves
        :param message: in their file, that says who left
        """
        running = self.filtered(
            lambda one: one.state == "running" and one.actor == "complainant"
        )
        if not running or not days:
            return
        now = fields.Datetime.now()
        until = now + timedelta(days=days)
        self.env["iso10003.deadline.suspension"].create(
            [
                {
                    "deadline_id": deadline.id,
                    "reason": "vacancy",
                    "date_from": now,
                    "date_to": until,
                    "message_id": message.id,
                }
                for deadline in running
            ]
        )
        running._stop_changed(
            "deadline_suspended",
            {
                "reason": "vacancy",
                "until": self.env["iso10003.register"]._sealed_instant(until),
                "proof": self._seal_proof(None, message.id),
            },
        )

    def _go_on_after_vacancy(self):
        """Let the clocks go on that stood still because nobody had followed."""
        now = fields.Datetime.now()
        stops = self.suspension_ids.filtered(
            lambda stop: stop.reason == "vacancy" and stop.date_from <= now
        )
        stops = stops.filtered(lambda stop: now < stop._get_end())
        stops.ended_date = now
        stops.deadline_id._stop_changed("deadline_resumed", {})

    def _stop_changed(self, event, data):
        changed = self.sudo()  # its callers let in who leads the file
        changed._recount()
        changed._follow_due()
        changed._note_in_register(event, data)

    # ------------------------------------------------------------
    # What it takes to stop a clock
    # ------------------------------------------------------------

    def _check_suspendable(self, reason, date_to):
        if self.state != "running":
            raise self._refusal(self.env._("it does not run."))
        if not self.may_suspend:
            raise self._refusal(self.env._("its rule lets no clock be stopped."))
        if not self._is_said(reason) or reason not in dict(REASONS):
            raise self._refusal(
                self.env._(
                    "“%(reason)s” is no reason of the list for stopping a clock.",
                    reason=reason,
                )
            )
        if not date_to or date_to <= fields.Datetime.now():
            raise self._refusal(
                self.env._("say until when it stands still, a day that is to come.")
            )

    @api.model
    def _is_genuine(self, proof):
        """Return whether a message is of whom it says: colleagues can enter others.

        It came through the mail gateway, which writes as the system, or from the
        portal, or its author posted it; and nobody else changed it since. A letter
        proves what is written in it.
        """
        if proof._name != "mail.message":
            return True
        # who entered it is asked for the proof, whoever may read users
        message = proof.sudo()
        creator = message.create_uid
        own = creator.partner_id == message.author_id
        changed = message.write_uid - creator
        return (own or self._writes_for_others(creator)) and (
            not changed or self._writes_for_others(changed)
        )

    @api.model
    def _writes_for_others(self, user):
        return user.id == SUPERUSER_ID or user.share

    @api.model
    def _seal_proof(self, attachment_id, message_id):
        """Return the digests of what proves a stop, as it is now."""
        # who stops the clock has shown it; its digest is no secret of the file
        attachment = self.env["ir.attachment"].sudo().browse(attachment_id or [])
        message = self.env["mail.message"].sudo().browse(message_id or [])
        return {
            "attachment": attachment.id or None,
            "attachment_sha256": attachment
            and hashlib.sha256(attachment.raw or b"").hexdigest()
            or None,
            "message": message.id or None,
            "message_text": SealedText(message.body) if message else None,
        }

    def _check_proof(self, attachment_id, message_id):
        """The proof is a letter or message of this very file."""
        attachment = self.env["ir.attachment"].browse(attachment_id or [])
        message = self.env["mail.message"].browse(message_id or [])
        proofs = [(attachment, "res_model"), (message, "model")]
        file = self._get_file()
        found = False
        for proof, model in proofs:
            if proof.exists():
                proof.check_access("read")
                if (proof[model], proof.res_id) == (file._name, file.id):
                    found = self._is_genuine(proof)
        if not found:
            raise self._refusal(
                self.env._(
                    "a clock is stopped on proof only: attach the letter to the file, "
                    "or choose the message in it that its author sent."
                )
            )

    # ------------------------------------------------------------
    # Cancelled, or started by hand
    # ------------------------------------------------------------

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
