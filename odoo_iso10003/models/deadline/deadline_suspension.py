# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib

from odoo import api, fields, models
from odoo.api import SUPERUSER_ID

from ...core.chain import SealedText

REASONS = [
    ("documents", "Documents or answers are awaited from the complainant"),
    ("expert", "An expert's opinion is awaited"),
    ("mediation", "A facilitative proceeding is under way"),
    ("authority", "An authority or court has the matter"),
    ("agreed", "The parties agreed to wait"),
    ("force_majeure", "Force majeure"),
]


class DeadlineSuspension(models.Model):
    """One stop of a clock: from when until when, why, and what proves it.

    It ends by itself on the day named from the beginning, or earlier by a person.
    """

    _name = "iso10003.deadline.suspension"
    _description = "Stop of a deadline's clock"
    _order = "date_from, id"

    deadline_id = fields.Many2one(
        "iso10003.deadline",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    company_id = fields.Many2one(related="deadline_id.company_id")
    reason = fields.Selection(REASONS, required=True, readonly=True)
    date_from = fields.Datetime("From", required=True, readonly=True)
    date_to = fields.Datetime(
        "Until at most",
        required=True,
        readonly=True,
        help="Then the clock goes on by itself.",
    )
    ended_date = fields.Datetime("Ended earlier", readonly=True)
    attachment_id = fields.Many2one(
        "ir.attachment", "Letter", readonly=True, ondelete="restrict"
    )
    message_id = fields.Many2one("mail.message", readonly=True, ondelete="restrict")

    _deadline_idx = models.Index("(deadline_id)")
    _in_order = models.Constraint(
        """CHECK (date_to > date_from
            AND (ended_date IS NULL OR ended_date >= date_from))""",
        "A stop of the clock ends after it begins.",
    )
    _proved = models.Constraint(
        "CHECK (attachment_id IS NOT NULL OR message_id IS NOT NULL)",
        "A clock is stopped on proof only: attach the letter, or choose the message.",
    )

    def _get_end(self):
        self.ensure_one()
        return min(self.ended_date or self.date_to, self.date_to)


class DeadlineStopping(models.Model):
    """A clock stands still for a reason of the list, on proof, until a day named."""

    _inherit = "iso10003.deadline"

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

    def _stop_changed(self, event, data):
        changed = self.sudo()  # its callers let in who leads the file
        changed._recount()
        changed._follow_due()
        changed._note_in_register(event, data)

    def _get_present_stop(self, now):
        return self.suspension_ids.filtered(
            lambda stop: stop.date_from <= now < stop._get_end()
        )[:1]

    def _stands_still(self, now):
        return bool(self._get_present_stop(now))

    # ------------------------------------------------------------
    # What it takes
    # ------------------------------------------------------------

    def _check_suspendable(self, reason, date_to):
        if self.state != "running":
            raise self._refusal(self.env._("it does not run."))
        if not self.may_suspend:
            raise self._refusal(self.env._("its rule lets no clock be stopped."))
        if reason not in dict(REASONS):
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
