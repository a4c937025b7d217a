# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.fields import Command

from ..legal.legal_common import LegalCase

TEXT = "Zarathustra clause"
COMMENT = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}


class ToldCase(LegalCase):
    """A dispute, a referral and a hearing, and people who may not hear of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.referral = cls._draft_referral()
        cls._lead_referral(cls.referral, "pending")
        cls.hearing = cls._plan_hearing(cls.referral)
        cls.expert = cls.env["res.partner"].create(
            {"name": "Expert", "email": "expert@example.com"}
        )
        # as who may post on each; the stranger reads none of them
        cls.files = [
            cls.dispute.with_user(cls.handler),
            cls.referral.with_user(cls.counsel),
            cls.hearing.with_user(cls.counsel),
        ]
        # Odoo gives all test users one address; here an address tells who it is
        for user in cls.env["res.users"].search([("login", "=like", "iso_%")]):
            user.email = f"{user.login}@example.com"
        cls.env.flush_all()
        cls.env.cr.precommit.run()  # what comes now is tracked as a change

    @classmethod
    def _end_rights(cls, user):
        """A colleague changes to other work, and stays an employee."""
        user.group_ids = cls.env.ref("base.group_user")

    def _follow(self, record, user):
        record.message_subscribe(user.partner_id.ids)
        self.assertIn(user.partner_id, self._get_followers(record))

    def _follow_by_force(self, record, who):
        partner = who if who._name == "res.partner" else who.partner_id
        self.env["mail.followers"].sudo().create(
            {
                "res_model": record._name,
                "res_id": record.id,
                "partner_id": partner.id,
                "subtype_ids": [Command.link(self.env.ref("mail.mt_comment").id)],
            }
        )

    def _get_followers(self, record):
        record.invalidate_recordset(["message_partner_ids"])
        return record.sudo().message_partner_ids

    def _assert_not_told(self, who, text=TEXT):
        """No notification, no mail and no message with this text is theirs."""
        partner = who if who._name == "res.partner" else who.partner_id
        self.env.invalidate_all()
        said = self.env["mail.message"].search([("body", "ilike", text)])
        own = said.notification_ids.filtered(lambda one: one.res_partner_id == partner)
        self.assertFalse(own)
        self.assertNotIn(partner, said.partner_ids)
        mails = self.env["mail.mail"].search([("body_html", "ilike", text)])
        mails = mails.filtered(lambda one: one.state != "cancel")
        self.assertNotIn(partner, mails.recipient_ids)
        for mail in mails:
            self.assertNotIn(partner.email, f"{mail.email_to} {mail.email_cc}")
        if who._name == "res.users":
            self._assert_unread(said, who)

    def _assert_unread(self, messages, user):
        own = self.env["mail.message"].with_user(user)
        self.env.invalidate_all()
        self.assertFalse(own.search([("id", "in", messages.ids)]))
        for message in own.browse(messages.ids):
            with self.assertRaises(AccessError):
                message.read(["body"])

    def _assert_told(self, partner, text=TEXT):
        said = self.env["mail.message"].search([("body", "ilike", text)])
        self.assertIn(partner, said.notification_ids.res_partner_id)
