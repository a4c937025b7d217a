# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError, UserError

from .told import NEVER, TOLD
from .withheld import ADDON


class MailThread(models.AbstractModel):
    """The door of everything that is posted: comments, notes, mentions, assignments.

    Also what ``mail.thread`` itself is asked to tell of a record by model and id.
    """

    _inherit = "mail.thread"

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        self._check_may_bring_in(routes)
        return super()._message_route_process(message, message_dict, routes)

    @api.model
    def _check_may_bring_in(self, routes):
        """Leave mails of our records to the mail server and to administrators.

        Everybody who works here may hand in a mail, with a model, an id and values of
        their own, and Odoo takes it with all rights, from whoever it says.
        """
        if self.env.su or self.env.user.has_group("base.group_system"):
            return
        told = self.env["iso10003.told"]
        for model, thread_id, *_rest in routes or ():
            ours = model in self.env and self.env[model]._original_module == ADDON
            if ours or told._get_told_records(model, [thread_id])._filter_told():
                raise AccessError(
                    self.env._(
                        "Mails about disputes are brought in by the mail server or by "
                        "an administrator."
                    )
                )

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        return super()._message_subscribe(
            self._filter_followers(partner_ids or []),
            subtype_ids=subtype_ids,
            customer_ids=customer_ids,
        )

    def _filter_followers(self, partner_ids):
        """Return those of the people who may follow all of these records."""
        records = self.env["iso10003.told"]._get_told_records(self._name, self.ids)
        records = records._filter_told()
        # who follows of own accord may read it, which was asked before
        asked = set(partner_ids) - set(self.env.user.partner_id.ids)
        if not records or not asked:
            return partner_ids
        partners = self.env["res.partner"].browse(asked)
        standing = records._get_standing(partners)
        outside = {pid for (_rid, pid), how in standing.items() if how != TOLD}
        return [pid for pid in partner_ids if pid not in outside]

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        # of which record it is, and who is addressed, is asked for whoever posts
        values = msg_vals or {}
        model = self._name if self else values.get("model", message.sudo().model)
        res_id = self.id if self else values.get("res_id", message.sudo().res_id)
        record = self.env["iso10003.told"]._get_told_records(model, [res_id])
        record = record._filter_told()
        if not record:
            return recipients
        return record._filter_recipients(recipients, message, values, self.env)


class ToldPosting(models.AbstractModel):
    """Who is left out when something is posted, and how who posts learns it."""

    _inherit = "iso10003.told"

    def _filter_recipients(self, recipients, message, values, env):
        """Return the recipients who may be told of this record.

        :param recipients: as ``mail.thread._notify_get_recipients`` returns them
        :param env: that of who posts
        :raise UserError: when a user addresses somebody who may not be told
        """
        # whom a message addresses is asked for whoever posts it
        said = message.sudo()
        addressed = set(values.get("partner_ids", said.partner_ids.ids) or [])
        # also who has it already, such as by copy of a mail that came in
        partners = self.env["res.partner"].browse(
            addressed | {one["id"] for one in recipients if one["id"]}
        )
        by_mail = [one["email_normalized"] for one in recipients if not one["id"]]
        strangers = self._find_by_address(by_mail) - partners
        standing = self._get_standing(partners | strangers)
        left_out = (partners | strangers).filtered(
            lambda partner: self._is_left_out(
                standing[self.id, partner.id], partner in strangers, partner, addressed
            )
        )
        if not left_out:
            return recipients
        kind = values.get("message_type", said.message_type)
        self._let_poster_know(left_out, addressed, kind, env)
        said.partner_ids -= left_out
        self._end_following(self._name, self.ids, left_out)
        addresses = (left_out & strangers).mapped("email_normalized")
        return [
            one
            for one in recipients
            if one["id"] not in left_out.ids
            and (one["id"] or one["email_normalized"] not in addresses)
        ]

    def _is_left_out(self, how, by_address, partner, addressed):
        if by_address or partner.id in addressed:
            return how == NEVER
        return how != TOLD

    def _let_poster_know(self, left_out, addressed, kind, env):
        """Refuse what was addressed by hand, tell of who else does not hear of it.

        :param kind: the type of the message; ``user_notification`` is what others
            write of their own accord, such as that somebody was assigned
        """
        # portal users learn nothing of colleagues, and nobody of what they cannot read
        if not env.user._is_internal() or not self.with_env(env).has_access("read"):
            return
        named = left_out.filtered(lambda partner: partner.id in addressed)
        if named and not env.su and kind != "user_notification":
            raise UserError(
                env._(
                    "%(people)s may not be told of “%(record)s” and cannot be "
                    "addressed in its discussion.",
                    people=", ".join(named.mapped("name")),
                    record=self.display_name,
                )
            )
        env.user._bus_send(
            "simple_notification",
            {
                "type": "warning",
                "title": env._("Not told"),
                "message": env._(
                    "%(people)s may not be told of “%(record)s” and did not get the "
                    "message.",
                    people=", ".join(left_out.mapped("name")),
                    record=self.display_name,
                ),
            },
        )

    def _find_by_address(self, addresses):
        """Return the colleagues and contacts with these e-mail addresses."""
        if not addresses:
            return self.env["res.partner"]
        # whose address it is, whoever writes to it
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        return partners.search([("email_normalized", "in", list(addresses))])
