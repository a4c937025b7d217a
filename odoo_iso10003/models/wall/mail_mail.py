# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import MissingError
from odoo.fields import Command
from odoo.tools.mail import email_normalize_all, email_split_and_format

from .told import NEVER, TOLD


class MailMail(models.Model):
    """The door of e-mail: asked when a mail is made, and again when it leaves.

    Mass mailing and templates make mails directly, past any discussion.
    """

    _inherit = "mail.mail"

    told_of = fields.Json(
        groups="base.group_system",
        help="Records that a mail tells of which belongs to none of them: their ids, "
        "by model.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        mails = super().create(vals_list)
        # what comes from a message was asked when that was posted
        direct = mails.browse(
            mail.id
            for mail, vals in zip(mails, vals_list, strict=True)
            if not vals.get("mail_message_id")
        )
        direct._leave_out(direct._find_untold())
        return mails

    def unlink(self):
        """Delete mails; one that has the words of a held record stays.

        Odoo deletes the message with a mail that no discussion has, and lets mails go
        by themselves once they are sent.
        """
        direct = self.sudo().filtered(lambda mail: not mail.is_notification)
        held = direct.mail_message_id._find_preserving()
        stays = direct.filtered(lambda mail: mail.mail_message_id in held)
        if not self.env.su:
            stays.mail_message_id._refuse_preserved()
        return super(MailMail, self - stays).unlink()

    def send(self, auto_commit=False, raise_exception=False, post_send_callback=None):
        if not self.env["ir.model.fields"]._get("mail.mail", "told_of"):
            return True  # the addon is being removed: what waits leaves afterwards
        # mails are the system's, and so is what becomes of them
        waiting = self.sudo().filtered(lambda mail: mail.state == "outgoing")
        withheld = waiting._leave_out(waiting._find_untold())
        if withheld and post_send_callback:
            post_send_callback(withheld.ids)
        return super(MailMail, self - withheld).send(
            auto_commit=auto_commit,
            raise_exception=raise_exception,
            post_send_callback=post_send_callback,
        )

    # ------------------------------------------------------------
    # Who may not be told
    # ------------------------------------------------------------

    def _find_untold(self):
        """Return ``(id of the mail, id of the partner)`` of who may not be told."""
        untold = set()
        for model, res_ids in self._get_told_of().items():
            records = self.env["iso10003.told"]._get_told_records(model, res_ids)
            if records := records._filter_told():
                try:
                    untold |= self._find_untold_of(records, res_ids)
                except MissingError:  # some are deleted by now
                    untold |= self._find_untold_of(records.exists(), res_ids)
        return untold

    def _get_told_of(self):
        """Return the mails by model and id of the records that they tell of."""
        found = {}
        for mail in self:
            told_of = {mail.model: [mail.res_id]} if mail.model else {}
            for model, res_ids in {**(mail.told_of or {}), **told_of}.items():
                for res_id in res_ids:
                    by_record = found.setdefault(model, {})
                    by_record[res_id] = by_record.get(res_id, self.browse()) | mail
        return found

    def _find_untold_of(self, records, mails_by_record):
        mails = self.browse().union(*mails_by_record.values())
        recipients = mails._get_people()
        partners = self.env["res.partner"].union(*recipients.values())
        standing = records._get_standing(partners)
        return {
            (mail.id, partner.id)
            for record in records
            for mail in mails_by_record[record.id]
            for partner in recipients[mail]
            if mail._is_untold(standing[record.id, partner.id], partner)
        }

    def _is_untold(self, how, partner):
        # who is not named in the message got it as a follower
        follows = self.is_notification and partner not in self.partner_ids
        return how == NEVER or (follows and how != TOLD)

    def _get_people(self):
        """Return to whom each mail goes, also those whom only an address tells."""
        addresses = {
            mail: email_normalize_all(f"{mail.email_to or ''},{mail.email_cc or ''}")
            for mail in self
        }
        told = self.env["iso10003.told"]
        known = told._find_by_address(
            {one for some in addresses.values() for one in some}
        )
        by_address = known.grouped("email_normalized")
        return {
            mail: mail.recipient_ids.union(
                *[by_address[one] for one in addresses[mail] if one in by_address]
            )
            for mail in self
        }

    def _leave_out(self, untold):
        """Take these people out, and return the mails that have nobody left.

        :param untold: pairs of ids, of a mail and of a partner
        """
        emptied = self.browse()
        for mail in self:
            people = self.env["res.partner"].browse(
                pid for mail_id, pid in untold if mail_id == mail.id
            )
            if people:
                mail._take_out(people)
                emptied += mail.filtered(lambda one: not one._has_recipients())
        emptied.write(
            {
                "state": "cancel",
                "failure_type": "mail_email_missing",
                "failure_reason": self.env._("Who it was for may not be told of it."),
            }
        )
        return emptied

    def _take_out(self, people):
        keep = set(people.mapped("email_normalized"))
        vals = {"recipient_ids": [Command.unlink(pid) for pid in people.ids]}
        for name in ("email_to", "email_cc"):
            if self[name]:
                vals[name] = ", ".join(
                    one
                    for one in email_split_and_format(self[name])
                    if not keep.intersection(email_normalize_all(one))
                )
        self.write(vals)
        self.partner_ids -= people
        self.env["mail.notification"].search(
            [("mail_mail_id", "=", self.id), ("res_partner_id", "in", people.ids)]
        ).write(
            {
                "notification_status": "canceled",
                "failure_reason": self.env._("May not be told of it."),
            }
        )

    def _has_recipients(self):
        return bool(self.recipient_ids or self.email_to or self.email_cc)
