# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..mixin.people_date import format_people_date


class MailThread(models.AbstractModel):
    """Bounces of letters are told to the file."""

    _inherit = "mail.thread"

    @api.model
    def _routing_handle_bounce(self, email_message, message_dict):
        result = super()._routing_handle_bounce(email_message, message_dict)
        letters = self.env["iso10003.letter"]
        bounced = message_dict.get("bounced_msg_ids") or []
        if address := message_dict.get("bounced_email"):
            letters._find_by_mail(bounced)._come_back(address)
        return result


class MailMail(models.Model):
    """So are letters that the mail server did not take."""

    _inherit = "mail.mail"

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        if failure_type:
            letters = self.env["iso10003.letter"]
            for mail in self:
                missed = mail.recipient_ids.filtered(
                    lambda one: one.id not in [getattr(p, "id", p) for p in success_pids]
                )
                for letter in letters._find_by_mail([mail.message_id]):
                    for one in missed:
                        letter._come_back(one.email or one.name, failure_reason or "")
        return super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason, failure_type
        )


class MailMessage(models.Model):
    """A mail is told from others by its day and subject, where one is picked."""

    _inherit = "mail.message"

    @api.depends_context("shows_mail")
    def _compute_display_name(self):
        if not self.env.context.get("shows_mail"):
            return super()._compute_display_name()
        for message in self:
            message.display_name = " · ".join(
                filter(
                    None,
                    (
                        format_people_date(self.env, message.date, "short"),
                        message.subject or message.preview,
                    ),
                )
            )
        return None
